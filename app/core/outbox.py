"""The transactional outbox: facts and the promise to act on them are committed together.

`emit(event)` writes one row for the event and one *delivery* row for each listener into the open unit of work. After
the commit the worker is woken with the delivery ids; it runs each listener in a unit of work of its own and marks the
delivery done in that same transaction. A sweep wakes what was committed but not delivered, so killing any process at
any point loses nothing and, inside the database, does nothing twice. Effects outside the database (index, sockets)
can happen twice and are made idempotent by their listeners.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Identity, Model, Moment, db
from app.core.events import Event, event_type
from app.core.prepared import Prepared
from app.core.unit_of_work import after_commit, in_unit_of_work, unit_of_work

log = logging.getLogger(__name__)

#: Seconds to wait after the 1st, 2nd, … failure; the last one repeats until `GIVE_UP_AFTER` attempts.
RETRY_AFTER = (5, 30, 120, 600, 3600)
GIVE_UP_AFTER = 12
#: A delivery that nobody finished after so long is woken again by the sweep.
SWEEP_AFTER = 30 * clock.SECOND
#: Delivered rows are kept so long for whoever investigates.
KEEP = 7 * clock.DAY


class OutboxEvent(Model):
    """One emitted event."""

    __tablename__ = "outbox_events"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: Class name of the event.
    name: Mapped[str] = mapped_column(String(80))
    #: The event's fields.
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    emitted_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (Index(None, "emitted_at"),)


class OutboxDelivery(Model):
    """One listener's duty to act on one event."""

    __tablename__ = "outbox_deliveries"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("outbox_events.id", ondelete="CASCADE"))
    #: Registered name of the listener.
    listener: Mapped[str] = mapped_column(String(120))
    #: How often it was tried.
    attempts: Mapped[int] = mapped_column(default=0)
    #: Not before this moment; NULL once delivered or given up.
    due_at: Mapped[int | None] = mapped_column(Moment)
    delivered_at: Mapped[int | None] = mapped_column(Moment)
    #: The last failure, for operators.
    error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("event_id", "listener"),
        Index(
            "ix_outbox_deliveries_due_at",
            "due_at",
            sqlite_where=due_at.isnot(None),
            postgresql_where=due_at.isnot(None),
        ),
    )


@dataclass(frozen=True)
class Delivered:
    """What a listener is given: the event and its identity, the natural key of everything made from it."""

    event_id: int
    event: Any


@dataclass(frozen=True)
class Listener:
    """A named consequence of one type of event. The name is stored in deliveries: don't rename it."""

    name: str
    event: type[Event]
    run: Callable[[Delivered], None]


#: A delivery with its event, held until the transaction ends; none while another process holds it.
_DUTY = Prepared(
    select(
        OutboxDelivery.listener,
        OutboxDelivery.due_at,
        OutboxDelivery.delivered_at,
        OutboxDelivery.event_id,
        OutboxEvent.name,
        OutboxEvent.payload,
    )
    .join(OutboxEvent, OutboxEvent.id == OutboxDelivery.event_id)
    .where(OutboxDelivery.id == bindparam("delivery_id"))
    .with_for_update(skip_locked=True, of=OutboxDelivery)
)
_DONE = Prepared(
    update(OutboxDelivery)
    .where(OutboxDelivery.id == bindparam("delivery_id"))
    .values(delivered_at=bindparam("now"), due_at=None, attempts=OutboxDelivery.attempts + 1, error=None)
    .returning(OutboxDelivery.id)
)

_listeners: dict[str, Listener] = {}
_by_event: dict[str, list[Listener]] = {}


class Wake(Protocol):
    """Tells whoever delivers of deliveries that are due now, or `after` so many seconds."""

    def __call__(self, delivery_ids: Sequence[int], after: int = 0) -> None: ...


_wake: Wake = lambda delivery_ids, after=0: None  # noqa: E731


def register(listeners: Iterable[Listener]) -> None:
    """Replace the registered listeners; called once by the composition root."""
    _listeners.clear()
    _by_event.clear()
    for listener in listeners:
        if listener.name in _listeners:
            raise ValueError(f"two listeners are named {listener.name}")
        _listeners[listener.name] = listener
        _by_event.setdefault(listener.event.name, []).append(listener)


def on_wake(wake: Wake) -> None:
    """Set what is told of fresh delivery ids after a commit (the job queue)."""
    global _wake
    _wake = wake


def listeners() -> tuple[Listener, ...]:
    """Every registered listener."""
    return tuple(_listeners.values())


