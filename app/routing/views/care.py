"""Who looks after topics: on a topic's page, for editors, and for those who do."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request

from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, fragment, go, page, wants_json
from app.lib.hashtags import fold_topic, topic_path
from app.routing import forms, queries, service
from app.routing.policy import access_desk
from app.routing.schemas import AUDIENCES
from app.topics import queries as topics
from app.topics.schemas import TopicHead

blueprint = Blueprint("care", __name__)


@blueprint.get("/topics/<name>/keepers")
def keepers(name: str) -> Response:
    """Who looks after a topic, for the right column of its page."""
    return fragment("routing/_keepers.html", keepers=queries.keepers(actor(), name))


@blueprint.get("/topics/<name>/care")
def edit(name: str) -> Response:
    """The editors' form of a topic."""
    me = actor()
    access_desk(me)
    head = topics.head(me, name)
    form = queries.care_form(me, head.id)
    return _form(head, forms.typed_care(form, queries.terms().plan))


@blueprint.post("/topics/<name>/care")
def change(name: str) -> Response:
    """Say who looks after a topic and how its questions go out."""
    me = actor()
    access_desk(me)
    try:
        service.set_care(me, name, forms.care_of(request.form))
    except Invalid as error:
        if wants_json():
            raise
        return _form(topics.head(me, name), request.form, error.errors, 422)
    flash(_("Saved."))
    return go(topic_path(name))


@blueprint.get("/care")
def mine() -> Response:
    """The topics I look after."""
    return _mine()


@blueprint.post("/care/<name>/keep")
def keep(name: str) -> Response:
    """Go on looking after a topic that was handed to me."""
    service.keep(actor(), name)
    return go("/care")


@blueprint.post("/care/<name>/hand-over")
def hand_over(name: str) -> Response:
    """Let a colleague look after a topic instead of me."""
    to = request.form.get("to", "")[:200]
    try:
        service.hand_over(actor(), name, to)
    except Invalid as error:
        if wants_json():
            raise
        return _mine(422, {"name": fold_topic(name), "to": to, "error": error.message})
    flash(_("Handed over."))
    return go("/care")


def _mine(status: int = 200, wrong: Any = None) -> Response:
    return page("routing/care.html", status, topics=queries.looked_after(actor()), wrong=wrong or {})


def _form(head: TopicHead, typed: Any, errors: Any = None, status: int = 200) -> Response:
    return page(
        "routing/topic.html", status, topic=head, typed=typed, errors=errors or {}, audiences=AUDIENCES,
        departments=queries.departments(),
    )  # fmt: skip
