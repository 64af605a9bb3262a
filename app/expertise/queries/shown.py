"""Experts as pages show them: the best of a topic, what a person knows and why."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select

from app.core import clock
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.expertise.models import Absence, Expertise, HiddenExpertise
from app.expertise.queries.counting import praise_of
from app.expertise.schemas import ExpertLine, ExpertsPage, KnowledgePage, Known, Reason, Terms, Why
from app.lib.authority import (
    FEW,
    FROM,
    HALF_LIFE,
    LEARNER,
    MASTER,
    PLACES,
    WEIGHTS,
    Praise,
    least_strength,
    score,
    shares,
)
from app.people import queries as people
from app.people.models import ACTIVE, Person
from app.people.queries import LINE, joined, line
from app.people.schemas import PersonLine
from app.topics.models import Topic
from app.topics.policy import known_topics
from app.topics.queries.lines import topic_line, topic_lines, values_for

#: Faces on the page and the card of a topic; experts on their own page; topics of a profile.
FACES = 5
MOST = 50
MOST_TOPICS = 30
#: From this part of the first title's score on, somebody sees themselves on the way to it.
ON_THE_WAY = 0.1

_hidden = exists().where(
    HiddenExpertise.person_id == Expertise.person_id, HiddenExpertise.topic_id == Expertise.topic_id
)
_hides = exists().where(
    HiddenExpertise.person_id == bindparam("person"), HiddenExpertise.topic_id == Topic.id
)
#: Titles; and for oneself also what is on the way to one (`strength`), and what is hidden.
_worth_showing = or_(
    and_(Expertise.title > 0, ~_hides),
    _hides.where(HiddenExpertise.person_id == bindparam("reader")),
    and_(
        Expertise.person_id == bindparam("reader"),
        or_(Expertise.title > 0, Expertise.strength >= bindparam("strength")),
    ),
)
_EXPERTS = Prepared(
    joined(
        select(
            *LINE,
            Expertise.title,
            Expertise.strength,
            Expertise.acts,
            Expertise.givers,
            Topic.title.label("topic_title"),
        )
        .select_from(Expertise)
        .join(Person, Person.id == Expertise.person_id)
        .join(Topic, Topic.id == Expertise.topic_id)
    )
    .where(Expertise.topic_id == bindparam("topic"), Expertise.title > 0, Person.state == ACTIVE, ~_hidden)
    .order_by(Expertise.strength.desc(), Person.id)
    .limit(bindparam("most"))
)
_KNOWN = Prepared(
    topic_lines(
        func.coalesce(Expertise.title, 0).label("expert_title"),
        func.coalesce(Expertise.strength, 0.0).label("strength"),
        Expertise.acts, func.coalesce(Expertise.givers, 0).label("givers"), _hides.label("hidden"),
        Absence.until.label("away_until"),
    )
    .outerjoin(Expertise, and_(Expertise.topic_id == Topic.id, Expertise.person_id == bindparam("person")))
    .outerjoin(Absence, and_(Absence.person_id == bindparam("person"), Absence.until > bindparam("now")))
    .where(
        or_(
            Topic.id.in_(select(Expertise.topic_id).where(Expertise.person_id == bindparam("person"))),
            Topic.id.in_(select(HiddenExpertise.topic_id).where(HiddenExpertise.person_id == bindparam("person"))),
        ),
        known_topics(),
        _worth_showing,
    )
    .order_by(func.coalesce(Expertise.title, 0).desc(), func.coalesce(Expertise.strength, 0.0).desc(), Topic.id)
    .limit(MOST_TOPICS)
)  # fmt: skip
_AWAY = Prepared(
    select(Absence.until).where(Absence.person_id == bindparam("person"), Absence.until > bindparam("now"))
)
_BEST = Prepared(
    select(Expertise.acts, Expertise.givers, Topic.title.label("name"))
    .join(Topic, Topic.id == Expertise.topic_id)
    .where(Expertise.person_id == bindparam("person"), Expertise.title > 0, known_topics())
    .order_by(Expertise.title.desc(), Expertise.strength.desc(), Topic.id)
    .limit(1)
)


def best(topic_id: int) -> tuple[PersonLine, ...]:
    """The first of a topic's experts, with their titles there. One statement."""
    return tuple(each.person for each in _experts(topic_id, FACES))


