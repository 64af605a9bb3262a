"""The one source of time. Tests freeze it; nothing else asks the operating system for the moment.

A *moment* is an `int`: microseconds since the Unix epoch, UTC. It is what the database stores (docs/adr), what
cursors carry and what cards show, so the hot pages never parse dates.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_frozen: int | None = None


def now() -> int:
    """The present moment in microseconds since the epoch."""
    return time.time_ns() // 1000 if _frozen is None else _frozen


def today() -> date:
    """The present date in UTC."""
    return as_datetime(now()).date()


def as_datetime(moment: int) -> datetime:
    """The aware UTC datetime of a moment."""
    return datetime.fromtimestamp(moment / SECOND, UTC)


def as_moment(value: datetime) -> int:
    """The moment of an aware datetime; a naive one is taken as UTC."""
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    delta = value - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * SECOND + delta.microseconds


@contextmanager
def frozen(moment: int) -> Iterator[None]:
    """Hold the clock at `moment`; for tests. Nested uses restore the outer moment."""
    global _frozen
    before, _frozen = _frozen, moment
    try:
        yield
    finally:
        _frozen = before


def advance(microseconds: int) -> None:
    """Move the frozen clock on. Raises `RuntimeError` when it is not frozen."""
    global _frozen
    if _frozen is None:
        raise RuntimeError("the clock is not frozen")
    _frozen += microseconds
