"""When somebody opens a publication's page, features note it: that it was read, who saw it, which version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, select

from app.core.actor import Actor
from app.core.prepared import Prepared

#: What a condition may refer to: who reads, and the id of the publication.
READER: BindParameter[int] = bindparam("reader")
PUBLICATION: BindParameter[int] = bindparam("publication")


@dataclass(frozen=True)
class Opening:
    """What a feature does about it: `act`, when there is something to do as `pending` says."""

    #: A condition over `READER` and `PUBLICATION`.
    pending: ColumnElement[bool]
    act: Callable[[Actor, int], None]


_openings: dict[str, Opening] = {}


def register_opening(name: str, opening: Opening) -> None:
    """Let a feature note that a publication was opened; called at bootstrap."""
    _openings[name] = opening


_read: list[Callable[[Actor, Sequence[Any]], None]] = []


def register_read(told: Callable[[Actor, Sequence[Any]], None]) -> None:
    """Have `told` called with the reader and what is known of the trust in what stands on a page that is opened."""
    _read.append(told)


def opened(actor: Actor, publication_id: int, trust: Iterable[Any] = ()) -> None:
    """A person has opened a publication, and read what is trusted (`trust_of`) on its page.

    One statement for all features, and what those cost that have to note it.
    """
    known = [mark for mark in trust if mark is not None]
    for told in _read if known else ():
        told(actor, known)
    row = _pending().first(reader=actor.person_id, publication=publication_id)
    for name, opening in _openings.items():
        if getattr(row, name):
            opening.act(actor, publication_id)


@cache
def _pending() -> Prepared:
    return Prepared(lambda: select(*(each.pending.label(name) for name, each in _openings.items())))
