"""Hearing what happens."""

import pytest

from app.content import events
from app.core import outbox
from app.core.events import Event
from app.core.outbox import Listener


@pytest.fixture
def listened():
    """The events of content emitted and delivered during the test, in order, instead of the product's listeners."""
    heard = _Heard()
    kinds = [each for each in vars(events).values() if isinstance(each, type) and issubclass(each, Event)]
    types = [each for each in kinds if each is not Event]
    before = outbox.listeners()
    outbox.register(Listener(f"heard.{each.name}", each, heard.note) for each in types)
    yield heard
    outbox.register(before)


class _Heard:
    """Delivers when it is read."""

    def __init__(self) -> None:
        self._events = []

    def note(self, delivered) -> None:
        self._events.append(delivered.event)

    def __iter__(self):
        outbox.run_due()
        return iter(list(self._events))
