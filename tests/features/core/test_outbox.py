"""Facts and the promise to act on them are committed together, and the promise is kept."""

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from app.core import clock, outbox
from app.core.db import db
from app.core.events import Event
from app.core.outbox import GIVE_UP_AFTER, RETRY_AFTER, Listener, OutboxDelivery, OutboxEvent
from app.core.settings import get, put
from app.core.unit_of_work import unit_of_work
from tests.support.outbox import deliver_twice, undelivered


@dataclass(frozen=True)
class PriceChanged(Event):
    """Something that happens in these tests alone."""

    article: str
    shops: tuple[int, ...] = ()


@pytest.fixture
def listen(database):
    """Registers listeners for the time of a test: `listen(note=function)`."""
    usual = outbox.listeners()

    def register(**functions):
        outbox.register(Listener(name, PriceChanged, run) for name, run in functions.items())

    yield register
    outbox.register(usual)


@pytest.fixture
def woken():
    """Whom the queue was told of, and how many seconds later each is due: [(delivery id, seconds)]."""
    told = []
    outbox.on_wake(lambda ids, after=0: told.extend((each, after) for each in ids))
    yield told
    outbox.on_wake(lambda ids, after=0: None)


def change_price(article="phone", shops=()):
    with unit_of_work():
        put("price", article)
        outbox.emit(PriceChanged(article, shops))


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_an_event_needs_a_unit_of_work(listen):
    with pytest.raises(RuntimeError, match="unit of work"):
        outbox.emit(PriceChanged("phone"))


def test_every_listener_is_told_what_happened(listen):
    told = []
    listen(
        first=lambda delivered: told.append(delivered.event),
        second=lambda delivered: told.append(delivered.event),
    )

    change_price("phone", shops=(1, 2))

    assert told == []
    assert outbox.run_due() == 2
    assert told == [PriceChanged("phone", (1, 2))] * 2
    assert outbox.run_due() == 0


def test_an_event_nobody_listens_to_leaves_no_row(listen):
    listen()
    change_price()

    assert (count(OutboxEvent), count(OutboxDelivery)) == (0, 0)


def test_a_fact_that_is_undone_is_told_to_nobody(listen):
    listen(note=lambda delivered: None)
    with pytest.raises(ZeroDivisionError), unit_of_work():
        outbox.emit(PriceChanged("phone"))
        1 / 0  # noqa: B018

    assert (count(OutboxEvent), count(OutboxDelivery)) == (0, 0)


def test_the_queue_is_told_only_after_the_commit(listen, woken):
    listen(note=lambda delivered: None)
    with unit_of_work():
        outbox.emit(PriceChanged("phone"))
        assert woken == []

    assert woken == [(delivery, 0) for delivery in outbox.due()]


def test_a_listener_that_fails_leaves_nothing_and_tries_again(listen, frozen_clock):
    weather = ["storm", "sun"]

    def note(delivered):
        put("noted", delivered.event.article)
        if weather.pop(0) == "storm":
            raise ConnectionError("no line to the warehouse")

    listen(note=note, other=lambda delivered: put("other", "done"))
    change_price()

    assert outbox.run_due() == 1
    assert (get("noted"), get("other")) == (None, "done")
    assert undelivered() == ["note: ConnectionError: no line to the warehouse"]
    assert outbox.run_due() == 0
    frozen_clock.advance(RETRY_AFTER[0] * clock.SECOND)
    assert outbox.run_due() == 1
    assert get("noted") == "phone"


def test_the_queue_is_told_when_to_try_again(listen, frozen_clock, woken):
    def fail(delivered):
        raise ConnectionError("no line to the warehouse")

    listen(note=fail)
    change_price()
    (delivery,) = outbox.due()
    outbox.run_due()
    frozen_clock.advance(RETRY_AFTER[0] * clock.SECOND)
    outbox.run_due()

    assert woken == [(delivery, 0), (delivery, RETRY_AFTER[0]), (delivery, RETRY_AFTER[1])]


def test_it_gives_up_at_last_and_says_so(listen, frozen_clock):
    def fail(delivered):
        raise ValueError("never")

    listen(note=fail)
    change_price()
    for _ in range(GIVE_UP_AFTER):
        outbox.run_due()
        frozen_clock.advance(RETRY_AFTER[-1] * clock.SECOND)

    assert outbox.backlog() == (0, 1)


def test_a_delivery_is_done_once_however_often_it_is_woken(listen):
    told = []
    listen(note=told.append)
    change_price()
    (delivery,) = outbox.due()

    assert outbox.deliver(delivery)
    assert outbox.deliver(delivery)
    assert len(told) == 1


def test_the_sweep_wakes_what_was_forgotten(listen, frozen_clock, woken):
    listen(note=lambda delivered: None)
    change_price()
    woken.clear()
    frozen_clock.advance(outbox.SWEEP_AFTER)

    assert outbox.sweep() == 1
    assert woken == [(delivery, 0) for delivery in outbox.due()]


def test_the_sweep_forgets_what_was_delivered_long_ago(listen, frozen_clock):
    listen(note=lambda delivered: None)
    change_price()
    outbox.run_due()
    frozen_clock.advance(outbox.KEEP + clock.SECOND)
    change_price()

    outbox.sweep()

    assert (count(OutboxEvent), count(OutboxDelivery)) == (1, 1)


def test_a_delivery_to_a_listener_of_an_older_release_is_closed(listen):
    listen(gone=lambda delivered: None)
    change_price()
    listen(other=lambda delivered: None)

    outbox.run_due()

    assert outbox.backlog() == (0, 0)


def test_two_listeners_of_one_name_are_refused(listen):
    twice = Listener("note", PriceChanged, print)

    with pytest.raises(ValueError, match="note"):
        outbox.register([twice, twice])


def test_running_twice_is_noticed_when_it_matters(listen):
    """The tool by which every listener is tested can fail."""

    def add(delivered):
        put("sum", (get("sum") or 0) + 1)

    listen(**{"note.again": add})
    change_price()
    with pytest.raises(AssertionError):
        deliver_twice("note.again")


def test_running_twice_is_fine_with_a_natural_key(listen):
    listen(**{"note.once": lambda delivered: put(f"noted {delivered.event_id}", True)})
    change_price()

    deliver_twice("note.once")
