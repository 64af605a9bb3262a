"""What all readers share and seldom changes, such as the right column's topics: read now and then, not for every page.

Each process keeps its own copy for `KEPT_FOR`; whoever changes it in this process has it read anew at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from app.core import clock
from app.core.overlay import BoundedCache
from app.core.unit_of_work import after_commit

T = TypeVar("T")

KEPT_FOR = 15 * clock.SECOND

_kept: BoundedCache[str, tuple[int, Any]] = BoundedCache(16)


def recall(name: str, read: Callable[[], T]) -> T:
    """The value of `name`; calls `read` when there is none, or an old one."""
    kept = _kept.get(name)
    if kept is not None and clock.now() - kept[0] < KEPT_FOR:
        value: T = kept[1]
        return value
    value = read()
    _kept.put(name, (clock.now(), value))
    return value


def forget() -> None:
    """Read everything anew once the open unit of work is committed."""
    after_commit(forget_now)


def forget_now() -> None:
    """Read everything anew."""
    _kept.clear()
