"""Pages that a reader opens again and again: the frame around what is new is rendered once and kept.

A frame is a pure function of its template's name and values, so it is kept with the values it was made of and serves
as long as they are equal: there is nothing to invalidate. What differs from answer to answer (the cards, the moment,
keys of forms) stands in it as marks and is laid in each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from app.core.overlay import BoundedCache, Segments, split


class _Frame(NamedTuple):
    values: Mapping[str, Any]
    segments: Segments


class Frames:
    """The frames kept in this process: for each reader the last one of each template. Safe for threads."""

    def __init__(self, size: int) -> None:
        self._frames: BoundedCache[tuple[int, str], _Frame] = BoundedCache(size)

    def of(
        self, reader_id: int, template: str, values: Mapping[str, Any], render: Callable[[], str]
    ) -> Segments:
        """The frame in pieces; calls `render` only when the reader's last one was made of other values."""
        kept = self._frames.get((reader_id, template))
        if kept is None or kept.values != values:
            kept = _Frame(values, split(render()))
            self._frames.put((reader_id, template), kept)
        return kept.segments
