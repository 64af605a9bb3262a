"""The comms desk. The use cases belong to the features of topics and reputation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request

from app.comms import forms, queries
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.web import actor, go, page, switched_on, wants_json
from app.lib.hashtags import fold_topic
from app.reputation import service as reputation
from app.topics import service

blueprint = Blueprint("comms", __name__)


@blueprint.get("/desk")
def desk() -> Response:
    """The desk."""
    return _desk_page()


@blueprint.post("/desk/priority")
def choose() -> Response:
    """Put a topic before everyone, or give it another end."""
    me = actor()
    try:
        until = forms.end_of_day(request.form.get("until", ""), me.time_zone)
        service.choose(me, request.form.get("topic", "").strip().lstrip("#＃"), until)
    except NotFound as error:
        return _refused(
            Invalid(_("Write the name of a topic: one word, with letters."), field="topic"), error
        )
    except Conflict as error:
        return _refused(Invalid(error.message, field="topic"), error)
    except Invalid as error:
        return _refused(error, error)
    flash(_("The topic stands before everyone now."))
    return go("/desk")


@blueprint.post("/desk/priority/<name>/until")
def prolong(name: str) -> Response:
    """Give a priority topic another end."""
    me, written = actor(), request.form.get("until", "")
    try:
        service.prolong(me, name, forms.end_of_day(written, me.time_zone))
    except Invalid as error:
        if wants_json():
            raise
        # The list has this field once for each topic.
        field = f"until-{fold_topic(name)}"
        return _desk_page(422, {field: written}, {field: error.errors["until"]})
    return go("/desk")


@blueprint.post("/desk/priority/<name>/move")
def move(name: str) -> Response:
    """Move a priority topic up, or with up=0 down."""
    service.move(actor(), name, up=switched_on("up"))
    return go("/desk")


@blueprint.post("/desk/priority/<name>/remove")
def withdraw(name: str) -> Response:
    """End a topic's priority."""
    service.withdraw(actor(), name)
    return go("/desk")


@blueprint.post("/desk/mandatory")
def make_mandatory() -> Response:
    """Make a topic or group mandatory for everyone or a region."""
    me = actor()
    try:
        subject, region = (
            forms.subject(request.form.get("subject", "")),
            forms.region(request.form.get("region", "")),
        )
        make = service.make_group_mandatory if subject.kind == "group" else service.make_topic_mandatory
        make(me, subject.name, region)
    except (NotFound, Forbidden) as error:
        return _refused(Invalid(error.message, field="subject"), error)
    except Invalid as error:
        return _refused(error, error)
    flash(_("The subscription is mandatory now. It reaches everyone within a minute."))
    return go("/desk")


@blueprint.post("/desk/mandatory/<int:rule_id>/end")
def end_rule(rule_id: int) -> Response:
    """Let people end a subscription again."""
    service.end_rule(actor(), rule_id)
    return go("/desk")


@blueprint.post("/desk/recognition")
def recognise() -> Response:
    """Switch recognition on in a region, a department, or a shop by its code; with on=0 off."""
    unit, code = request.form.get("unit", ""), request.form.get("shop", "")
    try:
        if code.strip():
            reputation.recognise_shop(actor(), code, on=switched_on())
        if unit or not code.strip():
            reputation.recognise(actor(), unit, on=switched_on())
    except Invalid as error:
        return _refused(error, error)
    flash(_("Saved."))
    return go("/desk")


def _refused(shown: Invalid, error: Exception) -> Response:
    """The desk with what was typed and what is wrong with it; for programs the error itself."""
    if wants_json():
        raise error
    return _desk_page(422, request.form, shown.errors)


def _desk_page(status: int = 200, typed: Any = None, errors: Any = None) -> Response:
    me = actor()
    desk = queries.desk(me)
    return page(
        "comms/desk.html",
        status,
        desk=desk,
        ends={line.topic.key: forms.last_day(line.until, me.time_zone) for line in desk.priorities},
        typed=typed or {},
        errors=errors or {},
    )
