"""Postings read before, kept in memory up to a bound."""

from __future__ import annotations

import threading
from collections import OrderedDict

from app.core.fulltext.arrays import Postings, Segment


class PostingsCache:
    """Postings read before, by segment and term, up to a number of bytes; the longest unused go first."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._entries: OrderedDict[tuple[str, str, str], Postings] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, segment: Segment, field: str, word: str) -> Postings:
        """The postings of a term, read now when they are not kept."""
        key = (segment.name, field, word)
        with self._lock:
            known = self._entries.get(key)
            if known is not None:
                self._entries.move_to_end(key)
                return known
        read = segment.postings(field, word)
        self.keep(segment, field, word, read)
        return read

    def has(self, segment: Segment, field: str, word: str) -> bool:
        """Whether the postings of a term are kept; then they stay for a while."""
        key = (segment.name, field, word)
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return key in self._entries

    def keep(self, segment: Segment, field: str, word: str, read: Postings) -> None:
        """Keep what was read."""
        key = (segment.name, field, word)
        with self._lock:
            if key not in self._entries:
                self._entries[key] = read
                self._bytes += _cost(read)
            while self._bytes > self._max_bytes:
                _, dropped = self._entries.popitem(last=False)
                self._bytes -= _cost(dropped)


def _cost(postings: Postings) -> int:
    # The key and the bookkeeping of an entry weigh something too.
    return postings.size_bytes + 500
