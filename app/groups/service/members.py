"""Rows of members and requests, with the counter that must agree with them. For use inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select, update

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.upsert import insert
from app.groups.events import GroupJoined, GroupLeft
from app.groups.models import MEMBER, OWNER, Group, GroupMember, GroupRequest
from app.lib.handles import HANDLE_RE, fold_handle
from app.people.models import ACTIVE, Person


def add(group_id: int, person_id: int, *, by: int | None, role: str = MEMBER) -> bool:
    """Make the person a member and close their request or invitation; whether they were none before.

    Three statements. Emits `GroupJoined`.
    """
    forget_request(group_id, person_id)
    added = insert_rows(group_id, [person_id], role=role)
    if added:
        emit(GroupJoined(group_id, person_id, by))
    return bool(added)


def insert_rows(
    group_id: int, person_ids: Sequence[int], *, role: str = MEMBER, mandatory: bool = False
) -> int:
    """Add those who are no members yet and count them; how many. Two statements, whatever their number."""
    new = insert(GroupMember).on_conflict_do_nothing(index_elements=["group_id", "person_id"])
    rows = [
        {
            "group_id": group_id,
            "person_id": person_id,
            "role": role,
            "mandatory": mandatory,
            "joined_at": clock.now(),
        }
        for person_id in person_ids
    ]
    added = len(db.session.scalars(new.returning(GroupMember.person_id), rows).all()) if rows else 0
    if added:
        _count(group_id, added)
    return added


def remove(group_id: int, person_id: int, *, by: int | None) -> bool:
    """End the membership; whether there was one. Two statements. Emits `GroupLeft`."""
    gone = delete(GroupMember).where(GroupMember.group_id == group_id, GroupMember.person_id == person_id)
    if not _deleted(db.session.execute(gone)):
        return False
    _count(group_id, -1)
    emit(GroupLeft(group_id, person_id, by))
    return True


def forget_request(group_id: int, person_id: int, *kinds: str) -> bool:
    """Delete the person's request or invitation (of any kind, unless kinds are named); whether there was one."""
    gone = delete(GroupRequest).where(GroupRequest.group_id == group_id, GroupRequest.person_id == person_id)
    if kinds:
        gone = gone.where(GroupRequest.kind.in_(kinds))
    return bool(_deleted(db.session.execute(gone)))


def membership(group_id: int, person_id: int) -> GroupMember | None:
    """The person's membership as it stands now. One SELECT."""
    return db.session.get(GroupMember, (group_id, person_id), populate_existing=True)


def other_owners(group_id: int, person_id: int) -> int:
    """How many owners the group has besides this person. One SELECT."""
    owners = select(func.count()).where(
        GroupMember.group_id == group_id, GroupMember.role == OWNER, GroupMember.person_id != person_id
    )
    return db.session.scalar(owners) or 0


def person_with(handle: str) -> Person:
    """The colleague of this handle who works here. One SELECT. Raises `NotFound`."""
    key = fold_handle(handle)
    wanted = select(Person).where(Person.handle == key, Person.state == ACTIVE)
    person = db.session.scalars(wanted).first() if HANDLE_RE.match(key) else None
    if person is None:
        raise NotFound(_("There is no such colleague."))
    return person


def _deleted(result: Any) -> int:
    return int(result.rowcount)


def _count(group_id: int, difference: int) -> None:
    db.session.execute(
        update(Group).where(Group.id == group_id).values(members_count=Group.members_count + difference)
    )
