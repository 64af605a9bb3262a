"""When somebody opens a publication's page, features above note it: that it was read, and in which version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.core.actor import Actor

_opened: list[Callable[[Actor, int], None]] = []
_read: list[Callable[[Actor, Sequence[Any]], None]] = []


def register_opened(told: Callable[[Actor, int], None]) -> None:
    """Have `told` called with the reader and the content id whenever a publication's page is opened."""
    _opened.append(told)


def register_read(told: Callable[[Actor, Sequence[Any]], None]) -> None:
    """Have `told` called with the reader and what is known of the trust in what stands on a page that is opened."""
    _read.append(told)


def opened(actor: Actor, publication_id: int, trust: Iterable[Any] = ()) -> None:
    """A person has opened a publication, and read what is trusted (`trust_of`) on its page."""
    for told in _opened:
        told(actor, publication_id)
    read(actor, trust)


def read(actor: Actor, trust: Iterable[Any]) -> None:
    """A person has been given these texts to read, be it by a program: their marks of trust, or None."""
    known = [mark for mark in trust if mark is not None]
    for told_of in _read if known else ():
        told_of(actor, known)
