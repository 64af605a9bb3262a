"""Letting people in: invitations, and answers to those who ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.groups.events import GroupInvited, GroupRequestAnswered
from app.groups.models import INVITATION, REQUEST, Group, GroupMember, GroupRequest
from app.groups.policy import access_group, access_head, can_invite, can_moderate
from app.groups.service import members
from app.lib.handles import HANDLE_RE, fold_handle
from app.people.models import ACTIVE, Person

#: Colleagues invited at once.
MOST_INVITED = 50


class Invited(NamedTuple):
    """How many colleagues were invited now, and how many had asked and were let in."""

    invited: int
    let_in: int


def invite(actor: Actor, handle: str, people: Sequence[str]) -> Invited:
    """Invite colleagues by handle.

    Members and the invited are left as they are. Who has asked to be let in is let in, if the actor may do that. Raises
    `NotFound`, `Forbidden`, and `Invalid` (field "people") naming the handles nobody has.
    """
    wanted = list(dict.fromkeys(fold_handle(each) for each in people if each.strip()))
    with unit_of_work():
        group = access_group(actor, handle, lock=True)
        if not can_invite(actor, group):
            raise Forbidden(_("Only moderators of the group invite colleagues."))
        ids = _ids_of(wanted)
        inside = set(
            db.session.scalars(
                select(GroupMember.person_id).where(
                    GroupMember.group_id == group.id, GroupMember.person_id.in_(ids)
                )
            )
        )
        asked = set(
            db.session.scalars(
                select(GroupRequest.person_id).where(
                    GroupRequest.group_id == group.id,
                    GroupRequest.kind == REQUEST,
                    GroupRequest.person_id.in_(ids),
                )
            )
        )
        let_in = sorted(asked) if can_moderate(actor, group) else []
        for person_id in let_in:
            _approve(group.id, person_id, actor.person_id)
        invited = sum(
            _invite_one(group.id, person_id, actor.person_id)
            for person_id in ids
            if person_id not in inside | asked
        )
        return Invited(invited, len(let_in))


def _ids_of(handles: Sequence[str]) -> list[int]:
    if not handles:
        raise Invalid(_("Name at least one colleague."), field="people")
    if len(handles) > MOST_INVITED:
        raise Invalid(_("At most %(most)s colleagues at once.", most=MOST_INVITED), field="people")
    possible = [each for each in handles if HANDLE_RE.match(each)]
    rows = select(Person.handle, Person.id).where(Person.handle.in_(possible), Person.state == ACTIVE)
    found = {row.handle: row.id for row in db.session.execute(rows)}
    if unknown := [each for each in handles if each not in found]:
        names = ", ".join(f"@{each}" for each in unknown)
        raise Invalid(_("No colleague is called %(names)s.", names=names), field="people")
    return [found[each] for each in handles]


def _invite_one(group_id: int, person_id: int, by: int) -> int:
    invitation = (
        insert(GroupRequest)
        .values(
            group_id=group_id, person_id=person_id, kind=INVITATION, invited_by=by, created_at=clock.now()
        )
        .on_conflict_do_nothing(index_elements=["group_id", "person_id"])
        .returning(GroupRequest.person_id)
    )
    if db.session.scalars(invitation).first() is None:
        return 0
    emit(GroupInvited(group_id, person_id, by))
    return 1


def take_back_invitation(actor: Actor, handle: str, person_handle: str) -> None:
    """Cancel an invitation: moderators any, others their own. Raises `NotFound` and `Forbidden`.

    Whether a colleague is invited at all is told to moderators alone.
    """
    with unit_of_work():
        group = access_group(actor, handle, lock=True)
        person = members.person_with(person_handle)
        found = db.session.get(GroupRequest, (group.id, person.id), populate_existing=True)
        invitation = found if found is not None and found.kind == INVITATION else None
        mine = invitation is not None and invitation.invited_by == actor.person_id
        if not can_moderate(actor, group) and not mine:
            raise Forbidden(_("Only moderators of the group cancel the invitations of others."))
        if invitation is not None:
            db.session.delete(invitation)


def accept_invitation(actor: Actor, handle: str) -> None:
    """Become a member, being invited. Raises `NotFound` when there is no invitation (any more)."""
    with unit_of_work():
        group = access_head(actor, handle, lock=True)
        if members.membership(group.id, actor.person_id) is not None:
            return
        if not members.forget_request(group.id, actor.person_id, INVITATION):
            raise NotFound(_("This invitation is no longer valid."))
        members.add(group.id, actor.person_id, by=actor.person_id)


def decline_invitation(actor: Actor, handle: str) -> None:
    """Say no to an invitation; nobody is told. Raises `NotFound`."""
    with unit_of_work():
        group = access_head(actor, handle)
        members.forget_request(group.id, actor.person_id, INVITATION)


def answer_request(actor: Actor, handle: str, person_handle: str, *, approve: bool) -> None:
    """Let in, or not, somebody who asks; again, or after another moderator did, changes nothing.

    Raises `NotFound` and `Forbidden`.
    """
    with unit_of_work():
        group = access_group(actor, handle, lock=True)
        if not can_moderate(actor, group):
            raise Forbidden(_("Only moderators of the group answer requests."))
        person = members.person_with(person_handle)
        if not members.forget_request(group.id, person.id, REQUEST):
            return
        if approve:
            _approve(group.id, person.id, actor.person_id)
        else:
            emit(GroupRequestAnswered(group.id, person.id, actor.person_id, approved=False))


def approve_everyone(group: Group, actor_id: int) -> None:
    """Let in all who ask, for the group is open now. A few statements for each."""
    waiting = select(GroupRequest.person_id).where(
        GroupRequest.group_id == group.id, GroupRequest.kind == REQUEST
    )
    for person_id in db.session.scalars(waiting).all():
        _approve(group.id, person_id, actor_id)


def forget_requests(group: Group) -> None:
    """Drop all requests, for those who asked may not know any more that the group exists."""
    waiting = select(GroupRequest).where(GroupRequest.group_id == group.id, GroupRequest.kind == REQUEST)
    for request in db.session.scalars(waiting).all():
        db.session.delete(request)


def _approve(group_id: int, person_id: int, by: int) -> None:
    members.add(group_id, person_id, by=by)
    emit(GroupRequestAnswered(group_id, person_id, by, approved=True))
