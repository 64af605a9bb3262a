"""Badges that rules give for what is known already: worked out from the facts, so that they can be worked out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, delete, func, literal, select, tuple_

from app.badges.events import BadgeEarned
from app.badges.models import RULES, Badge, EarnedBadge
from app.content.models import COMPANY, PUBLISHED, ContentItem, ContentTopic
from app.core import clock
from app.core.db import db
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.people.models import ACTIVE, Person
from app.questions.models import Question

#: Accepted answers about one topic that make a badge.
ANSWERS = 10
#: Rows written at once.
BATCH = 500
#: Of what was complete longer ago nobody is told: rules that are new, or an import, would tell everybody of years.
FRESH = 14 * clock.DAY

#: Person, badge, subject, and when the fact was complete.
Earned = tuple[int, int, int, int]


def award() -> int:
    """Give what the facts have earned and nobody has yet; how many. What was given once stays.

    Who earned one lately is told. Reads every accepted answer and everybody's first day; a transaction for `BATCH`
    badges.
    """
    given = 0
    known = _known()
    new = [each for each in _earned() if each[:3] not in known]
    for batch in _batches(new):
        with unit_of_work():
            names = ("person_id", "badge_id", "subject_id", "awarded_at")
            rows = [dict(zip(names, each, strict=True)) for each in batch]
            columns = (getattr(EarnedBadge, name) for name in names)
            written = db.session.execute(
                insert(EarnedBadge).on_conflict_do_nothing().returning(*columns), rows
            ).all()
            given += len(written)
            for row in written:
                if row.awarded_at >= clock.now() - FRESH:
                    emit(BadgeEarned(row.person_id, row.badge_id, row.subject_id))
    return given


def recompute() -> tuple[int, int]:
    """Make the badges of rules what the facts say today; how many were given and how many taken back.

    Of a badge that was retired, who has it keeps it.
    """
    given = set(db.session.scalars(select(Badge.id).where(Badge.retired_at.is_(None))))
    gone = {each for each in _known() if each[1] in given} - {each[:3] for each in _earned()}
    key = tuple_(EarnedBadge.person_id, EarnedBadge.badge_id, EarnedBadge.subject_id)
    for batch in _batches(sorted(gone)):
        with unit_of_work():
            for row in db.session.scalars(select(EarnedBadge).where(key.in_(batch))):
                db.session.delete(row)
    return award(), len(gone)


def follow_merge(source_id: int, target_id: int) -> None:
    """Have badges for one topic be for another, once each, in the open unit of work; again changes nothing."""
    columns = ["person_id", "badge_id", "subject_id", "awarded_at"]
    table = EarnedBadge
    theirs = select(table.person_id, table.badge_id, literal(target_id), table.awarded_at)
    moved = insert(table).from_select(columns, theirs.where(table.subject_id == source_id))
    db.session.execute(moved.on_conflict_do_nothing())
    db.session.execute(delete(table).where(table.subject_id == source_id))


def _known() -> set[tuple[int, int, int]]:
    rows = db.session.execute(select(EarnedBadge.person_id, EarnedBadge.badge_id, EarnedBadge.subject_id))
    return {(row.person_id, row.badge_id, row.subject_id) for row in rows}


def _earned() -> Iterator[Earned]:
    """Everything the rules give for the facts of today, for the badges that were not retired. Three SELECTs."""
    given = select(Badge.code, Badge.id).where(Badge.given_by == RULES, Badge.retired_at.is_(None))
    badges = {row.code: row.id for row in db.session.execute(given)}
    for code, statement in (("first_answer", _first_answers()), ("ten_answers", _ten_answers())):
        if code in badges:
            for row in db.session.execute(statement):
                yield row.person_id, badges[code], row.subject_id, row.at
    if "year_with_us" in badges:
        hired = select(Person.id, Person.hired_on).where(Person.state == ACTIVE, Person.hired_on.is_not(None))
        for person in db.session.execute(hired):
            day = _a_year_later(person.hired_on)
            if day <= clock.today():
                yield (
                    person.id,
                    badges["year_with_us"],
                    0,
                    clock.as_moment(datetime(day.year, day.month, day.day, tzinfo=UTC)),
                )


def _accepted() -> Select[Any, Any]:
    """Answers that were accepted by somebody else than who wrote them."""
    return (
        select(ContentItem.author_id.label("person_id"), Question.accepted_at.label("at"))
        .join(Question, Question.accepted_id == ContentItem.id)
        .where(
            ContentItem.state == PUBLISHED,
            Question.accepted_at.is_not(None),
            Question.accepted_by.is_not(None),
            Question.accepted_by != ContentItem.author_id,
        )
    )


def _first_answers() -> Select[int, int, int]:
    found = _accepted().subquery("accepted")
    return select(
        found.c.person_id, literal(0).label("subject_id"), func.min(found.c.at).label("at")
    ).group_by(found.c.person_id)


def _ten_answers() -> Select[int, int, int]:
    """The moment of the tenth accepted answer of each person about each topic.

    Everybody reads of what a badge is for, so only what everybody sees counts.
    """
    order = func.row_number().over(
        partition_by=(ContentItem.author_id, ContentTopic.topic_id),
        order_by=(Question.accepted_at, ContentItem.id),
    )
    found = (
        _accepted()
        .join(ContentTopic, ContentTopic.content_id == Question.content_id)
        .where(ContentItem.audience == COMPANY)
        .add_columns(ContentTopic.topic_id.label("subject_id"), order.label("place"))
        .subquery("ordered")
    )
    return select(found.c.person_id, found.c.subject_id, found.c.at).where(found.c.place == ANSWERS)


def _a_year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        return date(day.year + 1, 3, 1)


def _batches(rows: Iterable[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    all_rows = list(rows)
    for start in range(0, len(all_rows), BATCH):
        yield all_rows[start : start + BATCH]
