"""Reading an index in PostgreSQL into arrays: what is packed once, what came since by and by, postings as needed.

Every search asks for the row of sums, whose clock tells whether anything was changed. All threads of a process share
one snapshot; what a snapshot has read never changes.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from app.core.fulltext import postgres_packing
from app.core.fulltext.analysis import TEXT, TITLE
from app.core.fulltext.arrays import NO_POSTINGS, OpenSegment, Postings, Segment
from app.core.fulltext.caching import PostingsCache
from app.core.fulltext.interface import SearchUnavailable
from app.core.fulltext.postgres_packing import Arrays, Packed
from app.core.fulltext.postgres_tables import FORMAT_VERSION, STATE
from app.core.fulltext.postgres_words import clean
from app.core.fulltext.sequences import Sequences

#: Memory for postings.
CACHE_BYTES = 48 * 1024 * 1024

_CHUNKS = "SELECT size, {what} FROM {schema}.chunks WHERE first < %s ORDER BY first"
_GONE = "SELECT slot FROM {schema}.gone WHERE clock > %s"
_POSTINGS = """
SELECT word, titles, texts, generation FROM {schema}.state LEFT JOIN {schema}.postings
ON word = ANY (%(words)s::text[]) AND first < %(end)s ORDER BY first
"""
_GENERATION = "SELECT generation FROM {schema}.state"

#: Of each field the postings of each term, as `pack_posting` makes them.
Lists = dict[str, dict[str, list[int]]]
Connect = Callable[[], AbstractContextManager[Connection]]


class Moved(Exception):
    """Another generation has taken the place of the one that was being read."""


class PackedSegment:
    """All documents that are packed. Their postings, and their words in order, are read when they are asked for."""

    def __init__(self, name: str, arrays: Arrays, reader: Reader) -> None:
        self.name = name
        self.size = len(arrays[TEXT])
        self.columns = self.lengths = arrays
        self._reader = reader
        self._sequences: Sequences | None = None
        self._reading = threading.Lock()

    @property
    def generation(self) -> str:
        return self.name.partition(":")[0]

    @property
    def sequences(self) -> Sequences:
        with self._reading:
            if self._sequences is None:
                self._sequences = self._reader.sequences(self)
            return self._sequences

    def postings(self, field: str, word: str) -> Postings:
        """One statement, which `Reader.fetch` saves when it knows the words beforehand. Raises `Moved`."""
        return self._reader.postings(self, [clean(word)])[field, clean(word)]


class FreshSegment:
    """What came since, up to some moment. Segments of later moments share its lists, which only ever grow."""

    def __init__(self, name: str, first: int, documents: Sequence[Packed], lists: Lists, size: int) -> None:
        self.name = name
        self.size = size
        self._first = first
        self._lists = lists
        rows = [postgres_packing.NO_DOCUMENT] * size
        ordered = [b""] * size
        for document in documents:
            rows[document.slot - first] = document.numbers
            ordered[document.slot - first] = document.ordered
        self.columns = self.lengths = postgres_packing.arrays(rows)
        lengths = np.array([len(each) // 2 for each in ordered], np.int64)
        self.sequences = Sequences(np.frombuffer(b"".join(ordered), np.uint16), lengths)

    def postings(self, field: str, word: str) -> Postings:
        """From memory."""
        found = self._lists[field].get(clean(word))
        if found is None:
            return NO_POSTINGS
        return postgres_packing.postings(np.array(found, np.uint32), self._first, self._first + self.size)


@dataclass(frozen=True)
class PostgresSnapshot:
    """The index as of one moment."""

    #: The row of sums.
    state: Any
    packed: OpenSegment[PackedSegment]
    fresh: OpenSegment[FreshSegment]
    #: What ``fresh`` is made of.
    documents: tuple[Packed, ...]
    lists: Lists
    gone: NDArray[np.int64]

    @property
    def segments(self) -> tuple[OpenSegment[Segment], ...]:
        """Those that are not empty."""
        both: tuple[OpenSegment[Segment], ...] = (self.packed, self.fresh)
        return tuple(opened for opened in both if opened.segment.size)

    @cached_property
    def average_lengths(self) -> dict[str, float]:
        """Those of what the whole company may see, as all statistics."""
        size = max(1, self.state.companywide)
        return {TITLE: self.state.title_words / size or 1.0, TEXT: self.state.text_words / size or 1.0}

    def is_of(self, state: Any) -> bool:
        """Whether nothing was changed since."""
        return bool((self.state.generation, self.state.clock) == (state.generation, state.clock))


class Reader:
    """Reads one index for all threads of a process."""

    def __init__(self, schema: str, kinds: Sequence[str], connect: Connect) -> None:
        """``connect`` gives a connection of its own."""
        self._schema = schema
        self._kinds = list(kinds)
        self._connect = connect
        self._snapshot: PostgresSnapshot | None = None
        self._opening = threading.Lock()
        self.cache = PostingsCache(CACHE_BYTES)

    def current(self, connection: Connection) -> PostgresSnapshot:
        """The index as it is now. One statement, some more when something has changed; a second's tenth at first.

        Raises `SearchUnavailable` for an index of another version.
        """
        state = self._state(connection)
        snapshot = self._snapshot
        if snapshot is not None and snapshot.is_of(state):
            return snapshot
        with self._opening:
            connection.rollback()
            # What follows belongs together, so it is read as of one moment.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            state = self._state(connection)
            snapshot = self._snapshot
            if snapshot is None or not snapshot.is_of(state):
                snapshot = self._snapshot = self._open(connection, state, snapshot)
            connection.rollback()
            return snapshot

    def fetch(self, connection: Connection, snapshot: PostgresSnapshot, words: Iterable[str]) -> None:
        """Read the postings of these words together, as far as they are not known. Raises `Moved`."""
        segment = snapshot.packed.segment
        new = sorted({word for word in words if not self.cache.has(segment, TEXT, word)})
        if new and segment.size:
            found = self._postings(connection, segment, [clean(word) for word in new])
            for word in new:
                for field in (TITLE, TEXT):
                    self.cache.keep(segment, field, word, found[field, clean(word)])

    def postings(self, segment: PackedSegment, words: Sequence[str]) -> dict[tuple[str, str], Postings]:
        """The postings of these words by field and word. Raises `Moved`."""
        with self._connect() as connection:
            return self._postings(connection, segment, words)

    def sequences(self, segment: PackedSegment) -> Sequences:
        """The words of documents in their order: two bytes a word. Raises `Moved`."""
        with self._connect() as connection:
            rows = self._run(connection, _CHUNKS, segment.size, what="ordered")
            generation = connection.exec_driver_sql(_GENERATION.format(schema=self._schema)).scalar()
        if generation != segment.generation:
            raise Moved
        return Sequences(*postgres_packing.unpack_ordered((row.size, row.ordered) for row in rows))

    def _state(self, connection: Connection) -> Any:
        state = connection.exec_driver_sql(STATE.format(schema=self._schema)).one_or_none()
        if state is None or (state.format, state.kinds) != (FORMAT_VERSION, self._kinds):
            raise SearchUnavailable("the index is of another version")
        return state

    def _open(self, connection: Connection, state: Any, before: PostgresSnapshot | None) -> PostgresSnapshot:
        if (
            before is None
            or before.state.generation != state.generation
            or before.state.packed != state.packed
        ):
            segment = self._open_packed(connection, state)
            lists: Lists = {TITLE: {}, TEXT: {}}
            documents: tuple[Packed, ...] = ()
            gone, clock, since = np.empty(0, np.int64), -1, state.packed
        else:
            segment, lists, documents, gone = (
                before.packed.segment,
                before.lists,
                before.documents,
                before.gone,
            )
            clock, since = before.state.clock, before.state.slots
        more = [row.slot for row in self._run(connection, _GONE, clock)]
        coming = postgres_packing.fresh(connection, self._schema, since)
        for document in coming:
            _note(lists, document)
        documents, gone = (*documents, *coming), np.append(gone, np.array(more, np.int64))
        name = f"{state.generation}:{state.packed}+{state.clock}"
        fresh = FreshSegment(name, state.packed, documents, lists, state.slots - state.packed)
        live = np.ones(state.slots, np.bool_)
        live[gone] = False
        return PostgresSnapshot(
            state,
            OpenSegment(segment, live[: state.packed]),
            OpenSegment(fresh, live[state.packed :]),
            documents,
            lists,
            gone,
        )

    def _open_packed(self, connection: Connection, state: Any) -> PackedSegment:
        chunks = self._run(connection, _CHUNKS, state.packed, what="columns")
        arrays = postgres_packing.unpack_columns((row.size, row.columns) for row in chunks)
        if len(arrays[TEXT]) != state.packed:
            raise SearchUnavailable("the index is damaged: chunks are missing")
        return PackedSegment(f"{state.generation}:{state.packed}", arrays, self)

    def _postings(
        self, connection: Connection, segment: PackedSegment, words: Sequence[str]
    ) -> dict[tuple[str, str], Postings]:
        values = {"words": list(words), "end": segment.size}
        rows = connection.exec_driver_sql(_POSTINGS.format(schema=self._schema), values).all()
        if not rows or rows[0].generation != segment.generation:
            raise Moved
        parts: dict[tuple[str, str], list[bytes]] = defaultdict(list)
        for word, titles, texts, _ in rows:
            if word is not None:
                parts[TITLE, word].append(titles)
                parts[TEXT, word].append(texts)
        return {
            (field, word): postgres_packing.unpack_postings(b"".join(parts[field, word]), segment.size)
            for field in (TITLE, TEXT)
            for word in words
        }

    def _run(self, connection: Connection, statement: str, value: int, **names: str) -> Sequence[Any]:
        return connection.exec_driver_sql(statement.format(schema=self._schema, **names), (value,)).all()


def _note(lists: Lists, document: Packed) -> None:
    for word, *counts in document.counts:
        for field, count in zip((TITLE, TEXT), counts, strict=True):
            if count:
                posting = postgres_packing.pack_posting(document.slot, count)
                lists[field].setdefault(word, []).append(posting)
