"""Bonus points: what was earned, spent and has expired, as the ledger has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from app.core import clock, settings
from app.core.db import db
from app.core.prepared import Prepared, among
from app.lib.bonus import Earned, Purse, Spent, expires_at, purse, term_at
from app.reputation.models import BONUS, EXPIRED, IS_BONUS, ISSUE, SPENT, Balance, Entry

#: The setting of how many months points count, as (from when, months) in ascending order.
TERMS = "reputation.bonus_terms"
DEFAULT_TERMS = ((0, 12),)
#: People whose points are read at once.
BATCH = 500

_ENTRIES = Prepared(
    select(*Entry.__table__.c).where(among(Entry.person_id, "ids"), IS_BONUS).order_by(Entry.id)
)
_BALANCE = Prepared(
    select(Balance.points).where(Balance.person_id == bindparam("person"), Balance.account == BONUS)
)
_EARNED_SINCE = Prepared(
    select(func.coalesce(func.sum(Entry.delta), 0).label("points")).where(
        Entry.person_id == bindparam("person"), IS_BONUS, Entry.against == ISSUE,
        Entry.happened_at >= bindparam("since"),
    )
)  # fmt: skip


@dataclass
class BonusPast:
    """What the ledger says of one person's bonus points; of each chain of entries only how it stands now."""

    earned: list[Earned] = field(default_factory=list)
    spent: list[Spent] = field(default_factory=list)
    #: The last entry of what stands as expired, by the moment until which it counted.
    expired: dict[int, Row[Any]] = field(default_factory=dict)
    #: The entry written last.
    last_id: int = 0

    def purse(self, now: int) -> Purse:
        """What should be left and what should have expired."""
        return purse(self.earned, self.spent, now)


def terms() -> Sequence[tuple[int, int]]:
    """How many months points count, by when they were earned. Asked of the database seldom."""
    return tuple((begins, months) for begins, months in settings.known(TERMS, DEFAULT_TERMS))


def bonus_balance(person_id: int) -> int:
    """A person's bonus points. One statement."""
    row = _BALANCE.first(person=person_id)
    return row.points if row else 0


def bonus_earned_since(person_id: int, since: int) -> int:
    """What a person has earned since a moment and still stands, spent or not. One statement."""
    row = _EARNED_SINCE.first(person=person_id, since=since)
    return int(row.points) if row else 0


def bonus_entries(person_id: int) -> list[Row[Any]]:
    """Every entry of a person's bonus points in the order they were written. One statement."""
    return _ENTRIES.all(ids=[person_id])


def bonus_pasts(person_ids: Sequence[int]) -> Mapping[int, BonusPast]:
    """What the ledger says of the bonus points of these people. One statement."""
    by_person: dict[int, list[Row[Any]]] = {each: [] for each in person_ids}
    for row in _ENTRIES.all(ids=person_ids):
        by_person[row.person_id].append(row)
    known = terms()
    return {person_id: _past(rows, known) for person_id, rows in by_person.items()}


def bonus_past(person_id: int) -> BonusPast:
    """What the ledger says of a person's bonus points. One statement."""
    return bonus_pasts([person_id])[person_id]


def past_of(entries: Sequence[Row[Any]]) -> BonusPast:
    """What one person's entries say, given as `bonus_entries` gives them."""
    return _past(entries, terms())


def holders(*, everybody: bool = False) -> Iterator[list[int]]:
    """People who have bonus points, or had any, in batches. One statement."""
    wanted = select(Balance.person_id).where(Balance.account == BONUS).order_by(Balance.person_id)
    ids = db.session.scalars(wanted if everybody else wanted.where(Balance.points > 0)).all()
    for start in range(0, len(ids), BATCH):
        yield list(ids[start : start + BATCH])


def _past(rows: Iterable[Row[Any]], known: Sequence[tuple[int, int]]) -> BonusPast:
    past = BonusPast()
    chains: dict[int, tuple[Row[Any], Row[Any]]] = {}
    roots: dict[int, int] = {}
    for row in rows:
        root = row.id if row.reverses_id is None else roots[row.reverses_id]
        roots[row.id] = root
        chains[root] = (chains[root][0], row) if root in chains else (row, row)
        past.last_id = row.id
    for first, last in chains.values():
        if first.against == SPENT:
            returned = None if last.gives else last.recorded_at
            own_wish = last.actor_id == last.person_id
            past.spent.append(Spent(first.happened_at, -first.delta, returned, own_wish))
        elif last.gives and first.against == EXPIRED:
            past.expired[first.happened_at] = last
        elif last.gives and first.delta > 0:
            until = expires_at(first.happened_at, term_at(known, first.happened_at))
            past.earned.append(Earned(first.happened_at, first.delta, until))
    return past


def expiry_overdue(until: int) -> bool:
    """Whether points that counted until a moment should long be entered as expired."""
    return until < clock.now() - 2 * clock.DAY
