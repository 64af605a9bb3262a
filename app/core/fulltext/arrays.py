"""What ranking asks of an index, whichever engine keeps it: documents as rows of arrays, terms as lists of rows.

A *segment* is a part of an index that never changes, but for which of its documents are still there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

from app.core.fulltext.interface import ROLES
from app.core.fulltext.sequences import Sequences

#: Number columns with their struct codes, the widest first. ``key`` is the kind's number in the top byte and the id
#: below, ``thread`` the thread's id with the role in the lowest two bits.
COLUMNS = {
    "key": "q",
    "created": "q",
    "place": "q",
    "group": "q",
    "author": "q",
    "thread": "q",
    "print": "I",
    "flags": "I",
    "region": "i",
    "until": "i",
    "standing": "b",
    "format": "B",
    "authority": "B",
}

#: In column ``place``: the whole company, or nobody, which a cut-short file reads as.
COMPANY = -1
NOBODY = 0
#: In columns ``group``, ``author``, ``thread``, ``region``, ``format`` and ``until``.
NONE = 0

_ID_BITS = 56
ROLE_BITS = 2

#: Field length in words by the byte that is kept for it.
LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], dtype=np.float32)

Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of a segment that have a term, in ascending order, and how often each has it."""

    documents: Numbers
    frequencies: NDArray[np.float32]

    @property
    def size_bytes(self) -> int:
        return int(self.documents.nbytes + self.frequencies.nbytes)


NO_POSTINGS = Postings(np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.float32))


class Segment(Protocol):
    """The documents of a segment, numbered from 0."""

    @property
    def name(self) -> str:
        """Tells the segment from every other, for caches."""

    @property
    def size(self) -> int:
        """How many documents there are, deleted ones included."""

    @property
    def columns(self) -> Mapping[str, NDArray[Any]]:
        """The numbers of each document, by the names of `COLUMNS`."""

    @property
    def lengths(self) -> Mapping[str, NDArray[np.uint8]]:
        """How long the fields of each document are, as places in `LENGTHS`."""

    @property
    def sequences(self) -> Sequences:
        """The words of each document in their order."""

    def postings(self, field: str, word: str) -> Postings:
        """Read the postings of a term."""


S = TypeVar("S", bound=Segment, covariant=True)


@dataclass(frozen=True)
class OpenSegment(Generic[S]):
    """A segment and which of its documents are still there at this commit."""

    segment: S
    #: None when none is deleted.
    live: NDArray[np.bool_] | None

    @property
    def documents(self) -> int:
        return self.segment.size if self.live is None else int(np.count_nonzero(self.live))


class Opened(Protocol):
    """An index as of one commit."""

    @property
    def segments(self) -> tuple[OpenSegment[Segment], ...]:
        """All its documents."""

    @property
    def average_lengths(self) -> Mapping[str, float]:
        """Of each field, in words."""


def pack_key(kind_number: int, id_: int) -> int:
    """One number for a document of any kind."""
    return kind_number << _ID_BITS | id_


def unpack_key(key: int) -> tuple[int, int]:
    """The number of the kind, and the id."""
    return key >> _ID_BITS, key & (1 << _ID_BITS) - 1


def pack_thread(role: str, thread_id: int | None) -> int:
    """The value of column ``thread``."""
    return NONE if thread_id is None else thread_id << ROLE_BITS | ROLES.index(role) + 1


def role_numbers(threads: NDArray[np.int64]) -> NDArray[np.int64]:
    """The roles of many documents at once: 0 for none, else one more than the place in `ROLES`."""
    return threads & np.int64((1 << ROLE_BITS) - 1)


def kind_numbers(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """The kinds of many documents at once."""
    return keys >> np.int64(_ID_BITS)
