"""What those see and do who are asked, and where a question stands."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request

from app.core.errors import Conflict, Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.web import actor, answer, fragment, go, page, wants_fragment, wants_json
from app.routing import queries, service

blueprint = Blueprint("routing", __name__)


@blueprint.get("/questions/for-me")
def for_me() -> Response:
    """Questions that were put to me; ?show=all also those that wait no longer."""
    show = "all" if request.args.get("show") == "all" else "waiting"
    before = request.args.get("before")
    listing = queries.for_me(actor(), waiting=show == "waiting", before=before)
    if wants_fragment() and before:
        return fragment("routing/_for_me.html", listing=listing, show=show)
    return page("routing/for_me.html", listing=listing, show=show)


@blueprint.get("/p/<public_id>/routing")
def standing(public_id: str) -> Response:
    """Where a question stands, as its page shows it; a page without JavaScript. Who was asked has seen the question."""
    me = actor()
    found = queries.standing(me, public_id)
    if found is not None and found.unseen:
        service.saw(me, found.content_id)
    if wants_fragment():
        return fragment("routing/_standing.html", standing=found)
    return page("routing/standing.html", standing=found, public_id=public_id)


@blueprint.post("/p/<public_id>/claim")
def claim(public_id: str) -> Response:
    """Say "I'll answer"."""
    try:
        service.claim(actor(), public_id)
    except Conflict as error:
        if wants_json():
            raise
        flash(str(error.message))
        return go(f"/p/{public_id}")
    if wants_json():
        return answer({"claimed": True})
    return go(f"/p/{public_id}#reply")


@blueprint.get("/p/<public_id>/pass")
def choose(public_id: str) -> Response:
    """The form that asks for a colleague."""
    return _form(public_id)


@blueprint.post("/p/<public_id>/pass")
def pass_on(public_id: str) -> Response:
    """Say "not me", and name a colleague or nobody; with hide=1 not to be asked about this topic any more."""
    to = request.form.get("to", "")[:200]
    try:
        service.pass_on(actor(), public_id, to, hide=request.form.get("hide") == "1")
    except (Invalid, Conflict) as error:
        if wants_json():
            raise
        return _form(public_id, error.status, to, error.message)
    words = _("Passed on. Thank you!") if to.strip() else _("Noted: somebody else will be asked.")
    if wants_json():
        return answer({"message": words})
    flash(words)
    return go("/questions/for-me")


def _form(public_id: str, status: int = 200, typed: str = "", error: object = None) -> Response:
    standing = queries.standing(actor(), public_id)
    if standing is None or standing.why is None:
        raise NotFound
    template, show = ("routing/_pass.html", fragment) if wants_fragment() else ("routing/pass.html", page)
    return show(template, status, public_id=public_id, why=standing.why, typed=typed, error=error)
