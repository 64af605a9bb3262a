"""Rules in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, or_, select

from app.core import clock
from app.core.prepared import Prepared
from app.reputation.models import BONUS, NOT_SET, Rule

_latest = (
    select(Rule.code, func.max(Rule.version).label("version"))
    .where(Rule.valid_from <= bindparam("at"), Rule.act.not_in(NOT_SET))
    .group_by(Rule.code)
    .subquery("latest")
)
_IN_FORCE = Prepared(
    select(
        Rule.id, Rule.code, Rule.act, Rule.pays, Rule.account, Rule.points, Rule.daily_cap,
        Rule.priority_percent, Rule.only_priority, Rule.valid_from, Rule.valid_until, Rule.only_for,
    )
    .join(_latest, and_(_latest.c.code == Rule.code, _latest.c.version == Rule.version))
    .where(or_(Rule.valid_until.is_(None), Rule.valid_until >= bindparam("at")))
    .order_by(Rule.code)
)  # fmt: skip


def rules_in_force(at: int) -> Sequence[Row[Any]]:
    """The version of each rule that counts for acts here at a moment; none of imported sites. One statement."""
    return _IN_FORCE.all(at=at)


def pays_bonus() -> bool:
    """Whether any rule gives bonus points now. One statement."""
    return any(rule.account == BONUS and rule.points for rule in rules_in_force(clock.now()))
