"""When somebody opens a publication's page, features note it: that it was read, who saw it, which version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, bindparam, select

from app.core import clock
from app.core.actor import Actor
from app.core.prepared import Prepared

#: What a condition may refer to: who reads, the id of the publication, and the moment.
READER: BindParameter[int] = bindparam("reader")
PUBLICATION: BindParameter[int] = bindparam("publication")
NOW: BindParameter[int] = bindparam("now")


@dataclass(frozen=True)
class Opening:
    """What a feature does about it: `act`, when there is something to do as `pending` says."""

    #: A condition over `READER`, `PUBLICATION` and `NOW`.
    pending: ColumnElement[bool]
    act: Callable[[Actor, int], None]


_openings: dict[str, Opening] = {}


def register_opening(name: str, opening: Opening) -> None:
    """Let a feature note that a publication was opened; called at bootstrap."""
    _openings[name] = opening


def opened(actor: Actor, publication_id: int) -> None:
    """A person has opened a publication. One statement for all features, and what those cost that have to note it."""
    row = _pending().first(reader=actor.person_id, publication=publication_id, now=clock.now())
    for name, opening in _openings.items():
        if getattr(row, name):
            opening.act(actor, publication_id)


@cache
def _pending() -> Prepared:
    return Prepared(lambda: select(*(each.pending.label(name) for name, each in _openings.items())))
