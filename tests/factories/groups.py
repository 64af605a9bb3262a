"""Groups and who is in them."""

from __future__ import annotations

from collections.abc import Iterable

from app.core import clock
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.groups.models import OPEN, Group, GroupMember
from app.lib.text import fold
from app.people.models import Handle, Person
from tests.factories.saving import numbers


def group(
    name: str = "Мерчандайзинг",
    *,
    visibility: str = OPEN,
    owner: Person | None = None,
    members: Iterable[Person] = (),
    handle: str | None = None,
    who_posts: str = "members",
) -> Group:
    """A group with its owner and members."""
    handle = handle or f"group-{next(numbers)}"
    row = Group(
        handle=handle,
        name=name,
        sort_name=fold(name),
        visibility=visibility,
        who_posts=who_posts,
        created_by=owner.id if owner else None,
        created_at=clock.now(),
    )
    with unit_of_work():
        db.session.add(row)
        db.session.flush()
        db.session.add(Handle(handle=handle, group_id=row.id))
    if owner is not None:
        join(row, owner, role="owner")
    for member in members:
        join(row, member)
    return row


def join(group: Group, person: Person, *, role: str = "member") -> GroupMember:
    """Make `person` a member, a moderator or an owner."""
    with unit_of_work():
        row = GroupMember(group_id=group.id, person_id=person.id, role=role, joined_at=clock.now())
        db.session.add(row)
        group.members_count += 1
    return row
