"""What all readers share and seldom changes, such as the right column's topics: read now and then, not for every page.

Each process keeps its own copy for `KEPT_FOR`; whoever changes it in this process has it read anew at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from app.core import clock
from app.core.overlay import BoundedCache
from app.core.unit_of_work import after_commit

T = TypeVar("T")

KEPT_FOR = 15 * clock.SECOND


class Shelf:
    """Values by name, each read anew when it is `kept_for` old; the least asked for go when there are too many."""

    def __init__(self, size: int, kept_for: int = KEPT_FOR) -> None:
        self._kept: BoundedCache[Hashable, tuple[int, Any]] = BoundedCache(size)
        self._kept_for = kept_for
        _shelves.append(self)

    def recall(self, name: Hashable, read: Callable[[], T]) -> T:
        """The value of `name`; calls `read` when there is none, or an old one."""
        kept = self._kept.get(name)
        if kept is not None and 0 <= clock.now() - kept[0] < self._kept_for:
            value: T = kept[1]
            return value
        value = read()
        self._kept.put(name, (clock.now(), value))
        return value

    def clear(self) -> None:
        """Read everything anew."""
        self._kept.clear()


_shelves: list[Shelf] = []
_common = Shelf(16)
recall = _common.recall


def forget() -> None:
    """Read everything anew once the open unit of work is committed."""
    after_commit(forget_now)


def forget_now() -> None:
    """Read everything anew."""
    for shelf in _shelves:
        shelf.clear()
