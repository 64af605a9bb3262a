"""One state of the index, as of one commit: shared by all threads, replaced as a whole by the next."""

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from app.core.fulltext.analysis import TEXT, TITLE
from app.core.fulltext.whoosh_format import INDEX_NAME
from app.core.fulltext.whoosh_segment import Postings, Segment

_TOC_NAME = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")


class PostingsCache:
    """Postings read before, by segment and term, up to a number of bytes; the longest unused go first."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._entries: OrderedDict[tuple[str, str, str], Postings] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, segment: Segment, field: str, word: str) -> Postings:
        key = (segment.name, field, word)
        with self._lock:
            known = self._entries.get(key)
            if known is not None:
                self._entries.move_to_end(key)
                return known
        read = segment.postings(field, word)
        with self._lock:
            if key not in self._entries:
                self._entries[key] = read
                self._bytes += _cost(read)
            while self._bytes > self._max_bytes:
                _, dropped = self._entries.popitem(last=False)
                self._bytes -= _cost(dropped)
        return read


@dataclass(frozen=True)
class OpenSegment:
    """A segment and which of its documents are still there at this commit."""

    segment: Segment
    #: None when none is deleted.
    live: NDArray[np.bool_] | None

    @property
    def documents(self) -> int:
        return self.segment.size if self.live is None else int(np.count_nonzero(self.live))


@dataclass(frozen=True)
class Snapshot:
    """The segments of one commit and the statistics scores are made of."""

    generation: Path
    #: Whoosh's number of the commit.
    commit: int
    segments: tuple[OpenSegment, ...]

    @property
    def documents(self) -> int:
        return sum(opened.documents for opened in self.segments)

    @cached_property
    def size(self) -> int:
        """Documents with the deleted ones, on which scores are based as in Whoosh."""
        return sum(opened.segment.size for opened in self.segments)

    @cached_property
    def average_lengths(self) -> dict[str, float]:
        return {
            field: sum(opened.segment.total_lengths[field] for opened in self.segments) / (self.size or 1)
            for field in (TITLE, TEXT)
        }

    def frequency(self, field: str, word: str) -> int:
        return sum(opened.segment.frequency(field, word) for opened in self.segments)

    def expand(self, prefix: str) -> set[str]:
        """The most frequent words of titles that begin so, of each segment."""
        return {word for opened in self.segments for word in opened.segment.expand(TITLE, prefix)}

    def alike(self, word: str) -> dict[str, tuple[int, float]]:
        """The words most like one in any segment: their frequency, and how much they are alike."""
        found: dict[str, tuple[int, float]] = {}
        for opened in self.segments:
            for near in opened.segment.vocabulary.near(word):
                before = found.get(near.word, (0, 0.0))[0]
                found[near.word] = (before + near.frequency, near.alike)
        return found


def latest_commit(generation: Path) -> int:
    """Number of the last commit in the folder, -1 when there is none. Costs one directory listing."""
    try:
        names = [entry.name for entry in generation.iterdir()]
    except OSError:
        return -1
    return max((int(match[1]) for match in map(_TOC_NAME.fullmatch, names) if match), default=-1)


def open_snapshot(generation: Path, previous: Snapshot | None = None) -> Snapshot:
    """Open the last commit, taking over segments that ``previous`` has open already.

    Raises whatever Whoosh raises when files are missing or damaged, which also happens when a writer commits at this
    very moment: callers try again.
    """
    storage = FileStorage(str(generation))
    toc = TOC.read(storage, INDEX_NAME)
    known = {}
    if previous is not None and previous.generation == generation:
        known = {opened.segment.name: opened.segment for opened in previous.segments}
    segments = tuple(
        OpenSegment(known.get(segment.segment_id()) or Segment(storage, toc.schema, segment), _live(segment))
        for segment in toc.segments
    )
    return Snapshot(generation, toc.generation, segments)


def _live(segment: Any) -> NDArray[np.bool_] | None:
    if not segment.has_deletions():
        return None
    live = np.ones(segment.doc_count_all(), dtype=np.bool_)
    live[list(segment.deleted_docs())] = False
    return live


def _cost(postings: Postings) -> int:
    # The key and the bookkeeping of an entry weigh something too.
    return postings.size_bytes + 500