def experts(topic_id: int) -> ExpertsPage:
    """The experts of a topic with their reasons, the best first. One statement."""
    return ExpertsPage(_experts(topic_id, MOST))


def _experts(topic_id: int, most: int) -> tuple[ExpertLine, ...]:
    now = clock.now()
    return tuple(
        ExpertLine(
            replace(line(row), title=row.title, title_topics=row.topic_title),
            score(row.strength, now),
            Reason(_acts(row), row.givers),
        )
        for row in _EXPERTS.all(topic=topic_id, most=most)
    )


def best_reason(person_id: int) -> tuple[str, Reason] | None:
    """The topic of somebody's best title, and what it rests on. One statement."""
    row = _BEST.first(person=person_id)
    return None if row is None else (row.name, Reason(_acts(row), row.givers))


def away_until(person_id: int) -> int | None:
    """Until when somebody is away, or None. One statement."""
    row = _AWAY.first(person=person_id, now=clock.now())
    return None if row is None else row.until


def knowledge(actor: Actor, handle: str) -> KnowledgePage:
    """What a person knows; for oneself also what is not enough for a title yet, and what is hidden.

    At most four statements, and those of the head. Raises `NotFound`.
    """
    head = people.head(actor, handle)
    rows = _known_rows(actor, head.id)
    until = rows[0].away_until if rows else away_until(head.id)
    return KnowledgePage(head, _explained(rows, head.id), until)


def known_of(actor: Actor, person_id: int) -> tuple[Known, ...]:
    """The topics of `knowledge`. At most four statements."""
    return _explained(_known_rows(actor, person_id), person_id)


def _known_rows(actor: Actor, person_id: int) -> list[Any]:
    least = least_strength(ON_THE_WAY * FROM[LEARNER], clock.now())
    return _KNOWN.all(person=person_id, strength=least, **values_for(actor))


def _explained(rows: list[Any], person_id: int) -> tuple[Known, ...]:
    praise = praise_of(person_id) if rows else {}
    return tuple(_known(row, praise.get(row.id, [])) for row in rows)


def _known(row: Any, received: list[Praise]) -> Known:
    now = clock.now()
    further = row.expert_title + 1
    return Known(
        topic=topic_line(row),
        title=row.expert_title,
        score=score(row.strength, now),
        reason=Reason(_acts(row), row.givers),
        hidden=bool(row.hidden),
        why=_why(received, now),
        next_title=further if further <= MASTER else 0,
        next_from=FROM.get(further, 0.0),
    )


def _why(received: list[Praise], now: int) -> Why:
    givers: dict[Any, Praise] = {each.giver: each for each in received}
    return Why(
        full=sum(WEIGHTS[each.kind] for each in received),
        today=score(sum(each.whole for each in shares(received)), now),
        same_place=sum(each.same_place for each in givers.values()),
        in_return=sum(each.returned > 0 for each in givers.values()),
    )


def terms() -> Terms:
    """The numbers by which titles are given. No statement."""
    return Terms(
        weights=WEIGHTS,
        half_life_days=HALF_LIFE // clock.DAY,
        few=FEW,
        begins=FROM,
        places={title: (least, int(share * 100)) for title, (least, share) in PLACES.items()},
    )


def _acts(row: Any) -> dict[str, int]:
    """Prepared rows come as the driver gives them: JSON may be text. Without praise there are none."""
    acts: dict[str, int] = json.loads(row.acts) if isinstance(row.acts, str) else row.acts
    return acts or {}
