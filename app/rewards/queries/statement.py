"""The statement of somebody's bonus points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.core import clock, cursor
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.reputation.models import EXPIRED, SPENT, Rule
from app.reputation.queries import bonus_entries
from app.reputation.queries import terms as bonus_terms
from app.reputation.queries.bonus import past_of
from app.reputation.queries.own import Origin, origins
from app.rewards.queries.orders import order_titles
from app.rewards.schemas import Expiring, Statement, StatementLine

#: Rows on a page.
PAGE = 40

_RULES = Prepared(select(Rule.id, Rule.act, Rule.pays))
#: What a row is called: the other side of the entry, and whether it gives.
_KINDS = {SPENT: ("spent", "returned"), EXPIRED: ("expired", "revived")}


def statement(actor: Actor, before: str | None = None) -> Statement:
    """A page of the actor's bonus points, latest first, each row with the balance after it and where it came from.

    Four statements. What one may no longer see is neither quoted nor linked.

    Reads all their entries: the balance is their sum. Raises `Invalid` for a bad cursor.
    """
    entries = bonus_entries(actor.person_id)
    past = past_of(entries)
    balance, rows = 0, []
    for row in sorted(entries, key=lambda each: (_moment(each), each.id)):
        balance += row.delta
        if row.delta:
            rows.append((row, balance))
    rows.reverse()
    _position, below = cursor.decode(before)
    # The cursor is the number of rows that are left.
    rest = rows[max(0, len(rows) - below) :] if before else rows
    shown = rest[:PAGE]
    left = past.purse(clock.now()).left
    return Statement(
        balance,
        bonus_terms()[-1][1],
        tuple(Expiring(points, until) for until, points in sorted(left.items()) if points),
        _lines(actor, shown),
        cursor.encode(0, len(rest) - PAGE) if len(rest) > PAGE else None,
    )


def _lines(actor: Actor, shown: list[tuple[Any, int]]) -> tuple[StatementLine, ...]:
    rules = _RULES.by("id") if shown else {}
    earned_by = origins(actor, [row.content_id for row, _balance in shown if row.content_id is not None])
    named = order_titles([_order(row) for row, _balance in shown if row.against == SPENT])
    return tuple(
        StatementLine(
            _kind(row), rules[row.rule_id].act, rules[row.rule_id].pays,
            named.get(_order(row), {}) if row.against == SPENT else {}, row.delta, balance, _moment(row),
            *_origin(row, earned_by),
        )
        for row, balance in shown
    )  # fmt: skip


def _origin(row: Any, earned_by: Mapping[int, Origin]) -> tuple[str, str]:
    """First words of what a row is about and its address: of the text that earned it, or of what was ordered."""
    if row.against == SPENT:
        return "", "/rewards/orders"
    found = earned_by.get(row.content_id)
    return (found.quote, found.url) if found is not None else ("", "")


def _moment(row: Any) -> int:
    """When it happened: what was taken back or returned, when that was."""
    return int(row.happened_at if row.reverses_id is None else row.recorded_at)


def _order(row: Any) -> int:
    return int(row.fact.partition(":")[2])


def _kind(row: Any) -> str:
    if row.against in _KINDS:
        return _KINDS[row.against][0 if row.gives else 1]
    if row.reverses_id is None:
        return "earned"
    return "again" if row.gives else "taken"
