"""Inviting a colleague who has not been here yet."""

from __future__ import annotations

from flask import Response, flash, request

from app.accounts import queries, service
from app.accounts.queries.inviting import HERE
from app.accounts.views.blueprint import blueprint
from app.core.actor import Actor
from app.core.errors import Conflict
from app.core.i18n import gettext as _
from app.core.i18n import lazy_gettext
from app.core.web import actor, answer, go, page, wants_json
from app.people.schemas import PersonLine, ProfileAct, person_url


def act(_reader: Actor, person: PersonLine) -> ProfileAct:
    """The button of the profile of somebody who has never signed in."""
    return ProfileAct(lazy_gettext("Invite"), f"{person_url(person.handle)}/invitation", "user-plus")


@blueprint.get("/people/<handle>/invitation")
def invitation(handle: str) -> Response:
    """What an invitation is, and what to hand to the colleague; to the profile of who is here already."""
    return _invitation_page(handle)


@blueprint.post("/people/<handle>/invitation")
def invite(handle: str) -> Response:
    """Invite a colleague."""
    try:
        service.invite(actor(), handle)
    except Conflict:
        if wants_json():
            raise
        return _invitation_page(handle, 409)
    if wants_json():
        return answer({"invited": True})
    flash(_("Your invitation is noted."))
    return go(f"{person_url(handle)}/invitation")


def _invitation_page(handle: str, status: int = 200) -> Response:
    found = queries.inviting(actor(), handle)
    if found.state == HERE:
        return go(found.person.url)
    return page("accounts/invite.html", status, inviting=found, address=request.url_root)
