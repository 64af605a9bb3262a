"""What can be said of the ledger without reading it from end to end."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from app.core.db import db
from app.reputation.models import Balance, Entry


def total_entries() -> int:
    """How many entries there are. One COUNT."""
    return db.session.scalar(select(func.count()).select_from(Entry)) or 0


def wrong_balances() -> int:
    """How many balances are not what the entries add up to. Two statements; the first sums every entry."""
    sums = (
        select(Entry.person_id, Entry.account, func.sum(Entry.delta).label("points"))
        .group_by(Entry.person_id, Entry.account)
        .subquery("sums")
    )
    joined = select(func.count()).select_from(sums).outerjoin(
        Balance, and_(Balance.person_id == sums.c.person_id, Balance.account == sums.c.account)
    )  # fmt: skip
    differ = joined.where(or_(Balance.points.is_(None), Balance.points != sums.c.points))
    unexplained = select(func.count()).where(
        Balance.points != 0,
        ~select(Entry.id)
        .where(Entry.person_id == Balance.person_id, Entry.account == Balance.account)
        .correlate(Balance)
        .exists(),
    )
    return (db.session.scalar(differ) or 0) + (db.session.scalar(unexplained) or 0)
