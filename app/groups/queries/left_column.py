"""The actor's groups in the left column of every page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from app.core.actor import Actor
from app.groups.models import Group, GroupMember
from app.groups.policy import can_post
from app.groups.schemas import GroupLink, group_url

_order = (Group.sort_name, Group.id)

#: The actor's first groups by name; bind `person_id` and `most_groups`. `app/web/mine.py` runs it.
MY_GROUPS = (
    select(
        func.row_number().over(order_by=_order).label("position"),
        Group.id, Group.name, Group.handle, Group.colour, Group.visibility, Group.who_posts,
    )
    .join(GroupMember, GroupMember.group_id == Group.id)
    .where(GroupMember.person_id == bindparam("person_id"))
    .order_by(*_order)
    .limit(bindparam("most_groups"))
)  # fmt: skip


def group_links(actor: Actor, rows: Iterable[Row[Any]]) -> tuple[GroupLink, ...]:
    """Rows of `MY_GROUPS` as links."""
    return tuple(
        GroupLink(row.name, row.handle, group_url(row.handle), row.colour, can_post(actor, row))
        for row in rows
    )
