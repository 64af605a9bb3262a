"""Periodic work: counters agree with their rows."""

from __future__ import annotations

from sqlalchemy import func, select, update

from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.groups.models import Group, GroupMember


def repair_member_counts() -> int:
    """Set counters that disagree with their rows right; how many. One UPDATE. Nightly."""
    counted = select(func.count()).where(GroupMember.group_id == Group.id).correlate(Group).scalar_subquery()
    with unit_of_work():
        result = db.session.execute(
            update(Group)
            .where(Group.members_count != counted)
            .values(members_count=counted)
            .execution_options(synchronize_session=False)
        )
        return int(getattr(result, "rowcount", 0))
