"""Leaderboards: who earned most in a period, everywhere, in a region, in a shop, about a topic.

Sums of days (see `app.reputation.models.DaySum`) make them cheap. Only the top is ever read, and never more than the
upper half, so that a table of a small shop has no bottom either; one's own place is for oneself alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Subquery, bindparam, func, or_, select

from app.core import clock
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.people.models import Person, Shop
from app.people.queries import lines
from app.people.schemas import PersonLine
from app.reputation.models import REPUTATION, Balance, DaySum
from app.reputation.queries.recognition import off_values, shown_in_leaders
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


_SINCE = DaySum.day >= bindparam("since")
_OF_DAYS = (
    select(DaySum.person_id, func.sum(DaySum.points).label("points"))
    .where(DaySum.topic_id == bindparam("topic"), _SINCE)
    .group_by(DaySum.person_id)
    .subquery("earned")
)
_OF_BALANCES = (
    select(Balance.person_id, Balance.points).where(Balance.account == REPUTATION).subquery("earned")
)
_PLACES: dict[str, tuple[ColumnElement[bool], ...]] = {
    "": (),
    "region": (Shop.region_id == bindparam("region"),),
    "shop": (Person.shop_id == bindparam("shop"),),
}


def _board(earned: Subquery, *place: ColumnElement[bool]) -> Prepared:
    ranked = (
        select(
            earned.c.person_id, earned.c.points,
            func.rank().over(order_by=earned.c.points.desc()).label("place"),
            func.row_number().over(order_by=(earned.c.points.desc(), earned.c.person_id)).label("number"),
            func.count().over().label("everybody"),
        )
        .join(Person, Person.id == earned.c.person_id)
        .outerjoin(Shop, Shop.id == Person.shop_id)
        .where(earned.c.points > 0, shown_in_leaders(), *place)
        .subquery("ranked")
    )  # fmt: skip
    seen = or_(
        (ranked.c.number <= TOP) & (ranked.c.number * 2 <= ranked.c.everybody + 1),
        ranked.c.person_id == bindparam("me"),
    )
    return Prepared(select(ranked).where(seen).order_by(ranked.c.number))


_BOARDS = {
    (name, place): _board(earned, *conditions)
    for name, earned in (("days", _OF_DAYS), ("balances", _OF_BALANCES))
    for place, conditions in _PLACES.items()
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
    rows = _BOARDS[source, place].all(me=actor.person_id, **of, **where, **off_values())
    top = [row for row in rows if row.number <= TOP and row.number * 2 <= row.everybody + 1]
    mine = next((row for row in rows if row not in top), None)
    ids = [row.person_id for row in top]
    people, standing = lines(ids), standings(ids)
    return Leaders(
        top=tuple(
            Leader(
                row.place, row.points, people[row.person_id], standing[row.person_id].level,
                row.person_id == actor.person_id,
            )
            for row in top
        ),
        mine=OwnPlace(mine.place, mine.points) if mine is not None else None,
    )  # fmt: skip
