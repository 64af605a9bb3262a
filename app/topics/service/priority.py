"""Priority topics: which topics editors put before everyone, in which order, until when."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select, update

from app.core import audit, clock, shared
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.lib.hashtags import fold_topic, is_topic_name
from app.topics.models import PriorityPeriod, PriorityTopic, Topic
from app.topics.policy import can_curate
from app.topics.service.curating import touch
from app.topics.service.naming import named

#: More would put nothing first.
MOST = 12


def choose(actor: Actor, name: str, until: int | None = None) -> None:
    """Make a topic a priority topic, the last in order, until a moment or for good. Audited.

    One that is chosen already keeps its place and gets the new end. Raises `Forbidden`, `NotFound`, `Conflict` when
    there are enough, and `Invalid` for an end that has passed.
    """
    _demand_editor(actor)
    _check_end(until)
    with unit_of_work():
        topic = named(name, actor.person_id)
        rows = _locked()
        chosen = next((row for row in rows if row.topic_id == topic.id), None)
        if chosen is None:
            if len(rows) >= MOST:
                raise Conflict(_("There are %(most)s priority topics already. Remove one first.", most=MOST))
            chosen = PriorityTopic(topic_id=topic.id, position=len(rows) + 1)
            db.session.add(chosen)
        chosen.until, chosen.chosen_by, chosen.chosen_at = until, actor.person_id, clock.now()
        keep_period(topic.id, until)
        audit.record("topic.priority_chosen", f"topic:{topic.id}", actor_id=actor.person_id, until=until)
        touch(topic, actor.person_id)


def prolong(actor: Actor, name: str, until: int | None) -> None:
    """Give a priority topic another end. Audited. Raises `Forbidden`, `NotFound` and `Invalid`."""
    _demand_editor(actor)
    _check_end(until)
    with unit_of_work():
        topic = _existing(name)
        _one(_locked(), topic).until = until
        keep_period(topic.id, until)
        audit.record("topic.priority_prolonged", f"topic:{topic.id}", actor_id=actor.person_id, until=until)


def move(actor: Actor, name: str, *, up: bool) -> None:
    """Let a priority topic change places with its neighbour; at the end of the list it stays. Audited.

    Raises `Forbidden` and `NotFound`.
    """
    _demand_editor(actor)
    with unit_of_work():
        topic = _existing(name)
        rows = _locked()
        at = rows.index(_one(rows, topic))
        other = at - 1 if up else at + 1
        if 0 <= other < len(rows):
            rows[at], rows[other] = rows[other], rows[at]
            _number(rows)
            audit.record(
                "topic.priority_moved", f"topic:{topic.id}", actor_id=actor.person_id, position=other + 1
            )


def withdraw(actor: Actor, name: str) -> None:
    """End a topic's priority now. Again changes nothing. Audited. Raises `Forbidden` and `NotFound`."""
    _demand_editor(actor)
    with unit_of_work():
        topic = _existing(name)
        rows = _locked()
        chosen = [row for row in rows if row.topic_id == topic.id]
        if chosen:
            audit.record("topic.priority_withdrawn", f"topic:{topic.id}", actor_id=actor.person_id)
            _drop(rows, chosen, actor.person_id)


def end_expired() -> int:
    """Take the priority topics whose period has ended out of the list; how many. For the periodic job.

    Readers don't wait for it, every query looks at the end of the period; cards do, which are cached with their chips.
    """
    with unit_of_work():
        rows = _locked()
        over = [row for row in rows if row.until is not None and row.until <= clock.now()]
        _drop(rows, over, None)
        return len(over)


def keep_period(topic_id: int, until: int | None) -> None:
    """Remember in the open unit of work that a topic is a priority topic until a moment. Two statements."""
    running = (PriorityPeriod.topic_id == topic_id, _still_runs())
    kept = update(PriorityPeriod).where(*running).values(ends=until).returning(PriorityPeriod.id)
    if not db.session.scalars(kept).all():
        db.session.add(PriorityPeriod(topic_id=topic_id, begins=clock.now(), ends=until))


def end_period(topic_id: int) -> None:
    """Remember in the open unit of work that a topic is a priority topic no more. One statement."""
    running = (PriorityPeriod.topic_id == topic_id, _still_runs())
    db.session.execute(update(PriorityPeriod).where(*running).values(ends=clock.now()))


def _still_runs() -> ColumnElement[bool]:
    return or_(PriorityPeriod.ends.is_(None), PriorityPeriod.ends > clock.now())


def _drop(rows: list[PriorityTopic], gone: list[PriorityTopic], actor_id: int | None) -> None:
    for row in gone:
        db.session.delete(row)
        end_period(row.topic_id)
        touch(db.session.get_one(Topic, row.topic_id), actor_id)
    _number([row for row in rows if row not in gone])


def _number(rows: list[PriorityTopic]) -> None:
    for position, row in enumerate(rows, 1):
        row.position = position


def _locked() -> list[PriorityTopic]:
    """The list, about to be changed: pages read it anew after the commit."""
    shared.forget()
    rows = select(PriorityTopic).order_by(PriorityTopic.position, PriorityTopic.topic_id).with_for_update()
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def _existing(name: str) -> Topic:
    key = fold_topic(name)
    topic = db.session.scalars(select(Topic).where(Topic.name == key)).first() if is_topic_name(key) else None
    if topic is None:
        raise _not_chosen()
    return topic


def _one(rows: list[PriorityTopic], topic: Topic) -> PriorityTopic:
    for row in rows:
        if row.topic_id == topic.id:
            return row
    raise _not_chosen()


def _not_chosen() -> NotFound:
    return NotFound(_("This is no priority topic."))


def _demand_editor(actor: Actor) -> None:
    if not can_curate(actor):
        raise Forbidden(_("Only editors choose priority topics."))


def _check_end(until: int | None) -> None:
    if until is not None and until <= clock.now():
        raise Invalid(_("The end must lie in the future."), field="until")
