"""Memberships that a rule of the comms desk makes. The rules themselves belong to the topics feature."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from app.core.db import db
from app.groups.models import GroupMember
from app.groups.service import members


def make_mandatory(group_id: int, person_ids: Sequence[int]) -> int:
    """Make these people members who can't leave; how many are new. Joins the caller's unit of work.

    Three statements, whatever their number. A rule concerns thousands at once, so no event tells of each.
    """
    added = members.insert_rows(group_id, person_ids, mandatory=True)
    _mark(group_id, person_ids, mandatory=True)
    return added


def make_voluntary(group_id: int, person_ids: Sequence[int]) -> None:
    """Let these members leave when they like. Joins the caller's unit of work; one statement."""
    _mark(group_id, person_ids, mandatory=False)


def _mark(group_id: int, person_ids: Sequence[int], *, mandatory: bool) -> None:
    db.session.execute(
        update(GroupMember)
        .where(
            GroupMember.group_id == group_id,
            GroupMember.person_id.in_(person_ids),
            GroupMember.mandatory.is_(not mandatory),
        )
        .values(mandatory=mandatory)
    )
