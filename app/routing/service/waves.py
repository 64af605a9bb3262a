"""Waves: a question starts on its way, the job drives it on from what stands in rows, an answer ends it.

What is slow (finding who can help) is done before the transaction; inside it the row is locked and looked at again, so
that of two who drive the same question one does nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from app.content.models import ANSWER, MEMBERS, PUBLISHED, QUESTION, ContentItem, ContentTopic
from app.core import clock
from app.core.db import db
from app.core.outbox import emit
from app.core.unit_of_work import after_commit, unit_of_work
from app.core.upsert import insert
from app.lib.hours import after_open_time
from app.people.models import Person
from app.questions.models import Question
from app.routing.events import QuestionRouted, RoutingChanged
from app.routing.models import ENDED, OPEN, Ask, Routing
from app.routing.queries.candidates import MOST_RANKED, Candidate, Situation, asked_today, candidates
from app.routing.queries.plans import plan_for, terms
from app.routing.queries.ranking import how_many_know, who_can_help
from app.routing.schemas import Asked, Plan

log = logging.getLogger(__name__)

#: A question for which nobody could be asked is looked at again so often, for so long.
LOOK_AGAIN = clock.HOUR
LOOK_FOR = 3 * clock.DAY


@dataclass(frozen=True)
class _Step:
    """What driving a question would do: whom to ask now, and how far that goes in the plan."""

    plan: Plan
    wave: int
    candidates: Sequence[Candidate]
    knowers: int
    a_day: int


def start(content_id: int) -> None:
    """Put a question on its way; again changes nothing. In the open unit of work, after which the first wave goes out.

    Two statements, and those of `drive_one`.
    """
    item = db.session.get(ContentItem, content_id)
    if item is None or item.kind != QUESTION or not is_waiting(content_id):
        return
    row = {"content_id": content_id, "state": OPEN, "wave": 0, "knowers": 0}
    row |= {"started_at": clock.now(), "due_at": clock.now()}
    new = insert(Routing).values(row).on_conflict_do_nothing().returning(Routing.content_id)
    if db.session.scalar(new) is not None:
        after_commit(lambda: _start_now(content_id))


def drive() -> int:
    """Send every wave that is due; how many questions moved. For the periodic job; may run as often as it likes."""
    due = select(Routing.content_id).where(Routing.due_at <= clock.now()).order_by(Routing.due_at)
    ids = list(db.session.scalars(due))
    return sum(_try(content_id) for content_id in ids)


def drive_one(content_id: int) -> bool:
    """Send the next wave of a question, if it is due; whether anything was done.

    About eight statements and those of the ranker, then a transaction of about six. Not inside a unit of work.
    """
    db.session.rollback()  # what was read before may be old
    row = db.session.get(Routing, content_id, populate_existing=True)
    if row is None or not _is_due(row):
        return False
    wave, due_at = row.wave, row.due_at
    step = _next_step(row)
    with unit_of_work():
        row = db.session.get_one(Routing, content_id, with_for_update=True, populate_existing=True)
        if not _is_due(row) or (row.wave, row.due_at) != (wave, due_at):
            return False
        if not is_waiting(content_id):
            _end(row)
            return True
        _send(row, step)
    return True


def settle(root_id: int) -> None:
    """Bring a question's way in line with what it is now: answered, gone, or waiting again. In the open unit of work.

    Two statements; again changes nothing.
    """
    row = db.session.get(Routing, root_id, with_for_update=True, populate_existing=True)
    if row is None:
        return
    waiting = is_waiting(root_id)
    if waiting and row.state == ENDED:
        row.state, row.due_at = OPEN, clock.now()
        emit(RoutingChanged(root_id))
    elif not waiting and row.state == OPEN:
        _end(row)


def is_waiting(content_id: int) -> bool:
    """Whether a question stands there without an answer, and none was accepted. One statement."""
    answered = exists().where(
        ContentItem.root_id == content_id, ContentItem.kind == ANSWER, ContentItem.state == PUBLISHED
    )
    found = (
        select(ContentItem.state, Question.accepted_id, answered.label("answered"))
        .join(Question, Question.content_id == ContentItem.id)
        .where(ContentItem.id == content_id)
    )
    row = db.session.execute(found).first()
    return row is not None and row.state == PUBLISHED and row.accepted_id is None and not row.answered


def _start_now(content_id: int) -> None:
    """Send the first wave at once. What goes wrong is left to the job."""
    _try(content_id)


def _try(content_id: int) -> bool:
    """`drive_one`, whatever happens with one question: the others go on, and it is tried again a minute later."""
    try:
        return drive_one(content_id)
    except Exception:
        log.exception("question %s was not driven on; the job will", content_id)
        db.session.rollback()
        return False


def _is_due(row: Routing) -> bool:
    return row.state == OPEN and row.due_at is not None and row.due_at <= clock.now()


def _next_step(row: Routing) -> _Step:
    """Whom to ask now: the first wave that finds anybody."""
    now = clock.now()
    item = db.session.get_one(ContentItem, row.content_id)
    author = db.session.get_one(Person, item.author_id)
    topics = db.session.scalars(
        select(ContentTopic.topic_id)
        .where(ContentTopic.content_id == item.id)
        .order_by(ContentTopic.added_at, ContentTopic.topic_id)
    )
    text = f"{item.title}\n{item.body_source}".strip()
    inside = item.group_id if item.audience == MEMBERS else None
    asked = Asked(item.id, item.author_id, author.shop_id, tuple(topics), text, inside)
    ours = terms()
    plan = plan_for(asked.topic_ids, ours.plan)
    ranked = who_can_help(asked, now, MOST_RANKED) if row.wave < len(plan.waves) else ()
    knowers = how_many_know(asked, ranked)
    at = Situation(item, asked, ranked, ours.a_day, now)
    for place in range(row.wave, len(plan.waves)):
        if found := candidates(at, plan.waves[place]):
            return _Step(plan, place + 1, found, knowers, ours.a_day)
    return _Step(plan, len(plan.waves), (), knowers, ours.a_day)


def _send(row: Routing, step: _Step) -> None:
    """Ask, and say when to look again."""
    now = clock.now()
    if row.wave == 0:
        row.knowers = step.knowers
    row.claimed_by = row.claimed_until = None  # who promised has had their time
    asked = ask(row.content_id, step.candidates, wave=step.wave, a_day=step.a_day)
    row.wave = step.wave
    if asked:
        row.due_at = None
        if step.wave < len(step.plan.waves):
            wait = step.plan.waves[step.wave].wait * clock.MINUTE
            row.due_at = after_open_time((each.worker.calendar for each in asked), now, wait)
        emit(QuestionRouted(row.content_id, step.wave, tuple(each.worker.id for each in asked)))
    elif step.candidates:
        row.due_at = now + clock.MINUTE  # others filled their day at this very moment
    else:
        row.due_at = _look_again(row, now)
    emit(RoutingChanged(row.content_id))


def _look_again(row: Routing, now: int) -> int | None:
    """The plan is through: when nobody at all could be asked it begins anew a little later, for some days."""
    anybody = db.session.scalar(select(exists().where(Ask.content_id == row.content_id)))
    if anybody or now - row.started_at >= LOOK_FOR:
        return None
    row.wave = 0
    return now + LOOK_AGAIN


def ask(
    content_id: int, chosen: Sequence[Candidate], *, wave: int, a_day: int, passed_by: int | None = None
) -> list[Candidate]:
    """Note that these people are asked; those who were asked now. In the open unit of work, two statements.

    The keys say it for good: nobody twice for one question, nobody twice in one place of their day.
    """
    now = clock.now()
    full = asked_today({each.worker.id: each.worker for each in chosen}, now)
    rows = [
        {
            "content_id": content_id, "person_id": each.worker.id, "wave": wave, "audience": each.audience,
            "reason": each.reason, "topic_id": each.topic_id, "number": each.number, "passed_by": passed_by,
            "asked_at": now, "day": each.worker.day(now), "slot": full.get(each.worker.id, 0) + 1,
        }
        for each in chosen
        if full.get(each.worker.id, 0) < a_day
    ]  # fmt: skip
    if not rows:
        return []
    new = insert(Ask).on_conflict_do_nothing().returning(Ask.person_id)
    told = set(db.session.scalars(new, rows))
    return [each for each in chosen if each.worker.id in told]


def _end(row: Routing) -> None:
    row.state, row.due_at = ENDED, None
    row.claimed_by = row.claimed_until = None
    emit(RoutingChanged(row.content_id))
