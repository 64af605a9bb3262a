"""Leaderboards: who earned most in a period, everywhere, in a region, in a shop, about a topic.

Sums of days (see `app.reputation.models.DaySum`) make them cheap, and everybody's sums are kept for a minute, as they
are the same for all readers. Only the top is ever shown, and never more than the upper half, so that a table of a small
shop has no bottom either; one's own place is for oneself alone.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from app.core import clock
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.core.shared import Shelf
from app.people.models import Person, Shop
from app.people.queries import lines
from app.people.schemas import PersonLine
from app.reputation.models import REPUTATION, Balance, DaySum
from app.reputation.queries.recognition import hidden_people
from app.reputation.queries.standing import standings
from app.topics.models import Topic

#: The most a table shows.
TOP = 20
#: Days of a period; None for all time.
PERIODS: dict[str, int | None] = {"week": 7, "month": 30, "all": None}
#: The topic that stands for all of them in `DaySum`.
ALL_TOPICS = 0
#: First places that are kept; more than `TOP`, for some of them may ask meanwhile not to be shown.
FIRST = 3 * TOP


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


def _of_days(place: Select[int] | None) -> Prepared:
    days = select(DaySum.person_id, func.sum(DaySum.points).label("points"))
    days = days.where(DaySum.topic_id == bindparam("topic"), DaySum.day >= bindparam("since"))
    if place is not None:
        days = days.where(DaySum.person_id.in_(place))
    return Prepared(days.group_by(DaySum.person_id).order_by(DaySum.person_id))


def _of_topic(place: Select[int] | None) -> Prepared:
    """As `_of_days`, of a topic and those that were merged into it: entries name what it was when they were made."""
    names = select(Topic.id).where(
        or_(Topic.id == bindparam("topic"), Topic.merged_into_id == bindparam("topic"))
    )
    days = select(DaySum.person_id, func.sum(DaySum.points).label("points"))
    days = days.where(DaySum.topic_id.in_(names), DaySum.day >= bindparam("since"))
    if place is not None:
        days = days.where(DaySum.person_id.in_(place))
    return Prepared(days.group_by(DaySum.person_id).order_by(DaySum.person_id))


def _of_balances(place: Select[int] | None) -> Prepared:
    balance = select(Balance.person_id, Balance.points)
    balance = balance.where(Balance.account == REPUTATION, Balance.points > 0)
    if place is not None:
        balance = balance.where(Balance.person_id.in_(place))
    return Prepared(balance.order_by(Balance.person_id))


_SUMS = {
    (name, place): make(people)
    for name, make in (("days", _of_days), ("topic", _of_topic), ("balances", _of_balances))
    for place, people in _PLACES.items()
}


class _Ranking:
    """Everybody's points of one table: twenty bytes a person."""

    def __init__(self, rows: Iterable[Sequence[Any]], hidden: Collection[int]) -> None:
        """`rows` are people with points, in the order of their ids; without those who are `hidden`."""
        known = [row for row in rows if row[1] > 0 and row[0] not in hidden]
        self._ids = array("q", [row[0] for row in known])
        self._points = array("q", [row[1] for row in known])
        self._ranked = array("q", sorted(self._points))
        least = self._ranked[-FIRST] if len(known) > FIRST else 0
        best = sorted((-row[1], row[0]) for row in known if row[1] >= least)[:FIRST]
        #: The first, (points, person), the best first; equals in the order of their ids.
        self.first = [(-points, person_id) for points, person_id in best]

    def __len__(self) -> int:
        return len(self._ids)

    def of(self, person_id: int) -> OwnPlace | None:
        """Where somebody stands, if they have points."""
        at = bisect_left(self._ids, person_id)
        if at == len(self._ids) or self._ids[at] != person_id:
            return None
        points = self._points[at]
        return OwnPlace(len(self) - bisect_right(self._ranked, points) + 1, points)


_rankings = Shelf(16, clock.MINUTE)


def _ranking(source: str, place: str, values: dict[str, Any]) -> _Ranking:
    """The ranking of a table. One statement, none while it is kept."""

    def read() -> _Ranking:
        return _Ranking(_SUMS[source, place].all(**values), set(hidden_people()))

    return _rankings.recall((source, place, *sorted(values.items())), read)


def leaders(
    actor: Actor,
    period: str,
    *,
    region_id: int | None = None,
    shop_id: int | None = None,
    topic_id: int = ALL_TOPICS,
) -> Leaders:
    """The top of a period of `PERIODS`, and the reader's own place below it. At most a minute old. Three statements."""
    days, values = PERIODS[period], dict[str, Any]()
    source = "topic" if topic_id != ALL_TOPICS else "balances" if days is None else "days"
    if source != "balances":
        values = {"topic": topic_id, "since": clock.now() // clock.DAY - days + 1 if days else 0}
    place = "shop" if shop_id else "region" if region_id else ""
    values |= {"shop": {"shop": shop_id}, "region": {"region": region_id}}.get(place, {})
    ranking, hidden = _ranking(source, place, values), set(hidden_people())
    shown = [each for each in ranking.first if each[1] not in hidden]
    top = shown[: min(TOP, (len(ranking) + 1) // 2)]
    places = _places([points for points, _person_id in top])
    ids = [person_id for _points, person_id in top]
    people, standing = lines(ids), standings(ids)
    below = actor.person_id not in ids and actor.person_id not in hidden
    return Leaders(
        top=tuple(
            Leader(place, points, people[person_id], standing[person_id].level, person_id == actor.person_id)
            for place, (points, person_id) in zip(places, top, strict=True)
            if person_id in people  # a ranking may be older than a demo company that was made anew
        ),
        mine=ranking.of(actor.person_id) if below else None,
    )


def _places(points: Sequence[int]) -> list[int]:
    """The places of people in order of their points; equals share one."""
    return [points.index(each) + 1 for each in points]