def emit(event: Event) -> None:
    """Record that `event` has happened, in the open unit of work. Two INSERTs and a flush; none without listeners.

    Raises `RuntimeError` outside a unit of work.
    """
    if not in_unit_of_work():
        raise RuntimeError("emit needs an open unit of work")
    interested = _by_event.get(event.name, ())
    if not interested:
        return
    now = clock.now()
    row = OutboxEvent(name=event.name, payload=event.to_payload(), emitted_at=now)
    db.session.add(row)
    db.session.flush()  # the deliveries need the event's id
    deliveries = [{"event_id": row.id, "listener": each.name, "due_at": now} for each in interested]
    ids = db.session.scalars(insert(OutboxDelivery).returning(OutboxDelivery.id), deliveries).all()
    after_commit(lambda: _wake(ids))


def deliver(delivery_id: int) -> bool:
    """Run one delivery if it is still due; whether it is delivered now. A failure is recorded and retried later."""
    try:
        with unit_of_work():
            row = _DUTY.first(delivery_id=delivery_id)
            if row is None or row.due_at is None or row.due_at > clock.now():
                return row is not None and row.delivered_at is not None
            listener = _listeners.get(row.listener)
            if listener is not None:
                payload = json.loads(row.payload) if isinstance(row.payload, str) else row.payload
                listener.run(Delivered(row.event_id, event_type(row.name).from_payload(payload)))
            else:
                log.warning(
                    "no listener is named %s any more; its delivery %s is closed", row.listener, delivery_id
                )
            db.session.flush()  # what the listener left for the commit comes before the record of it
            _DONE.all(delivery_id=delivery_id, now=clock.now())
    except Exception as error:
        log.exception("delivery %s failed", delivery_id)
        _record_failure(delivery_id, error)
        return False
    return True


def _record_failure(delivery_id: int, error: Exception) -> None:
    with unit_of_work():
        row = db.session.get(OutboxDelivery, delivery_id)
        if row is None or row.due_at is None:
            return
        row.attempts += 1
        row.error = f"{type(error).__name__}: {error}"[:2000]
        if row.attempts >= GIVE_UP_AFTER:
            row.due_at = None
            return
        wait = RETRY_AFTER[min(row.attempts, len(RETRY_AFTER)) - 1]
        row.due_at = clock.now() + wait * clock.SECOND
        after_commit(lambda: _wake([delivery_id], after=wait))


def due(limit: int = 500) -> list[int]:
    """Ids of deliveries that are due, oldest first."""
    query = (
        select(OutboxDelivery.id)
        .where(OutboxDelivery.due_at <= clock.now())
        .order_by(OutboxDelivery.due_at, OutboxDelivery.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def repeat(listeners: str, *, since: int) -> int:
    """Have listeners whose names begin so be given again what was emitted since a moment; how many deliveries.

    In the open unit of work, one UPDATE. For who has done in bulk what they do one by one: they are safe to run twice.
    """
    recent = select(OutboxEvent.id).where(OutboxEvent.emitted_at >= since)
    again = (
        update(OutboxDelivery)
        .where(
            OutboxDelivery.listener.startswith(listeners, autoescape=True),
            OutboxDelivery.delivered_at.is_not(None),
            OutboxDelivery.event_id.in_(recent),
        )
        .values(delivered_at=None, due_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return int(db.session.execute(again).rowcount)  # type: ignore[attr-defined]


def run_due() -> int:
    """Deliver everything that is due, here and now; how many deliveries succeeded. For tests, commands and the sweep.

    Deliveries emitted by listeners are run as well.
    """
    delivered = 0
    tried: set[int] = set()
    while batch := [one for one in due() if one not in tried]:
        tried.update(batch)
        delivered += sum(deliver(one) for one in batch)
    return delivered


def sweep() -> int:
    """Wake deliveries that were committed but not delivered for `SWEEP_AFTER`, and forget old delivered events."""
    cutoff = clock.now() - SWEEP_AFTER
    late = list(
        db.session.scalars(
            select(OutboxDelivery.id)
            .where(OutboxDelivery.due_at <= cutoff)
            .order_by(OutboxDelivery.due_at)
            .limit(1000)
        )
    )
    retries = [one for one in due() if one not in set(late)]
    if late or retries:
        _wake([*late, *retries])
    with unit_of_work():
        open_events = select(OutboxDelivery.event_id).where(OutboxDelivery.delivered_at.is_(None))
        db.session.execute(
            delete(OutboxEvent).where(
                OutboxEvent.emitted_at < clock.now() - KEEP, OutboxEvent.id.not_in(open_events)
            )
        )
    return len(late)


def backlog() -> tuple[int, int]:
    """How many deliveries are waiting, and how many were given up."""
    waiting = db.session.scalar(select(func.count()).where(OutboxDelivery.due_at.isnot(None))) or 0
    dead = (
        db.session.scalar(
            select(func.count()).where(OutboxDelivery.due_at.is_(None), OutboxDelivery.delivered_at.is_(None))
        )
        or 0
    )
    return waiting, dead
