"""Who looks after topics, as the topic's page, its curators and editors see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import aliased

from app.content.models import COMPANY, PUBLISHED, QUESTION, ContentItem, ContentTopic
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.people.models import ACTIVE, Department, Person
from app.people.queries import LINE, joined, line
from app.people.schemas import PersonLine, department_url
from app.routing.models import TopicCare, TopicCurator
from app.routing.policy import access_desk
from app.routing.queries.plans import terms
from app.routing.schemas import CareForm, CareLine, DeskPage, Keepers, Plan
from app.topics import queries as topics
from app.topics.models import Topic
from app.topics.policy import known_topics
from app.topics.schemas import topic_url

#: Topics listed on the desk, and those that nobody looks after.
MOST_LISTED = 100
MOST_ORPHANS = 10
#: Days of questions by which orphans are found.
RECENT = 90


def keepers(actor: Actor, name: str) -> Keepers | None:
    """Who looks after a topic, for who may know that there is one; None when nobody does. Three statements.

    Raises `NotFound` for what can't be a topic's name.
    """
    head = topics.head(actor, name)
    if head.id is None or not (head.known or actor.is_editor):
        return None
    people = _curators([head.id]).get(head.id, ())
    owner = db.session.execute(
        select(Department.id, Department.name)
        .join(TopicCare, TopicCare.department_id == Department.id)
        .where(TopicCare.topic_id == head.id)
    ).first()
    if not people and owner is None:
        return None
    return Keepers(people, owner.name if owner else "", department_url(owner.id) if owner else "")


def care_form(actor: Actor, topic_id: int | None) -> CareForm:
    """What editors set for a topic, if anybody has written it. Two statements. Raises `Forbidden` for all others."""
    access_desk(actor)
    care = db.session.execute(
        select(TopicCare.department_id, TopicCare.plan).where(TopicCare.topic_id == topic_id)
    ).first()
    handles = db.session.scalars(
        select(Person.handle)
        .join(TopicCurator, TopicCurator.person_id == Person.id)
        .where(TopicCurator.topic_id == topic_id)
        .order_by(TopicCurator.since, Person.id)
    )
    plan = Plan.from_stored(care.plan) if care is not None and care.plan else None
    return CareForm(tuple(handles), care.department_id if care is not None else None, plan)


def departments() -> list[tuple[int, str]]:
    """Every department, by name. One statement."""
    rows = db.session.execute(select(Department.id, Department.name).order_by(Department.name, Department.id))
    return [(row.id, row.name) for row in rows]


def looked_after(actor: Actor) -> tuple[CareLine, ...]:
    """The topics a person looks after, first those handed to them; for editors before all what waits for them.

    At most two statements.
    """
    before = aliased(Person, name="before")
    columns = (Topic.name, Topic.title, Department.name.label("department"), before.name.label("before"))
    mine = (
        select(*columns, literal(False).label("waits"))
        .join(TopicCurator, TopicCurator.topic_id == Topic.id)
        .outerjoin(TopicCare, TopicCare.topic_id == Topic.id)
        .outerjoin(Department, Department.id == TopicCare.department_id)
        .outerjoin(before, before.id == TopicCurator.handed_by)
        .where(TopicCurator.person_id == actor.person_id)
        .order_by(TopicCurator.handed_by.is_(None), Topic.name)
    )
    left = (
        select(*columns, literal(True).label("waits"))
        .join(TopicCare, TopicCare.topic_id == Topic.id)
        .outerjoin(Department, Department.id == TopicCare.department_id)
        .outerjoin(before, before.id == TopicCare.left_by)
        .where(TopicCare.waiting_since.is_not(None))
        .order_by(TopicCare.waiting_since, Topic.name)
        .limit(MOST_LISTED)
    )
    waiting = db.session.execute(left).all() if actor.is_editor else []
    return tuple(
        CareLine(
            row.title, topic_url(row.name), row.name, department=row.department or "",
            handed_by=row.before or "", waits=bool(row.waits),
        )
        for row in (*waiting, *db.session.execute(mine))
    )  # fmt: skip


def desk(actor: Actor) -> DeskPage:
    """The terms, the topics that are looked after, and those that should be. Five statements.

    Raises `Forbidden` for all but editors.
    """
    access_desk(actor)
    listed = db.session.execute(
        select(Topic.id, Topic.name, Topic.title, Department.name.label("department"), TopicCare.plan)
        .outerjoin(TopicCare, TopicCare.topic_id == Topic.id)
        .outerjoin(Department, Department.id == TopicCare.department_id)
        .where(_is_kept())
        .order_by(Topic.publications_count.desc(), Topic.id)
        .limit(MOST_LISTED)
    ).all()
    people = _curators([row.id for row in listed])
    lines = tuple(
        CareLine(
            row.title,
            topic_url(row.name),
            row.name,
            people.get(row.id, ()),
            row.department or "",
            row.plan is not None,
        )
        for row in listed
    )
    waiting = select(func.count()).where(TopicCare.waiting_since.is_not(None))
    return DeskPage(terms(), lines, _orphans(), db.session.scalar(waiting) or 0)


def _is_kept() -> ColumnElement[bool]:
    curated = select(TopicCurator.topic_id)
    owned = select(TopicCare.topic_id).where(
        TopicCare.department_id.is_not(None) | TopicCare.plan.is_not(None)
    )
    return Topic.id.in_(curated) | Topic.id.in_(owned)


def _orphans() -> tuple[CareLine, ...]:
    """Topics of many recent questions that no curator and no department looks after; known ones alone."""
    recent = clock.now() - RECENT * clock.DAY
    asked = (
        select(ContentTopic.topic_id, func.count().label("number"))
        .join(ContentItem, ContentItem.id == ContentTopic.content_id)
        .where(
            ContentItem.kind == QUESTION,
            ContentItem.state == PUBLISHED,
            ContentItem.audience == COMPANY,
            ContentItem.published_at >= recent,
        )
        .group_by(ContentTopic.topic_id)
        .subquery("asked")
    )
    owned = select(TopicCare.topic_id).where(TopicCare.department_id.is_not(None))
    rows = db.session.execute(
        select(Topic.name, Topic.title)
        .join(asked, asked.c.topic_id == Topic.id)
        .where(Topic.id.not_in(select(TopicCurator.topic_id)), Topic.id.not_in(owned), known_topics())
        .order_by(asked.c.number.desc(), Topic.id)
        .limit(MOST_ORPHANS)
    )
    return tuple(CareLine(row.title, topic_url(row.name)) for row in rows)


def _curators(topic_ids: Iterable[int]) -> Mapping[int, tuple[PersonLine, ...]]:
    """Who looks after each of these topics. One statement, none for no ids."""
    ids = list(topic_ids)
    found: dict[int, list[PersonLine]] = defaultdict(list)
    if ids:
        people = select(*LINE, TopicCurator.topic_id).select_from(TopicCurator)
        rows = db.session.execute(
            joined(people.join(Person, Person.id == TopicCurator.person_id))
            .where(TopicCurator.topic_id.in_(ids), Person.state == ACTIVE)
            .order_by(TopicCurator.since, Person.id)
        )
        for row in rows:
            found[row.topic_id].append(line(row))
    return {topic_id: tuple(people) for topic_id, people in found.items()}
