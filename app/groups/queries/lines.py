"""A group as a line of any list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, select

from app.groups.models import Group, GroupMember, GroupRequest
from app.groups.schemas import GroupLine, group_url
from app.lib.text import excerpt

_DESCRIPTION = 140

#: What `group_line` reads.
LINE: tuple[Any, ...] = (
    Group.id,
    Group.name,
    Group.handle,
    Group.colour,
    Group.visibility,
    Group.description,
    Group.members_count,
    GroupMember.role,
    GroupMember.mandatory,
    GroupRequest.kind.label("standing"),
)


def group_lines() -> Select[Any]:
    """Groups with the standing of `person_id` in each; the caller narrows them to what that person may know of."""
    me: BindParameter[int] = bindparam("person_id")
    return (
        select(*LINE)
        .outerjoin(GroupMember, and_(GroupMember.group_id == Group.id, GroupMember.person_id == me))
        .outerjoin(GroupRequest, and_(GroupRequest.group_id == Group.id, GroupRequest.person_id == me))
    )


def group_line(row: Row[Any]) -> GroupLine:
    """A row of `group_lines` as it is shown."""
    return GroupLine(
        id=row.id,
        name=row.name,
        handle=row.handle,
        url=group_url(row.handle),
        colour=row.colour,
        visibility=row.visibility,
        description=excerpt(row.description, _DESCRIPTION),
        members=row.members_count,
        role=row.role,
        standing=row.standing,
        mandatory=bool(row.mandatory),
    )
