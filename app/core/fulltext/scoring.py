"""Ranking: BM25F over arrays, and what counts beside the words.

The arithmetic of a term equals Whoosh's own BM25F. Of several ways of having a word the best counts. What is confirmed
or official, fresh, from the asker's region or kind of shop, or by somebody who knows counts a little more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.fulltext.arrays import LENGTHS, Opened, Segment
from app.core.fulltext.caching import PostingsCache
from app.core.fulltext.interface import ARTICLE, MOST_AUTHORITY, THANKS, Query

#: How soon more of the same word counts no more. Texts here are short, and 0.6 is what was found on MS MARCO for lists
#: of short passages that people read. See docs/search.md.
K1 = 0.6
B = 0.75
#: What standing adds to a score, of itself: something official ranks a fifth higher.
STANDING_BOOST = 0.1
#: The highest standing.
_MOST_STANDING = 2
#: What an article counts more than chatter that fits the words as well.
ARTICLE_BOOST = 0.25
#: What thanks count less than what explains the same: they are short, so that each of their words weighs much.
THANKS_DISCOUNT = 0.25
#: What being new adds, half of it after so many seconds; being from the asker's region, and from the asker's kind of
#: shop; and each level of the author's authority.
FRESH_BOOST = 0.1
FRESH_SECONDS = 180 * 24 * 60 * 60
REGION_BOOST = 0.04
FORMAT_BOOST = 0.02
AUTHORITY_BOOST = 0.01
#: More than all of them together.
MOST_WORTH = (
    1.01
    + ARTICLE_BOOST
    + STANDING_BOOST * _MOST_STANDING
    + FRESH_BOOST
    + REGION_BOOST
    + FORMAT_BOOST
    + AUTHORITY_BOOST * MOST_AUTHORITY
)

Scores = NDArray[np.float32]
Columns = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class WeighedTerm:
    """A term that occurs in the index."""

    field: str
    word: str
    #: Inverse document frequency times boost.
    factor: float


@dataclass(frozen=True, slots=True)
class WeighedWay:
    """One way of having a word: words that are all needed, each with the terms that add up to it."""

    words: tuple[tuple[WeighedTerm, ...], ...]
    #: How far a document that has it has the word.
    share: float = 1.0

    @property
    def best_possible(self) -> float:
        """A score no document reaches by it."""
        return sum(term.factor for terms in self.words for term in terms) * (K1 + 1)


@dataclass(frozen=True, slots=True)
class WeighedClause:
    """A word of the query that occurs in the index; the best of its ways counts."""

    ways: tuple[WeighedWay, ...]
    #: What having it is worth.
    weight: float

    @property
    def best_possible(self) -> float:
        """A score no document reaches by this word."""
        return max(way.best_possible for way in self.ways)


def inverse_frequency(documents: int, frequency: int) -> float:
    """Weight of a term that so many of the documents have."""
    return log(documents / (frequency + 1)) + 1


def term_scores(segment: Segment, snapshot: Opened, term: WeighedTerm, cache: PostingsCache) -> Scores:
    """What the term adds to each of its documents in the segment, in the order of its postings."""
    postings = cache.get(segment, term.field, term.word)
    average = snapshot.average_lengths[term.field]
    penalties = np.float32(K1) * (np.float32(1 - B) + np.float32(B) * LENGTHS / np.float32(average))
    penalty = penalties[segment.lengths[term.field][postings.documents]]
    frequencies = postings.frequencies
    scores = np.float32(term.factor * (K1 + 1)) * frequencies / (frequencies + penalty)
    return scores.astype(np.float32, copy=False)


def words_of(clauses: Iterable[WeighedClause]) -> set[str]:
    """All words that count for these clauses."""
    return {term.word for clause in clauses for way in clause.ways for terms in way.words for term in terms}


class Tally:
    """What the documents of a segment score by their words, and the weight of the words they have."""

    def __init__(self, segment: Segment, snapshot: Opened, cache: PostingsCache) -> None:
        self._segment = segment
        self._snapshot = snapshot
        self._cache = cache
        self.scores: Scores = np.zeros(segment.size, np.float32)
        self.covered: Scores = np.zeros(segment.size, np.float32)

    def add(self, clause: WeighedClause) -> None:
        """Count a word. Some 0.5 ms a term of 100,000 documents."""
        weight = np.float32(clause.weight)
        if len(clause.ways) == 1 and len(clause.ways[0].words) == 1:
            self.covered += self._add_word(clause.ways[0].words[0], self.scores) * weight
            return
        best, shares = np.zeros_like(self.scores), np.zeros_like(self.scores)
        scores = np.zeros_like(self.scores)
        for way in clause.ways:
            having = self._add_way(way, scores)
            best[having] = np.maximum(best[having], scores[having])
            shares[having] = np.maximum(shares[having], np.float32(way.share))
            # Most ways are of few documents: only these are touched.
            for documents in self._documents(way):
                scores[documents] = 0
        self.scores += best
        self.covered += shares * weight

    def _add_way(self, way: WeighedWay, scores: Scores) -> NDArray[Any]:
        """Add the scores of a way; tells which documents have all its words, maybe some of them twice."""
        if len(way.words) > 1:
            masks = [self._add_word(terms, scores) for terms in way.words]
            return np.flatnonzero(np.logical_and.reduce(masks))
        for term in way.words[0]:
            documents = self._cache.get(self._segment, term.field, term.word).documents
            scores[documents] += term_scores(self._segment, self._snapshot, term, self._cache)
        return np.concatenate(list(self._documents(way)))

    def _documents(self, way: WeighedWay) -> Iterator[NDArray[np.uint32]]:
        """The documents of each term of a way."""
        for terms in way.words:
            for term in terms:
                yield self._cache.get(self._segment, term.field, term.word).documents

    def _add_word(self, terms: Sequence[WeighedTerm], scores: Scores) -> NDArray[np.bool_]:
        """Add what the terms score; tells which documents have any of them."""
        has = np.zeros(self._segment.size, np.bool_)
        for term in terms:
            documents = self._cache.get(self._segment, term.field, term.word).documents
            if len(documents):
                has[documents] = True
                scores[documents] += term_scores(self._segment, self._snapshot, term, self._cache)
        return has


def worth(columns: Columns, query: Query) -> Scores:
    """What the score of each document is multiplied by, for what it is and for whom it is asked: up to `MOST_WORTH`."""
    factors: Scores = 1 + np.float32(STANDING_BOOST) * np.maximum(columns["standing"], 0).astype(np.float32)
    factors += np.float32(ARTICLE_BOOST) * (columns["flags"] & ARTICLE > 0)
    factors -= np.float32(THANKS_DISCOUNT) * (columns["flags"] & THANKS > 0)
    factors += np.float32(AUTHORITY_BOOST) * columns["authority"]
    if query.now is not None:
        age = np.maximum(query.now - columns["created"], 0).astype(np.float32)
        factors += np.float32(FRESH_BOOST) * np.exp2(-age / np.float32(FRESH_SECONDS))
    if query.near_region is not None:
        factors += np.float32(REGION_BOOST) * (columns["region"] == query.near_region)
    if query.near_format is not None:
        factors += np.float32(FORMAT_BOOST) * (columns["format"] == query.near_format)
    return factors


def is_over(columns: Columns, query: Query) -> NDArray[np.bool_]:
    """Which documents have expired, everywhere or where the asker works."""
    over: NDArray[np.bool_] = columns["standing"] < 0
    if query.today is not None:
        over |= (columns["until"] > 0) & (columns["until"] < query.today)
    return over
