"""The actor's groups in the left column of every page."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from app.core.actor import Actor
from app.core.prepared import Prepared
from app.groups.models import Group, GroupMember
from app.groups.policy import can_post
from app.groups.schemas import GroupLink, group_url

_my_groups = Prepared(
    select(Group.id, Group.name, Group.handle, Group.colour, Group.visibility, Group.who_posts)
    .join(GroupMember, GroupMember.group_id == Group.id)
    .where(GroupMember.person_id == bindparam("person_id"))
    .order_by(Group.sort_name, Group.id)
    .limit(bindparam("most"))
)


def my_groups(actor: Actor, most: int) -> tuple[GroupLink, ...]:
    """The first of the actor's groups by name. One statement."""
    rows = _my_groups.all(person_id=actor.person_id, most=most)
    return tuple(
        GroupLink(row.name, row.handle, group_url(row.handle), row.colour, can_post(actor, row))
        for row in rows
    )
