"""Whom a wave asks: people who may see the question, are not away, were not asked yet and have room today."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from app.content.models import ContentItem
from app.core.db import db
from app.people.models import ACTIVE, Person
from app.routing.models import Ask, TopicCare, TopicCurator
from app.routing.policy import may_be_told
from app.routing.queries.duty import Worker, is_away, on_duty, workers
from app.routing.queries.ranking import best_experts
from app.routing.schemas import CURATES, CURATORS, DEPARTMENT, EXPERTS, NEAR, OWNS, SHOP, Asked, Helper, Wave

#: Helpers asked of the ranker, colleagues of a shop and people of a department looked at.
MOST_RANKED = 60
MOST_LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to ask, and why."""

    worker: Worker
    audience: str
    reason: str
    topic_id: int | None = None
    number: int = 0


@dataclass(frozen=True)
class Situation:
    """A question at the moment a wave goes out."""

    item: ContentItem
    asked: Asked
    #: Who can help, the best first.
    ranked: Sequence[Helper]
    a_day: int
    now: int

    @cached_property
    def helpers(self) -> Mapping[int, Helper]:
        """The same by person."""
        return {helper.person_id: helper for helper in self.ranked}


def candidates(at: Situation, wave: Wave) -> list[Candidate]:
    """Whom the wave asks now, at most so many as it says. At most five statements."""
    found = _AUDIENCES[wave.audience](at)
    return found[: wave.most]


def workers_free(
    item: ContentItem, content_id: int, a_day: int, now: int, *conditions: ColumnElement[bool]
) -> Mapping[int, Worker]:
    """Of the people on these conditions, those who can be asked now. Two statements."""
    asked = exists().where(Ask.content_id == content_id, Ask.person_id == Person.id).correlate(Person)
    found = workers(
        *conditions, *may_be_told(item), Person.id != item.author_id, ~asked, limit=MOST_LOOKED_AT
    )
    here = {person_id: worker for person_id, worker in found.items() if not is_away(worker, now)}
    full = asked_today(here, now)
    return {person_id: worker for person_id, worker in here.items() if full.get(person_id, 0) < a_day}


def asked_today(people: Mapping[int, Worker], now: int) -> Mapping[int, int]:
    """How many questions each was asked on the day it is for them, of those who were asked any. One statement."""
    if not people:
        return {}
    days = {worker.day(now) for worker in people.values()}
    rows = db.session.execute(
        select(Ask.person_id, Ask.day, func.max(Ask.slot))
        .where(Ask.person_id.in_(people), Ask.day.in_(days))
        .group_by(Ask.person_id, Ask.day)
    )
    return {person_id: last for person_id, day, last in rows if people[person_id].day(now) == day}


def _near(at: Situation) -> list[Candidate]:
    """Who is on duty: helpers and colleagues of the asker's shop in turn, the best helper first."""
    helpers = at.helpers
    theirs: list[ColumnElement[bool]] = [Person.id.in_(helpers)]
    if at.asked.shop_id is not None:
        theirs.append(and_(Person.shop_id == at.asked.shop_id, Person.state == ACTIVE))
    free = _free(at, or_(*theirs))
    present = {person_id: worker for person_id, worker in free.items() if on_duty(worker, at.now)}
    knowing = [
        _knows(helper, present[person_id], NEAR)
        for person_id, helper in helpers.items()
        if person_id in present
    ]
    beside = [
        Candidate(worker, NEAR, SHOP)
        for person_id, worker in present.items()
        if person_id not in helpers and worker.shop_id == at.asked.shop_id
    ]
    # The same few are not always the first of their shop to be asked.
    turn = at.asked.content_id % len(beside) if beside else 0
    beside = beside[turn:] + beside[:turn]
    return _in_turn(knowing, beside)


def _experts(at: Situation) -> list[Candidate]:
    """Who has a title in the topics, then who can help besides; those on duty first."""
    known = {helper.person_id: helper for helper in (*best_experts(at.asked.topic_ids), *at.ranked)}
    free = _free(at, Person.id.in_(known))
    found = [
        _knows(helper, free[person_id], EXPERTS) for person_id, helper in known.items() if person_id in free
    ]
    return sorted(found, key=lambda each: not on_duty(each.worker, at.now))


def _curators(at: Situation) -> list[Candidate]:
    """Who looks after the topics, those on duty first."""
    rows = db.session.execute(
        select(TopicCurator.person_id, TopicCurator.topic_id)
        .where(TopicCurator.topic_id.in_(at.asked.topic_ids))
        .order_by(TopicCurator.since, TopicCurator.person_id, TopicCurator.topic_id)
    )
    topics: dict[int, int] = {}
    for person_id, topic_id in rows:
        topics.setdefault(person_id, topic_id)
    free = _free(at, Person.id.in_(topics)) if topics else {}
    found = [
        Candidate(free[person_id], CURATORS, CURATES, topics[person_id])
        for person_id in topics
        if person_id in free
    ]
    return sorted(found, key=lambda each: not on_duty(each.worker, at.now))


def _department(at: Situation) -> list[Candidate]:
    """People of the owning departments: those on duty first, and of them who knows most."""
    owners: dict[int, int] = {}
    rows = db.session.execute(
        select(TopicCare.department_id, TopicCare.topic_id)
        .where(TopicCare.topic_id.in_(at.asked.topic_ids), TopicCare.department_id.is_not(None))
        .order_by(TopicCare.topic_id)
    )
    for department_id, topic_id in rows:
        if department_id is not None:
            owners.setdefault(department_id, topic_id)
    free: dict[int, Worker] = {}
    if owners:
        ours = Person.department_id.in_(owners)
        # However large the department is, who knows most is among those looked at.
        free = {**_free(at, ours, Person.id.in_(at.helpers)), **_free(at, ours)}
    places = {person_id: place for place, person_id in enumerate(at.helpers)}
    found = [
        Candidate(worker, DEPARTMENT, OWNS, owners[worker.department_id])
        for worker in free.values()
        if worker.department_id is not None
    ]
    return sorted(
        found, key=lambda each: (not on_duty(each.worker, at.now), places.get(each.worker.id, len(places)))
    )


_AUDIENCES: Mapping[str, Callable[[Situation], list[Candidate]]] = {
    NEAR: _near,
    EXPERTS: _experts,
    CURATORS: _curators,
    DEPARTMENT: _department,
}


def _free(at: Situation, *conditions: ColumnElement[bool]) -> Mapping[int, Worker]:
    return workers_free(at.item, at.asked.content_id, at.a_day, at.now, *conditions)


def _knows(helper: Helper, worker: Worker, audience: str) -> Candidate:
    return Candidate(worker, audience, helper.reason, helper.topic_id, helper.number)


def _in_turn(first: Sequence[Candidate], second: Sequence[Candidate]) -> list[Candidate]:
    longest = max(len(first), len(second))
    return [some[place] for place in range(longest) for some in (first, second) if place < len(some)]
