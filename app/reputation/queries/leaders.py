"""Leaderboards: who earned most in a period, everywhere, in a region, in a shop, about a topic.

Sums of days (see `app.reputation.models.DaySum`) make them cheap. Only the top is ever read, and never more than the
upper half, so that a table of a small shop has no bottom either; one's own place is for oneself alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, func, literal, not_, select, union_all

from app.core import clock
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.people.models import Person, Shop
from app.people.queries import lines
from app.people.schemas import PersonLine
from app.reputation.models import REPUTATION, Balance, DaySum
from app.reputation.queries.recognition import hidden_people
from app.reputation.queries.standing import standings

#: The most a table shows.
TOP = 20
#: Days of a period; None for all time.
PERIODS: dict[str, int | None] = {"week": 7, "month": 30, "all": None}
#: The topic that stands for all of them in `DaySum`.
ALL_TOPICS = 0


@dataclass(frozen=True)
class Leader:
    """A line of a leaderboard."""

    #: From 1; people with as many points share it.
    place: int
    points: int
    person: PersonLine
    level: int
    is_me: bool


@dataclass(frozen=True)
class OwnPlace:
    """Where the reader stands below the top."""

    place: int
    points: int


@dataclass(frozen=True)
class Leaders:
    """A leaderboard."""

    top: tuple[Leader, ...]
    #: For somebody who has points and is not in the top.
    mine: OwnPlace | None


#: Who works in a place; None for everywhere.
_PLACES: dict[str, Select[int] | None] = {
    "": None,
    "region": select(Person.id)
    .join(Shop, Shop.id == Person.shop_id)
    .where(Shop.region_id == bindparam("region")),
    "shop": select(Person.id).where(Person.shop_id == bindparam("shop")),
}


def _shown(person_id: Any) -> ColumnElement[bool]:
    return not_(among(person_id, "hidden"))


def _of_days(place: Select[int] | None) -> Callable[[], FromClause]:
    """Sums of days are added up once, for all parts of a statement."""
    days = select(DaySum.person_id, func.sum(DaySum.points).label("points"))
    days = days.where(DaySum.topic_id == bindparam("topic"), DaySum.day >= bindparam("since"))
    if place is not None:
        days = days.where(DaySum.person_id.in_(place))
    sums = days.group_by(DaySum.person_id).subquery("sums")
    earned = select(sums).where(sums.c.points > 0, _shown(sums.c.person_id)).cte("earned")
    return earned.alias


def _of_balances(place: Select[int] | None) -> Callable[[], FromClause]:
    """Balances are read by their index in each part."""
    balance = select(Balance.person_id, Balance.points)
    balance = balance.where(Balance.account == REPUTATION, Balance.points > 0, _shown(Balance.person_id))
    if place is not None:
        balance = balance.where(Balance.person_id.in_(place))
    return balance.subquery


def _board(earned: Callable[[], FromClause]) -> Prepared:
    """The first `TOP` (part 0), the reader with their place (1), and how many there are, at most twice `TOP` (2)."""
    one, mine, better, some = earned(), earned(), earned(), earned()
    above = select(func.count()).select_from(better).where(better.c.points > mine.c.points)
    top = select(literal(0).label("part"), one.c.person_id, one.c.points, literal(0).label("number"))
    top = top.order_by(one.c.points.desc(), one.c.person_id).limit(TOP)
    me = select(literal(1), mine.c.person_id, mine.c.points, above.scalar_subquery() + 1)
    enough = select(some.c.person_id).limit(2 * TOP).subquery()
    everybody = select(literal(2), literal(0), literal(0), func.count()).select_from(enough)
    parts = (top, me.where(mine.c.person_id == bindparam("me")), everybody)
    return Prepared(
        union_all(*(select(part.subquery(f"part_{number}")) for number, part in enumerate(parts)))
    )


_BOARDS = {
    (name, place): _board(earned(people))
    for name, earned in (("days", _of_days), ("balances", _of_balances))
    for place, people in _PLACES.items()
}


def leaders(
    actor: Actor,
    period: str,
    *,
    region_id: int | None = None,
    shop_id: int | None = None,
    topic_id: int = ALL_TOPICS,
) -> Leaders:
    """The top of a period of `PERIODS`, and the reader's own place below it. Three statements."""
    days, of = PERIODS[period], dict[str, Any]()
    if days is None and topic_id == ALL_TOPICS:
        source = "balances"
    else:
        since = clock.now() // clock.DAY - days + 1 if days else 0
        source, of = "days", {"topic": topic_id, "since": since}
    place = "shop" if shop_id else "region" if region_id else ""
    where = {"shop": {"shop": shop_id}, "region": {"region": region_id}}.get(place, {})
    rows = _BOARDS[source, place].all(me=actor.person_id, **of, **where, hidden=hidden_people())
    everybody = next(row.number for row in rows if row.part == 2)
    first = sorted((row for row in rows if row.part == 0), key=lambda row: (-row.points, row.person_id))
    top = first[: (everybody + 1) // 2]
    places = _places([row.points for row in top])
    mine = next((row for row in rows if row.part == 1), None)
    ids = [row.person_id for row in top]
    people, standing = lines(ids), standings(ids)
    below = mine is not None and mine.person_id not in ids
    return Leaders(
        top=tuple(
            Leader(
                place, row.points, people[row.person_id], standing[row.person_id].level,
                row.person_id == actor.person_id,
            )
            for place, row in zip(places, top, strict=True)
        ),
        mine=OwnPlace(mine.number, mine.points) if mine is not None and below else None,
    )  # fmt: skip


def _places(points: Sequence[int]) -> list[int]:
    """The places of people in order of their points; equals share one."""
    return [points.index(each) + 1 for each in points]
