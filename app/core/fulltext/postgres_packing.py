"""Packing: documents as arrays and terms as lists of slots, so that processes read much of them at once.

A chunk is made of some thousand slots and never changes. What is not packed yet is read as it stands in the tables.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection
from whoosh.util.numeric import length_to_byte

from app.core.fulltext.analysis import TEXT, TITLE
from app.core.fulltext.arrays import COLUMNS, NO_POSTINGS, NOBODY, Postings, pack_key, pack_thread
from app.core.fulltext.interface import ROLES
from app.core.fulltext.postgres_tables import COLUMNS as TABLE_COLUMNS

#: Slots of a chunk of a rebuild; bounds the memory it takes.
CHUNK = 100_000
#: A posting is a slot and, in the lowest bits, how often its document has the term.
_COUNT_BITS = 8
_MOST_COUNT = (1 << _COUNT_BITS) - 1
#: Slots that postings can tell apart.
MOST_SLOTS = 1 << 32 - _COUNT_BITS

#: What `Arrays` hold, with their codes.
_LAYOUT = {**COLUMNS, TITLE: "B", TEXT: "B"}

_COLUMNS = ", ".join(name for name in TABLE_COLUMNS if name != "words")
_FRESH = """
SELECT {columns}, ordered, terms, in_titles, in_texts
FROM {schema}.documents JOIN {schema}.written USING (kind, id) LEFT JOIN LATERAL (
    SELECT array_agg(lexeme) AS terms, array_agg(cardinality(array_positions(weights, 'A'))) AS in_titles,
        array_agg(cardinality(array_positions(weights, 'D'))) AS in_texts
    FROM unnest(words)
) AS counted ON true
WHERE slot >= %s ORDER BY slot
"""

#: The numbers of a slot that has no document: it belongs to nobody.
NO_DOCUMENT = tuple(NOBODY for _ in _LAYOUT)

#: The columns of some documents by their names, lengths of fields among them.
Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Packed:
    """One document as it is packed."""

    slot: int
    #: One number for each of `Arrays`.
    numbers: tuple[int, ...]
    ordered: bytes
    #: Its terms, how often titles say each, and how often the text does.
    counts: Iterable[tuple[str, int, int]]


class Chunk:
    """Documents of slots from ``first`` on, collected one after the other."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.size = 0
        self._rows: list[tuple[int, ...]] = []
        self._lengths = array("I")
        self._ordered: list[bytes] = []
        self._postings: dict[str, tuple[array[int], array[int]]] = {}

    def add(self, document: Packed) -> None:
        """Add the document of a slot after those that are there; slots that are left out belong to nobody."""
        self.extend(document.slot)
        self._append(document.numbers, document.ordered)
        for word, *counts in document.counts:
            lists = self._postings.get(word)
            if lists is None:
                lists = self._postings[word] = (array("I"), array("I"))
            for listed, count in zip(lists, counts, strict=True):
                if count:
                    listed.append(pack_posting(document.slot, count))

    def extend(self, slot: int) -> None:
        """Let the chunk reach up to a slot."""
        while self.first + self.size < slot:
            self._append(NO_DOCUMENT, b"")

    def write(self, connection: Connection, schema: str) -> None:
        """Write it into the tables."""
        connection.exec_driver_sql(
            f"INSERT INTO {schema}.chunks (first, size, columns, ordered) VALUES (%s, %s, %s, %s)",  # noqa: S608
            (self.first, self.size, self._columns(), self._lengths.tobytes() + b"".join(self._ordered)),
        )
        cursor: Any = connection.connection.cursor()
        with cursor.copy(
            f"COPY {schema}.postings (first, word, titles, texts) FROM STDIN (FORMAT BINARY)"
        ) as copy:
            copy.set_types(["int4", "text", "bytea", "bytea"])
            for word, (titles, texts) in self._postings.items():
                copy.write_row((self.first, word, titles.tobytes(), texts.tobytes()))
        cursor.close()

    def _append(self, numbers: tuple[int, ...], ordered: bytes) -> None:
        self._rows.append(numbers)
        self._lengths.append(len(ordered) // 2)
        self._ordered.append(ordered)
        self.size += 1

    def _columns(self) -> bytes:
        return b"".join(each.tobytes() for each in arrays(self._rows).values())


def numbers(row: Mapping[str, Any]) -> tuple[int, ...]:
    """What `arrays` are made of, from a row of ``documents``."""
    role = ROLES[row["role"] - 1] if row["role"] else ""
    return (
        pack_key(row["kind"], row["id"]),
        row["created"],
        row["place"],
        row["group_id"],
        row["author_id"],
        pack_thread(role, row["thread_id"] if role else None),
        row["print"],
        row["flags"],
        row["region_id"],
        row["valid_until"],
        row["standing"],
        row["format"],
        row["authority"],
        length_to_byte(row["title_length"]),
        length_to_byte(row["text_length"]),
    )


def arrays(rows: list[tuple[int, ...]]) -> Arrays:
    """Columns from the numbers of documents."""
    columns = zip(*rows, strict=True) if rows else [()] * len(_LAYOUT)
    return {
        name: np.array(values, dtype=f"<{code}")
        for (name, code), values in zip(_LAYOUT.items(), columns, strict=True)
    }


def unpack_columns(chunks: Iterable[tuple[int, bytes]]) -> Arrays:
    """Columns from the sizes and bytes of chunks. Raises ValueError when bytes are missing."""
    parts: dict[str, list[NDArray[Any]]] = {name: [np.empty(0, code)] for name, code in _LAYOUT.items()}
    for size, raw in chunks:
        at = 0
        for name, code in _LAYOUT.items():
            parts[name].append(np.frombuffer(raw, f"<{code}", size, at))
            at += parts[name][-1].nbytes
    return {name: np.concatenate(some) for name, some in parts.items()}


def unpack_ordered(chunks: Iterable[tuple[int, bytes]]) -> tuple[NDArray[np.uint16], NDArray[np.uint32]]:
    """What `Sequences` are made of, from the sizes and bytes of chunks."""
    words: list[NDArray[np.uint16]] = [np.empty(0, np.uint16)]
    lengths: list[NDArray[np.uint32]] = [np.empty(0, np.uint32)]
    for size, raw in chunks:
        lengths.append(np.frombuffer(raw, "<u4", size))
        words.append(np.frombuffer(raw, "<u2", offset=lengths[-1].nbytes))
    return np.concatenate(words), np.concatenate(lengths)


def unpack_postings(raw: bytes, end: int) -> Postings:
    """The postings of a term among the slots before ``end``."""
    return postings(np.frombuffer(raw, "<u4"), 0, end)


def postings(packed: NDArray[np.uint32], first: int, end: int) -> Postings:
    """Postings of the slots from ``first`` to ``end``, numbered from the first."""
    slots = packed >> np.uint32(_COUNT_BITS)
    kept = int(np.searchsorted(slots, end))
    if not kept:
        return NO_POSTINGS
    counts = (packed[:kept] & np.uint32(_MOST_COUNT)).astype(np.float32)
    return Postings(slots[:kept] - np.uint32(first), counts)


def pack_posting(slot: int, count: int) -> int:
    """One posting."""
    return slot << _COUNT_BITS | min(count, _MOST_COUNT)


def fresh(connection: Connection, schema: str, since: int) -> list[Packed]:
    """What stands in slots from ``since`` on, in their order. About 0.1 ms a document."""
    found = connection.exec_driver_sql(_FRESH.format(schema=schema, columns=_COLUMNS), (since,)).mappings()
    return [
        Packed(
            row["slot"],
            numbers(dict(row)),
            row["ordered"],
            list(zip(row["terms"] or (), row["in_titles"] or (), row["in_texts"] or (), strict=True)),
        )
        for row in found
    ]


def fold(connection: Connection, schema: str, most: int) -> None:
    """Pack what is not packed yet, when it has more than ``most`` slots. The caller holds the lane.

    About 0.3 ms a slot.
    """
    slots, packed = connection.exec_driver_sql(f"SELECT slots, packed FROM {schema}.state").one()  # noqa: S608
    if slots - packed <= most:
        return
    chunk = Chunk(packed)
    for document in fresh(connection, schema, packed):
        chunk.add(document)
    chunk.extend(slots)
    chunk.write(connection, schema)
    connection.exec_driver_sql(f"UPDATE {schema}.state SET packed = slots")  # noqa: S608
