"""Joining, leaving, and the roles of members."""

from __future__ import annotations

from sqlalchemy import case, select

from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.groups.events import GroupRequested, GroupRoleChanged
from app.groups.models import (
    INVITATION,
    MODERATOR,
    OPEN,
    OWNER,
    REQUEST,
    ROLES,
    GroupMember,
    GroupRequest,
)
from app.groups.policy import access_group, access_head, can_manage, can_moderate, can_remove
from app.groups.service import members
from app.people.models import ACTIVE, Person


def join(actor: Actor, handle: str) -> bool:
    """Become a member, or ask to be let in; whether the actor is a member now.

    An open group takes anybody at once, and any group takes whom it has invited; a closed one keeps the request for its
    moderators. Again changes nothing. At most six statements. Raises `NotFound`.
    """
    with unit_of_work():
        group = access_head(actor, handle, lock=True)
        if members.membership(group.id, actor.person_id) is not None:
            return True
        request = db.session.get(GroupRequest, (group.id, actor.person_id), populate_existing=True)
        if group.visibility == OPEN or (request is not None and request.kind == INVITATION):
            members.add(group.id, actor.person_id, by=actor.person_id)
            return True
        if request is None:
            _ask(group.id, actor.person_id)
        return False


def _ask(group_id: int, person_id: int) -> None:
    asked = (
        insert(GroupRequest)
        .values(group_id=group_id, person_id=person_id, kind=REQUEST, created_at=clock.now())
        .on_conflict_do_nothing(index_elements=["group_id", "person_id"])
        .returning(GroupRequest.person_id)
    )
    if db.session.scalars(asked).first() is not None:
        emit(GroupRequested(group_id, person_id))


def take_back_request(actor: Actor, handle: str) -> None:
    """Ask no longer. Raises `NotFound`."""
    with unit_of_work():
        group = access_group(actor, handle)
        members.forget_request(group.id, actor.person_id, REQUEST)


def leave(actor: Actor, handle: str) -> None:
    """Be a member no more; a person who is none has left already.

    Raises `NotFound`, and `Conflict` for a mandatory group and for the last owner, who hands over first.
    """
    with unit_of_work():
        group = access_group(actor, handle, lock=True)
        membership = members.membership(group.id, actor.person_id)
        if membership is None:
            return
        if membership.mandatory:
            raise Conflict(_("This group is for everyone concerned, so it can’t be left."))
        if membership.role == OWNER and not members.other_owners(group.id, actor.person_id):
            raise Conflict(_("You are the only owner. Make a colleague an owner first."))
        members.remove(group.id, actor.person_id, by=actor.person_id)


def set_role(actor: Actor, handle: str, person_handle: str, role: str) -> None:
    """Make a member owner, moderator or plain member. Audited.

    Raises `NotFound`, `Forbidden`, `Invalid` for a role there is not, and `Conflict` when no owner would be left.
    """
    if role not in ROLES:
        raise Invalid(_("There is no such role."), field="role")
    with unit_of_work():
        group = access_group(actor, handle, lock=True)
        own = members.membership(group.id, actor.person_id)
        if not can_manage(actor, group, own.role if own else None):
            raise Forbidden(_("Only owners of the group change roles."))
        membership = _member(group.id, person_handle)
        if membership.role == role:
            return
        if membership.role == OWNER and not members.other_owners(group.id, membership.person_id):
            raise Conflict(_("A group needs an owner. Make another colleague an owner first."))
        _change_role(membership, role, by=actor.person_id)


def remove_member(actor: Actor, handle: str, person_handle: str) -> None:
    """Take somebody out of the group; moderators take out members, owners anyone. Audited.

    Raises `NotFound`, `Forbidden`, and `Conflict` for mandatory members and the last owner.
    """
    with unit_of_work():
        group = access_group(actor, handle, lock=True)
        own = members.membership(group.id, actor.person_id)
        if not can_moderate(actor, group) and not can_manage(actor, group, own.role if own else None):
            raise Forbidden(_("Only moderators of the group remove members."))
        membership = _member(group.id, person_handle)
        if not can_remove(actor, group, own.role if own else None, membership.role):
            raise Forbidden(_("Only owners of the group remove moderators and owners."))
        if membership.mandatory:
            raise Conflict(_("This group is for everyone concerned, so nobody can be removed."))
        if membership.role == OWNER and not members.other_owners(group.id, membership.person_id):
            raise Conflict(_("A group needs an owner. Make another colleague an owner first."))
        members.remove(group.id, membership.person_id, by=actor.person_id)
        audit.record(
            "group.member_removed",
            f"group:{group.id}",
            actor_id=actor.person_id,
            person_id=membership.person_id,
        )


def settle_departure(person_id: int) -> None:
    """Take somebody who left the company out of their groups; a group that loses its last owner gets an heir.

    The heir is the moderator, or else the member, who has been there longest. Joins or opens a unit of work; a few
    statements a group. Doing it again changes nothing.
    """
    with unit_of_work():
        mine = select(GroupMember).where(GroupMember.person_id == person_id).order_by(GroupMember.group_id)
        for membership in db.session.scalars(mine.with_for_update()).all():
            if membership.role == OWNER and not members.other_owners(membership.group_id, person_id):
                heir = _heir(membership.group_id, person_id)
                if heir is not None:
                    _change_role(heir, OWNER, by=None)
            members.remove(membership.group_id, person_id, by=None)
        for request in db.session.scalars(
            select(GroupRequest).where(GroupRequest.person_id == person_id)
        ).all():
            db.session.delete(request)


def _heir(group_id: int, person_id: int) -> GroupMember | None:
    longest = (
        select(GroupMember)
        .join(Person, Person.id == GroupMember.person_id)
        .where(GroupMember.group_id == group_id, GroupMember.person_id != person_id, Person.state == ACTIVE)
        .order_by(
            case((GroupMember.role == MODERATOR, 0), else_=1), GroupMember.joined_at, GroupMember.person_id
        )
        .limit(1)
    )
    return db.session.scalars(longest).first()


def _member(group_id: int, handle: str) -> GroupMember:
    membership = members.membership(group_id, members.person_with(handle).id)
    if membership is None:
        raise NotFound(_("This colleague is not in the group."))
    return membership


def _change_role(membership: GroupMember, role: str, *, by: int | None) -> None:
    audit.record(
        "group.role_changed",
        f"group:{membership.group_id}",
        actor_id=by,
        person_id=membership.person_id,
        before=membership.role,
        after=role,
    )
    membership.role = role
    emit(GroupRoleChanged(membership.group_id, membership.person_id, by, role))
