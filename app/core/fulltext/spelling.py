"""Words that are nearly the same: what a misspelt word may have been, and words of one family.

Runs of letters find what may be near, in each segment's list of words; the letters themselves decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.core.fulltext.analysis import TEXT, TITLE, fold_words, stem
from app.core.fulltext.arrays import Segment
from app.core.fulltext.caching import PostingsCache
from app.core.fulltext.snapshot import Snapshot
from app.core.fulltext.stopwords import STOP_WORDS
from app.core.fulltext.vocabulary import is_word

#: So many letters may be amiss in a word, and in a long one. Where a word is taken for another one, and not for one of
#: several, it has to be longer: «зависает» and «занимает» are two letters apart.
_AMISS = 1
_AMISS_LONG = 2
_LONG = 8
_LONG_ENOUGH = 10
#: Of a word nobody used: how much a word with a letter amiss counts, and what each further letter takes away.
_REPAIRED = 0.8
_FURTHER = 0.2
#: What the stems of one family share of their runs of letters, and how much such a word counts of a whole one, by that
#: share: for a word that is known itself, and for one nobody used.
_FAMILY = 0.4
_BESIDE = 0.4
_INSTEAD = 0.6
_RUN = 3
#: At most so many other words count beside one.
_MOST = 10
#: Of the words that somebody may have meant, so many are looked up.
_MOST_MEANT = 8

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Relative:
    """A stem that counts as a word in part."""

    stem: str
    worth: float


class Lexicon(Protocol):
    """The words of an index."""

    @property
    def size(self) -> int:
        """Documents on which frequencies are based."""

    def frequency(self, field: str, word: str) -> int:
        """How many documents have the term in the field."""

    def expand(self, prefix: str) -> Collection[str]:
        """The most frequent words of titles that begin so."""

    def alike(self, word: str) -> Mapping[str, tuple[int, float]]:
        """The words most like one as they are written: their frequency, and how much they are alike."""


class Seen(Protocol):
    """The words of what one person may see."""

    def frequency(self, word: str) -> int:
        """In how many documents some form of the word stands."""

    def says(self, word: str) -> bool:
        """Whether the word stands in any, just as it is."""


def relatives(lexicon: Lexicon, word: str, *, known: bool) -> list[Relative]:
    """The stems that count as a word too, those worth most first. Some 2 ms at 283,000 documents.

    Of a word that is known, its family; of one that nobody used, also what it may be a misspelling of.
    """
    if not is_word(word):
        return []
    own, found = stem(word), dict[str, float]()
    # A family begins alike; of a misspelt word the end may be what is right.
    others = lexicon.alike(own) if known else {**lexicon.alike(own), **lexicon.alike(word)}
    for other in others:
        stemmed = stem(other)
        if stemmed == own or other in STOP_WORDS:
            continue
        family = _kinship(own, stemmed)
        worth = (_BESIDE if known else _INSTEAD) * family if family >= _FAMILY else 0.0
        if not known:
            amiss = distance(word, other, _allowed_amiss(word, _LONG))
            worth = max(worth, 0.0 if amiss is None else _REPAIRED - _FURTHER * (amiss - 1))
        if worth > found.get(stemmed, 0.0):
            found[stemmed] = worth
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    return [Relative(stemmed, worth) for stemmed, worth in best]


def correct(
    snapshot: Snapshot, words: Sequence[str], allowed: Sequence[Mask], cache: PostingsCache
) -> tuple[str, ...]:
    """See SearchBackend. ``allowed`` has a mask of what may be seen for each segment."""
    asked = _Seen(snapshot, allowed, cache)
    return tuple(meant(snapshot, word, asked) for word in words)


class _Seen:
    """What one person may see."""

    def __init__(self, snapshot: Snapshot, allowed: Sequence[Mask], cache: PostingsCache) -> None:
        self._parts = [
            (opened.segment, mask) for opened, mask in zip(snapshot.segments, allowed, strict=True)
        ]
        self._cache = cache

    def frequency(self, word: str) -> int:
        """In how many documents some form of the word stands."""
        return sum(len(documents) for _, documents in self._having(word))

    def says(self, word: str) -> bool:
        """Whether the word stands in any, just as it is."""
        return any(segment.sequences.says(word, documents) for segment, documents in self._having(word))

    def _having(self, word: str) -> Iterator[tuple[Segment, NDArray[np.int64]]]:
        for segment, mask in self._parts:
            both = [
                self._cache.get(segment, field, form).documents
                for field, form in ((TEXT, stem(word)), (TITLE, word))
            ]
            documents = np.union1d(*both)
            yield segment, documents[mask[documents]].astype(np.int64)


def meant(lexicon: Lexicon, written: str, seen: Seen) -> str:
    """The word as it was probably meant: itself when it is known, else a known word near it, or itself."""
    word = fold_words(written)
    if not is_word(word) or word in STOP_WORDS or seen.frequency(word):
        return written
    near = []
    for other, (frequency, alike) in lexicon.alike(word).items():
        amiss = distance(word, other, _allowed_amiss(word, _LONG_ENOUGH))
        if amiss is not None:
            near.append((amiss, other[0] != word[0], -frequency, -alike, other))
    likely = [(amiss, begins, other) for amiss, begins, _, _, other in sorted(near)[:_MOST_MEANT]]
    known = [
        (amiss, begins, -seen.frequency(other), other) for amiss, begins, other in likely if seen.says(other)
    ]
    return min(known)[-1] if known else written


def _kinship(first: str, second: str) -> float:
    """The share of runs of letters that two stems have in common; where they begin tells more than where they end."""
    one, other = _runs(first), _runs(second)
    return 2 * len(one & other) / (len(one) + len(other))


@lru_cache(maxsize=16_384)
def _runs(stemmed: str) -> frozenset[str]:
    padded = f" {stemmed}"
    return frozenset(padded[at : at + _RUN] for at in range(max(1, len(padded) - _RUN + 1)))


def _allowed_amiss(word: str, long: int) -> int:
    return _AMISS_LONG if len(word) >= long else _AMISS


def distance(first: str, second: str, most: int) -> int | None:
    """How many letters are missing, added, wrong or swapped with their neighbour; None when more than ``most``."""
    if abs(len(first) - len(second)) > most:
        return None
    before: list[int] = []
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, start=1):
        before, above, row = row, before, [at]
        for place, other in enumerate(second, start=1):
            best = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != other))
            if above and place > 1 and letter == second[place - 2] and first[at - 2] == other:
                best = min(best, above[place - 2] + 1)
            row.append(best)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
