"""The only place that commits.

`with unit_of_work():` makes everything inside one transaction: rows, and the events emitted (see `outbox`). A unit
opened inside another joins it. Leaving by an exception undoes everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.core.db import WRITES, db

_after_commit: ContextVar[list[Callable[[], None]] | None] = ContextVar("after_commit", default=None)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One transaction, committed at the end of the block; joins a unit that is already open.

    On SQLite it begins IMMEDIATE: other writers wait for it, so keep it short and do nothing slow inside (no
    rendering of pages, no network). Rows loaded before the unit opened are expired and read again inside it.
    """
    if _after_commit.get() is not None:
        yield
        return
    callbacks: list[Callable[[], None]] = []
    token = _after_commit.set(callbacks)
    try:
        db.session.rollback()  # ends the reading transaction, so that the writing one can begin IMMEDIATE
        db.session.connection(execution_options={WRITES: True})
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _after_commit.reset(token)
    for callback in callbacks:
        callback()


def in_unit_of_work() -> bool:
    """Whether a unit of work is open in this context."""
    return _after_commit.get() is not None


def after_commit(callback: Callable[[], None]) -> None:
    """Call `callback` once the open unit has committed; it may be lost when the process dies.

    Only for hints that something else repairs (waking the worker). Raises `RuntimeError` outside a unit.
    """
    callbacks = _after_commit.get()
    if callbacks is None:
        raise RuntimeError("after_commit needs an open unit of work")
    callbacks.append(callback)
