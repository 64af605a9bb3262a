"""Reading one segment of a Whoosh index into numpy arrays.

Whoosh's readers may not be shared by threads, so every read goes through the segment's lock, and only arrays leave.
A segment never changes once it is written (deletions are kept apart), so what was read stays true.
"""

import mmap
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.formats import Existence
from whoosh.reading import SegmentReader, TermNotFound

from app.core.fulltext.analysis import TEXT, TITLE
from app.core.fulltext.arrays import COLUMNS, NO_POSTINGS, Numbers, Postings
from app.core.fulltext.sequences import Sequences
from app.core.fulltext.vocabulary import Vocabulary
from app.core.fulltext.whoosh_format import ORDER, WORDS_EXT, Codec

#: Of the words that go on from a prefix, the most frequent ones count.
MAX_EXPANSIONS = 64
_MAX_SCANNED = 512

_FORMAT = Existence()


class Segment:
    """An opened segment: its number columns in memory, its postings read when asked for."""

    def __init__(self, storage: Any, schema: Any, segment: Any) -> None:
        """Raises whatever Whoosh raises, or ValueError, when the files are damaged."""
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self._lock = threading.Lock()
        self._reader = SegmentReader(storage, schema, segment)
        self.columns = read_columns(self._reader, COLUMNS)
        order, words = (
            _map(self._reader, Codec.column_filename(segment, ORDER)),
            _map(self._reader, segment.make_filename(WORDS_EXT)),
        )
        self.sequences = Sequences.of_column(order.content, self.size)
        self.vocabulary = Vocabulary(words.content)
        self._maps = (order, words)
        self.lengths = {field: self._read_lengths(field) for field in (TITLE, TEXT)}
        self.total_lengths: dict[str, int] = {
            field: self._reader.field_length(field) for field in (TITLE, TEXT)
        }

    @property
    def is_cut_short(self) -> bool:
        """Whether a file that is mapped into memory has lost its end since: to read there would end the process."""
        return any(mapped.is_cut_short for mapped in self._maps)

    def postings(self, field: str, word: str) -> Postings:
        """Read the postings of a term from disk; a common word of 100,000 documents takes about 10 ms."""
        with self._lock:
            try:
                # Deleted documents are left in, as the scores of the others count on them.
                matcher = self._reader._terms.matcher(field, word.encode("utf-8", "replace"), _FORMAT)
            except (TermNotFound, KeyError):
                return NO_POSTINGS
            documents: list[Numbers] = []
            frequencies: list[NDArray[np.float32]] = []
            while matcher.is_active():
                matcher._read_data()
                deltas, weights, _ = matcher._data
                documents.append(np.cumsum(np.array(deltas, dtype=np.uint32), dtype=np.uint32))
                frequencies.append(_weights(weights, len(deltas)))
                matcher._next_block()
        found = Postings(np.concatenate(documents), np.concatenate(frequencies))
        if found.documents[-1] >= self.size:
            raise ValueError(f"segment {self.name} lists a document it does not have")
        return found

    def frequency(self, field: str, word: str) -> int:
        """Number of documents with the term, deleted ones included."""
        with self._lock:
            try:
                return int(self._reader.doc_frequency(field, word.encode("utf-8", "replace")))
            except (TermNotFound, KeyError):
                return 0

    def expand(self, field: str, prefix: str) -> list[str]:
        """The most frequent words of the field that begin with the prefix."""
        found: list[tuple[int, str]] = []
        with self._lock:
            for encoded in self._reader.expand_prefix(field, prefix):
                found.append((-self._reader.doc_frequency(field, encoded), encoded.decode("utf-8")))
                if len(found) == _MAX_SCANNED:
                    break
        return [word for _, word in sorted(found)[:MAX_EXPANSIONS]]

    def sample_words(self, field: str, count: int) -> list[str]:
        """About ``count`` words spread over the field, the last among them, for checking what can be read."""
        with self._lock:
            words = [encoded.decode("utf-8") for encoded in self._reader.lexicon(field)]
        return words[:: -max(1, len(words) // count)]

    def _read_lengths(self, field: str) -> NDArray[np.uint8]:
        reader = self._reader._perdoc
        name = f"_{field}_len"
        if not reader.has_column(name):
            return np.zeros(self.size, dtype=np.uint8)
        return _column(reader.column_reader(name, LENGTHS_COLUMN), "B", self.size).astype(np.uint8)


def read_columns(reader: SegmentReader, names: Iterable[str]) -> dict[str, NDArray[Any]]:
    """The named number columns of a segment, one value a document."""
    size = reader.doc_count_all()
    return {
        name: _column(reader.column_reader(name, translate=False), COLUMNS[name], size).astype(COLUMNS[name])
        for name in names
    }


def read_vocabulary(reader: SegmentReader) -> Vocabulary:
    """The distinct words of a segment."""
    return Vocabulary(_map(reader, reader.segment().make_filename(WORDS_EXT)).content)


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A file in memory, and what there is of interest in it."""

    file: mmap.mmap
    content: NDArray[np.uint8]

    @property
    def is_cut_short(self) -> bool:
        # The map keeps its length; `size` asks for that of the file.
        return self.file.size() < len(self.file)


def _map(reader: SegmentReader, name: str) -> _Mapped:
    """A file of a segment, mapped into memory, be it a file of its own or a part of the segment's one."""
    storage = reader.storage()
    if not reader.segment().is_compound():
        with (Path(storage.folder) / name).open("rb") as opened:
            file = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        return _Mapped(file, np.frombuffer(file, np.uint8))
    parts = storage.a
    start, length = parts.range(name)
    return _Mapped(parts._source, np.frombuffer(parts._source, np.uint8, length, start))


def _column(column: Any, code: str, size: int) -> NDArray[Any]:
    # Whoosh leaves out defaults (zeros) at the end.
    raw = column._dbfile.get(column._basepos, column._count * column._fixedlen)
    values = np.frombuffer(raw, dtype=np.dtype(code).newbyteorder(">"))
    if len(values) > size:
        raise ValueError("a column is longer than its segment")
    return values if len(values) == size else np.pad(values, (0, size - len(values)))


def _weights(weights: Any, count: int) -> NDArray[np.float32]:
    if weights is None:
        return np.ones(count, dtype=np.float32)
    if isinstance(weights, float):
        return np.full(count, weights, dtype=np.float32)
    return np.array(weights, dtype=np.float32)
