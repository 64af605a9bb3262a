"""The counter of publications, counted by the spine and kept here."""

from __future__ import annotations

from sqlalchemy import update

from app.core.db import db
from app.groups.models import Group


def set_publications_count(group_id: int, count: int) -> None:
    """Keep how many publications the group has, in the open unit of work. One UPDATE, none when it is right already."""
    db.session.execute(
        update(Group)
        .where(Group.id == group_id, Group.publications_count != count)
        .values(publications_count=count)
    )
