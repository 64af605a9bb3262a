"""One state of the index, as of one commit: shared by all threads, replaced as a whole by the next."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from app.core.fulltext.analysis import TEXT, TITLE
from app.core.fulltext.arrays import OpenSegment
from app.core.fulltext.whoosh_format import INDEX_NAME
from app.core.fulltext.whoosh_segment import Segment

_TOC_NAME = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")


@dataclass(frozen=True)
class Snapshot:
    """The segments of one commit and the statistics scores are made of."""

    generation: Path
    #: Whoosh's number of the commit.
    commit: int
    segments: tuple[OpenSegment[Segment], ...]

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

    @property
    def is_cut_short(self) -> bool:
        """Whether files that are mapped into memory were cut short. Asks for the size of two files a segment."""
        return any(opened.segment.is_cut_short for opened in self.segments)

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
