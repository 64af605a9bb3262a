"""The words of every document in their order, for phrases: two bytes a word, in a column beside the postings.

A word is kept as a number made of its letters. Two words in 65,000 share one, so whoever looks for a phrase also asks
the postings for its words; both together are right but for one document in many thousands.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

#: What stands between the title, the other titles and the text: no phrase goes across it.
_BREAK = 0
_NUMBERS = 1 << 16
#: Documents looked through at once for one word.
_AT_ONCE = 1000

Raw = NDArray[np.uint8]


@lru_cache(maxsize=65_536)
def number_of(word: str) -> int:
    """The number of a folded word, never that of a break."""
    return crc32(word.encode("utf-8", "replace")) % (_NUMBERS - 1) + 1


def pack(texts: Iterable[Sequence[str]]) -> bytes:
    """The words of a document's texts, of each in its order, as the column keeps them."""
    numbers = array("H")
    for words in texts:
        numbers.extend(map(number_of, words))
        numbers.append(_BREAK)
    return numbers.tobytes()


class Sequences:
    """The words of a segment's documents in their order."""

    def __init__(self, numbers: NDArray[np.uint16], lengths: NDArray[Any]) -> None:
        """From all numbers one after the other, and how many of them each document has.

        Raises ValueError when there are more or fewer.
        """
        self._ends = np.cumsum(lengths, dtype=np.int64)
        if int(self._ends[-1] if len(lengths) else 0) != len(numbers):
            raise ValueError("the words of documents are damaged")
        self._numbers = numbers

    @classmethod
    def of_column(cls, raw: Raw, documents: int) -> Sequences:
        """From the bytes of Whoosh's column for byte strings. Raises ValueError when they are cut short."""
        lengths, start = _lengths(raw, documents)
        # The lengths come right after what they are of.
        if int(lengths.sum()) != start:
            raise ValueError("the words of documents are damaged")
        return cls(raw[:start].view(np.uint16), lengths // 2)

    def having(self, words: Sequence[str]) -> NDArray[np.int64]:
        """The documents in which these words follow each other, ascending.

        Goes through everything: about 1 ms for each million words.
        """
        numbers, count = self._numbers, len(words)
        wanted = [number_of(word) for word in words]
        if not wanted or len(numbers) < count:
            return np.empty(0, np.int64)
        # The longest word is likely to be the rarest.
        at = max(range(count), key=lambda place: len(words[place]))
        starts = np.flatnonzero(numbers[at : len(numbers) - count + 1 + at] == wanted[at])
        for place, number in enumerate(wanted):
            if place != at:
                starts = starts[numbers[starts + place] == number]
        documents = np.searchsorted(self._ends, starts, side="right")
        return np.unique(documents)

    def says(self, word: str, documents: NDArray[np.int64]) -> bool:
        """Whether any of these documents has the word. About 1 ms for 100,000 of them, less when it is found early."""
        number, begins = number_of(word), np.append(0, self._ends)
        for first in range(0, len(documents), _AT_ONCE):
            some = documents[first : first + _AT_ONCE]
            lengths = self._ends[some] - begins[some]
            before = np.cumsum(lengths) - lengths
            places = np.repeat(begins[some] - before, lengths) + np.arange(int(lengths.sum()))
            if (self._numbers[places] == number).any():
                return True
        return False


def _lengths(raw: Raw, documents: int) -> tuple[NDArray[np.int64], int]:
    """How many bytes each document has, as the column says at its end, and where it says so."""
    if not documents:
        return np.empty(0, np.int64), 0
    codes, end = chr(raw[-1]), len(raw) - 1
    if codes == "X":
        codes, offsets = chr(raw[-3]), chr(raw[-2])
        end = len(raw) - 3 - documents * struct.calcsize(offsets)
    kind = np.dtype(codes).newbyteorder(">")
    start = end - documents * kind.itemsize
    if start < 0:
        raise ValueError("the words of documents are cut short")
    return raw[start:end].view(kind).astype(np.int64), start
