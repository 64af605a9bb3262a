"""The words of a segment as they are written, and those that are nearly like a given one.

Words are found by the runs of three letters they share; whoever needs to know more compares the few that are left
letter by letter. A file beside the segment's own, mapped into memory, so that it costs a process nothing; about 70
bytes a distinct word.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Shorter words are like too many others, longer ones are no words.
SHORTEST = 3
LONGEST = 32
#: How alike two words have to be to be compared, and how many are compared at most.
_ALIKE = 0.33
_MOST = 48

_SPACE = ord(" ")
#: Bits of a letter.
_BITS = 21
_HEADER = struct.Struct("<4sIII")
_HEADER_BYTES = 16
_MAGIC = b"wrd1"

Raw = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word of the segment."""

    word: str
    #: Documents with it when the segment was written.
    frequency: int
    #: The share of runs of letters it has in common with the word asked for.
    alike: float


def is_word(word: str) -> bool:
    """Whether a folded word may be misspelt: codes, numbers and very short words are what they are."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def pack(frequencies: Mapping[str, int]) -> bytes:
    """The file of a segment with these words. About 5 µs a word."""
    words = sorted(frequencies)
    runs, ordinals = _runs_of_all(words)
    order = np.argsort(runs, kind="stable")
    known, starts = np.unique(runs[order], return_index=True)
    encoded = [word.encode() for word in words]
    parts = (
        known.astype("<i8"),
        np.append(starts, len(order)).astype("<u4"),
        ordinals[order].astype("<u4"),
        np.fromiter((frequencies[word] for word in words), "<u4", len(words)),
        np.cumsum([0, *map(len, encoded)]).astype("<u4"),
        np.fromiter(map(len, words), "u1", len(words)),
    )
    header = _HEADER.pack(_MAGIC, len(words), len(known), len(order))
    return header + b"".join(part.tobytes() for part in parts) + b"".join(encoded)


class Vocabulary:
    """Reads what `pack` wrote."""

    def __init__(self, raw: Raw) -> None:
        """Raises ValueError when the bytes are not such a file or are cut short."""
        if len(raw) < _HEADER_BYTES:
            raise ValueError("a list of words is cut short")
        magic, count, known, listed = _HEADER.unpack(raw[: _HEADER.size].tobytes())
        if magic != _MAGIC:
            raise ValueError("a list of words is damaged")
        taken = _Taking(raw)
        self._known = taken.next("<i8", known)
        self._starts = taken.next("<u4", known + 1)
        self._ordinals = taken.next("<u4", listed)
        self._frequencies = taken.next("<u4", count)
        self._places = taken.next("<u4", count + 1)
        self._lengths = taken.next("u1", count)
        self._letters = taken.next("u1", int(self._places[-1]))

    def near(self, word: str) -> list[NearWord]:
        """The words most like a folded one, itself too when it is there. Some 0.5 ms at 300,000 words."""
        runs = np.unique(_runs(_padded((word,))))
        at = np.searchsorted(self._known, runs)
        at = at[self._known[np.minimum(at, len(self._known) - 1)] == runs] if len(self._known) else at[:0]
        if not len(at):
            return []
        sharing = np.concatenate([self._ordinals[self._starts[one] : self._starts[one + 1]] for one in at])
        common = np.bincount(sharing, minlength=len(self._lengths))
        # A word has as many runs as letters, its two ends included.
        least = max(1, int(_ALIKE * len(word) / 2))
        candidates = np.flatnonzero(common >= least)
        alike = 2.0 * common[candidates] / (len(word) + self._lengths[candidates].astype(np.float64))
        frequencies = self._frequencies[candidates]
        best = np.lexsort((-frequencies.astype(np.int64), -alike))[:_MOST]
        return [
            NearWord(self._word(int(candidates[one])), int(frequencies[one]), min(1.0, float(alike[one])))
            for one in best
            if alike[one] >= _ALIKE
        ]

    def frequencies(self) -> dict[str, int]:
        """All words with their frequencies, for merging."""
        return {self._word(at): int(frequency) for at, frequency in enumerate(self._frequencies)}

    def _word(self, at: int) -> str:
        return self._letters[self._places[at] : self._places[at + 1]].tobytes().decode()


class _Taking:
    """Takes one array after the other out of the file."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._at = _HEADER_BYTES

    def next(self, kind: str, count: int) -> NDArray[Any]:
        size = np.dtype(kind).itemsize * count
        part = self._raw[self._at : self._at + size]
        if len(part) != size:
            raise ValueError("a list of words is cut short")
        self._at += size
        return part.view(kind)


def _padded(words: Iterable[str]) -> NDArray[np.int64]:
    """The words' letters as numbers, with a space at each end of each."""
    text = f" {' '.join(words)} "
    letters: NDArray[np.int64] = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
    return letters


def _runs(letters: NDArray[np.int64]) -> NDArray[np.int64]:
    """The runs within words as numbers."""
    runs = letters[:-2] << 2 * _BITS | letters[1:-1] << _BITS | letters[2:]
    within: NDArray[np.int64] = runs[letters[1:-1] != _SPACE]
    return within


def _runs_of_all(words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All runs of all words, and beside each the place of its word."""
    letters = _padded(words)
    if not words:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    middle = letters[1:-1]
    return _runs(letters), np.cumsum(middle == _SPACE)[middle != _SPACE]
