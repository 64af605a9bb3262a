"""What those who are asked do: see the question, promise an answer, or name somebody who knows."""

from __future__ import annotations

from sqlalchemy import select, update

from app.content.models import PUBLISHED, ContentItem
from app.content.policy import access_publication
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.expertise import service as expertise
from app.lib.handles import fold_handle
from app.lib.hours import after_open_time
from app.people.models import Person
from app.routing.events import QuestionPassed, RoutingChanged
from app.routing.models import OPEN, Ask, Routing
from app.routing.policy import may_be_told
from app.routing.queries.candidates import Candidate, asked_today
from app.routing.queries.duty import Worker, is_away, workers, workers_of
from app.routing.queries.plans import terms
from app.routing.schemas import ANSWERED, EXPERT, NAMED, PASSED
from app.routing.service.waves import ask
from app.topics.models import Topic


def saw(actor: Actor, content_id: int) -> None:
    """Note that a person has seen a question they were asked; again changes nothing. One UPDATE."""
    with unit_of_work():
        mine = (Ask.content_id == content_id, Ask.person_id == actor.person_id, Ask.seen_at.is_(None))
        if db.session.scalars(update(Ask).where(*mine).values(seen_at=clock.now()).returning(Ask.id)).all():
            emit(RoutingChanged(content_id))


def claim(actor: Actor, public_id: str) -> ContentItem:
    """Say "I'll answer": the waves rest for the working minutes that editors set; the question. Again changes nothing.

    Raises `NotFound` for who may not see the question or was not asked, and `Conflict` when it waits no longer or a
    colleague was first. Locks the question's way.
    """
    item = access_publication(actor, public_id)
    hold = terms().hold * clock.MINUTE
    with unit_of_work():
        row, mine = _asked(actor, item)
        if row.claimed_by == actor.person_id:
            return item
        if row.claimed_by is not None and (row.claimed_until or 0) > clock.now():
            raise Conflict(_("A colleague is answering already."))
        me = workers_of([actor.person_id])[actor.person_id]
        row.claimed_by = actor.person_id
        row.claimed_until = row.due_at = after_open_time([me.calendar], clock.now(), hold)
        mine.declined_at = None
        mine.seen_at = mine.seen_at or clock.now()
        emit(RoutingChanged(item.id))
    return item


def pass_on(actor: Actor, public_id: str, handle: str = "", *, hide: bool = False) -> ContentItem:
    """Say "not me", and name a colleague who may know, or nobody; the question. Again changes nothing.

    With `hide` the person hides the topic for which they were asked, as who answers in it or is an expert. When
    everybody who was asked has said so, the next wave goes out. Raises `NotFound` and `Conflict` as `claim` does,
    and `Invalid` (field "to") for somebody who can't be asked. Locks the question's way.
    """
    item = access_publication(actor, public_id)
    with unit_of_work():
        row, mine = _asked(actor, item)
        if handle.strip():
            _name(actor, item, row, handle)
        if mine.declined_at is None:
            mine.declined_at = clock.now()
        mine.seen_at = mine.seen_at or clock.now()
        if hide and mine.topic_id is not None and mine.reason in (ANSWERED, EXPERT):
            expertise.hide(actor, db.session.get_one(Topic, mine.topic_id).name, on=True)
        if row.claimed_by == actor.person_id:
            row.claimed_by = row.claimed_until = None
            row.due_at = clock.now()
        db.session.flush()  # the next SELECT asks who is left
        left = select(Ask.id).where(Ask.content_id == item.id, Ask.declined_at.is_(None)).limit(1)
        if row.due_at is not None and db.session.scalar(left) is None:
            row.due_at = min(row.due_at, clock.now())
        emit(RoutingChanged(item.id))
    return item


def _asked(actor: Actor, item: ContentItem) -> tuple[Routing, Ask]:
    """The question's way, locked, and what was put to the person. Two statements."""
    row = db.session.get(Routing, item.id, with_for_update=True, populate_existing=True)
    mine = db.session.scalars(
        select(Ask)
        .where(Ask.content_id == item.id, Ask.person_id == actor.person_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None or mine is None:
        raise NotFound
    if row.state != OPEN or item.state != PUBLISHED:
        raise Conflict(_("This question does not wait for an answer any more."))
    return row, mine


def _name(actor: Actor, item: ContentItem, row: Routing, handle: str) -> None:
    """Ask the colleague who was named."""
    key = fold_handle(handle.strip().lstrip("@＠"))
    found = workers(Person.handle == key, *may_be_told(item))
    if not found:
        raise Invalid(_("Nobody who can see the question has this name."), field="to")
    (named,) = found.values()
    before = select(Ask.passed_by).where(Ask.content_id == item.id, Ask.person_id == named.id)
    already = db.session.execute(before).first()
    if already is not None and already.passed_by == actor.person_id:
        return
    if already is not None or named.id in (actor.person_id, item.author_id):
        raise Invalid(_("This colleague knows of the question already."), field="to")
    _check_room(named)
    chosen = Candidate(named, PASSED, NAMED)
    if not ask(item.id, [chosen], wave=row.wave, a_day=terms().a_day, passed_by=actor.person_id):
        raise Invalid(_("This colleague was asked enough today."), field="to")
    emit(QuestionPassed(item.id, actor.person_id, named.id))


def _check_room(named: Worker) -> None:
    now = clock.now()
    if is_away(named, now):
        raise Invalid(_("This colleague is away."), field="to")
    if asked_today({named.id: named}, now).get(named.id, 0) >= terms().a_day:
        raise Invalid(_("This colleague was asked enough today."), field="to")
