"""The actor's groups in the left column of every page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select

from app.core.actor import Actor
from app.core.prepared import Prepared
from app.groups.models import MEMBER, MEMBERS, Group, GroupMember
from app.groups.schemas import GroupLink, group_url

_my_groups = Prepared(
    select(Group.name, Group.handle, Group.colour, Group.who_posts, GroupMember.role)
    .join(GroupMember, GroupMember.group_id == Group.id)
    .where(GroupMember.person_id == bindparam("person_id"))
    .order_by(Group.sort_name, Group.id)
    .limit(bindparam("most"))
)


def my_groups(actor: Actor, most: int) -> tuple[GroupLink, ...]:
    """The first of the actor's groups by name. One statement."""
    rows = _my_groups.all(person_id=actor.person_id, most=most)
    return tuple(_link(row) for row in rows)


def _link(row: Row[Any]) -> GroupLink:
    can_post = row.who_posts == MEMBERS or row.role != MEMBER
    return GroupLink(row.name, row.handle, group_url(row.handle), row.colour, can_post)
