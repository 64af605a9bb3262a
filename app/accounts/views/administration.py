"""The administrators' pages: roles, one-time passwords, leaving and returning."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, request

from app.accounts import queries, service
from app.accounts.views.blueprint import blueprint
from app.core.actor import GRANTED_ROLES
from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, go, page, switched_on, wants_json


@blueprint.get("/administration/people")
def staff() -> Response:
    """Find a person; without a search, those with roles."""
    q = request.args.get("q", "")[:200]
    waiting = () if q else queries.invited(actor())
    return page("accounts/staff.html", found=queries.staff(actor(), q), waiting=waiting, q=q)


@blueprint.get("/administration/people/<int:person_id>")
def staff_person(person_id: int) -> Response:
    """One person with account and history."""
    return _person_page(person_id)


@blueprint.post("/administration/people/<int:person_id>/roles")
def set_role(person_id: int) -> Response:
    """Give a role, or with on=0 take it."""
    queries.staff_page(actor(), person_id)
    role = request.form.get("role", "")
    if role not in GRANTED_ROLES:
        raise Invalid(_("There is no such role."), field="role")
    on = switched_on()
    if (service.grant if on else service.revoke)(actor(), person_id, role):
        flash(_("The role was given.") if on else _("The role was taken."))
    return go(_address(person_id))


@blueprint.post("/administration/people/<int:person_id>/password")
def reset_password(person_id: int) -> Response:
    """Give a one-time password; this page alone shows it."""
    one_time = service.reset_password(actor(), person_id)
    return _person_page(person_id, one_time=one_time)


@blueprint.post("/administration/people/<int:person_id>/sessions/end")
def end_sessions(person_id: int) -> Response:
    """Sign a person out everywhere."""
    service.sign_out_everywhere(actor(), person_id)
    flash(_("All devices of this person were signed out."))
    return go(_address(person_id))


@blueprint.post("/administration/people/<int:person_id>/leave")
def leave(person_id: int) -> Response:
    """Note that a person works here no more, or with on=0 that they do again."""
    if switched_on():
        service.leave(actor(), person_id)
        flash(_("Marked as left. All devices were signed out."))
    else:
        service.come_back(actor(), person_id)
        flash(_("Marked as working here."))
    return go(_address(person_id))


@blueprint.post("/administration/people/<int:person_id>/erase")
def erase(person_id: int) -> Response:
    """Take away everything that says who a person was."""
    try:
        service.erase_for(
            actor(), person_id, request.form.get("number", ""), texts=request.form.get("texts") == "1"
        )
    except Invalid as error:
        if wants_json():
            raise
        return _person_page(person_id, errors=error.errors, status=422)
    flash(_("The person was erased."))
    return go(_address(person_id))


def _person_page(person_id: int, *, one_time: str = "", errors: Any = None, status: int = 200) -> Response:
    me = actor()
    return page(
        "accounts/staff_person.html", status, found=queries.staff_page(me, person_id), one_time=one_time,
        all_roles=GRANTED_ROLES, errors=errors or {}, is_me=person_id == me.person_id,
        typed={name: request.form.get(name, "") for name in ("number", "texts")},
    )  # fmt: skip


def _address(person_id: int) -> str:
    return f"/administration/people/{person_id}"
