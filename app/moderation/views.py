"""Reporting, deciding, and the moderators' pages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from app.content.models import ContentItem
from app.content.policy import access_item, can_report
from app.core.actor import Actor
from app.core.errors import Forbidden, Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, answer, fragment, go, page, safe_next, wants_fragment, wants_json
from app.moderation import queries, service
from app.moderation.models import HIDE, RESTORE
from app.moderation.policy import access_case, moderates_anything, refuse_own
from app.moderation.schemas import REASON_WORDS

blueprint = Blueprint("moderation", __name__)


@blueprint.get("/items/<public_id>/report")
def report_form(public_id: str) -> Response:
    """The form for reporting what one sees."""
    return _report_page(public_id)


@blueprint.post("/items/<public_id>/report")
def report(public_id: str) -> Response:
    """Tell the moderators."""
    reason, note = request.form.get("reason", ""), request.form.get("note", "")
    try:
        told = service.report(actor(), public_id, reason, note)
    except Invalid as error:
        if wants_json():
            raise
        return _report_page(public_id, 422, reason=reason, note=note, errors=error.errors)
    thanks = (
        _("Thank you. The moderators will look at it; the author does not learn who reported it.")
        if told
        else _("You have reported this before. The moderators will look at it.")
    )
    if wants_json():
        return answer({"reported": True, "message": thanks})
    flash(thanks)
    return go(_address(*access_item(actor(), public_id)))


def _report_page(public_id: str, status: int = 200, **typed: Any) -> Response:
    item, root = access_item(actor(), public_id)
    if not can_report(actor(), item):
        raise Forbidden(_("This can't be reported: you wrote it, or it is hidden already."))
    context: dict[str, Any] = {"reason": "", "note": "", "errors": {}, **typed}
    template = "moderation/_report.html" if wants_fragment() else "moderation/report.html"
    show = fragment if wants_fragment() else page
    return show(template, status, item=item, address=_address(item, root), reasons=REASON_WORDS, **context)


@blueprint.get("/items/<public_id>/hide")
def hide_form(public_id: str) -> Response:
    """The form for hiding something, which asks for the reason."""
    return _decision_page(public_id, HIDE)


@blueprint.post("/items/<public_id>/hide")
def hide(public_id: str) -> Response:
    """Hide it."""
    return _decide(public_id, HIDE)


@blueprint.get("/items/<public_id>/restore")
def restore_form(public_id: str) -> Response:
    """The form for showing something again, which asks for the reason."""
    return _decision_page(public_id, RESTORE)


@blueprint.post("/items/<public_id>/restore")
def restore(public_id: str) -> Response:
    """Show it again."""
    return _decide(public_id, RESTORE)


@blueprint.post("/items/<public_id>/keep")
def keep(public_id: str) -> Response:
    """Leave a reported text as it is."""
    service.keep(actor(), public_id)
    flash(_("Left as it is. The reports are closed."))
    return go(safe_next(url_for("moderation.index")))


def _decide(public_id: str, action: str) -> Response:
    reason = request.form.get("reason", "")
    act = service.hide if action == HIDE else service.restore
    try:
        changed = act(actor(), public_id, reason)
    except Invalid as error:
        if wants_json():
            raise
        return _decision_page(public_id, action, 422, reason=reason, errors=error.errors)
    if not changed:
        said = _("Another moderator was faster; nothing was changed.")
    elif action == HIDE:
        said = _("Hidden. The author sees it with the reason.")
    else:
        said = _("Everyone sees it again.")
    if wants_json():
        return answer({"changed": changed, "message": said})
    flash(said)
    return go(safe_next(url_for("moderation.show", public_id=public_id)))


def _decision_page(public_id: str, action: str, status: int = 200, **typed: Any) -> Response:
    item, _root = access_case(actor(), public_id)
    refuse_own(actor(), item)
    context = {"reason": "", "errors": {}, **typed}
    back = safe_next(url_for("moderation.show", public_id=public_id))
    template = "moderation/_decide.html" if wants_fragment() else "moderation/decide.html"
    show = fragment if wants_fragment() else page
    return show(template, status, item=item, action=action, back=back, **context)


@blueprint.get("/moderation")
def index() -> Response:
    """What waits for a decision."""
    return page("moderation/queue.html", queue=queries.queue(_moderator()))


@blueprint.get("/moderation/decided")
def decided() -> Response:
    """What was decided."""
    listing = queries.decided(_moderator(), request.args.get("before"))
    if wants_fragment() and "before" in request.args:
        return fragment("moderation/_decided.html", listing=listing)
    return page("moderation/decided.html", listing=listing)


@blueprint.get("/moderation/<public_id>")
def show(public_id: str) -> Response:
    """One case: the text, who reported it and why, and every decision."""
    return page("moderation/case.html", case=queries.case(actor(), public_id), me=actor())


def _moderator() -> Actor:
    me = actor()
    if not moderates_anything(me):
        raise Forbidden(_("This page is for moderators."))
    return me


def _address(item: ContentItem, root: ContentItem) -> str:
    """Where the item stands."""
    address = url_for("content.show", public_id=root.public_id)
    return address if item is root else f"{address}#c-{item.public_id}"
