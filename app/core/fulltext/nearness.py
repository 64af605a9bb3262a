"""What is like a question somebody asks: BM25F over a thread's title, text and answers, as far as they may be seen.

A thread is a question with its answers, or a text that answers by itself. Its parts are documents of their own, in any
segment; here they are counted together. All statistics are those of what this person may see at the moment asked for:
closed groups, and what was written later, have no influence. The arithmetic is in `app.lib.similarity`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.fulltext.analysis import TEXT, TITLE, text_terms, topic_term
from app.core.fulltext.arrays import COMPANY, LENGTHS, ROLE_BITS, Opened, OpenSegment, Segment, role_numbers
from app.core.fulltext.caching import PostingsCache
from app.core.fulltext.interface import ANSWERS, ASKED, ROLES, TELLS, Asked, Near
from app.core.fulltext.spelling import Lexicon
from app.lib import similarity

#: Of a long text, so many different words count: the rarest.
MOST_WORDS = 48

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Part:
    """The documents of one segment that belong to threads."""

    opened: OpenSegment[Segment]
    #: Their numbers in the segment, ascending, and what each is.
    documents: NDArray[np.int64]
    roles: NDArray[np.int64]
    #: For every document of the segment the place of its thread among all, -1 for none.
    slots: NDArray[np.int64]


class Threads:
    """Which documents of a commit belong together. Made once a commit: some 10 ms for 283,000 documents."""

    def __init__(self, snapshot: Opened) -> None:
        columns = [opened.segment.columns["thread"] for opened in snapshot.segments]
        every = np.unique(np.concatenate([np.zeros(1, np.int64), *columns]) >> ROLE_BITS)
        #: The id of each thread, ascending.
        self.ids: NDArray[np.int64] = every[1:]
        self.parts = tuple(
            self._part(opened, column) for opened, column in zip(snapshot.segments, columns, strict=True)
        )

    def _part(self, opened: OpenSegment[Segment], column: NDArray[np.int64]) -> _Part:
        documents = np.flatnonzero(column)
        slots = np.full(len(column), -1, np.int64)
        slots[documents] = np.searchsorted(self.ids, column[documents] >> ROLE_BITS)
        return _Part(opened, documents, role_numbers(column[documents]), slots)


def nearest(
    threads: Threads, meanings: Sequence[Meaning], asked: Asked, cache: PostingsCache
) -> tuple[Near, ...]:
    """The nearest threads, best first, of equal ones the newest. About 1 ms of CPU a word at 283,000 documents.

    ``meanings`` are those of what is asked.
    """
    if not meanings or not len(threads.ids):
        return ()
    view = _View(threads, asked)
    scores, covered, words = view.score(meanings, cache)
    found = np.flatnonzero(view.offered & (scores > 0))
    best = found[np.lexsort((-threads.ids[found], -scores[found]))[: asked.limit]]
    return tuple(
        Near(int(threads.ids[at]), float(scores[at]), float(covered[at]), int(words[at])) for at in best
    )


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that is asked for: a text says it that has all words of any of the ways of saying it."""

    ways: tuple[tuple[str, ...], ...]
    weight: float


def words_asked(asked: Asked) -> Mapping[str, float]:
    """The words asked for, and how much each counts for where and how often it is said."""
    return similarity.query_weights(text_terms(asked.title), text_terms(asked.text))


def meanings_of(lexicon: Lexicon, asked: Asked) -> list[Meaning]:
    """The words asked for, of a long text the rarest, each for itself, but for those that can be said otherwise.

    Topics are words too.
    """
    left, found = dict(words_asked(asked)), []
    if len(left) > MOST_WORDS:
        rarest = sorted(left, key=lambda word: lexicon.frequency(TEXT, word) or lexicon.size)
        left = {word: left[word] for word in rarest[:MOST_WORDS]}
    left |= {topic_term(name): similarity.TOPIC for name in asked.topics}
    weights = dict(left)
    for group in asked.alternatives:
        ways = tuple(dict.fromkeys(way for written in group for way in _ways(written)))
        said = [way for way in ways if all(word in weights for word in way)]
        if said:
            found.append(Meaning(ways, max(min(weights[word] for word in way) for way in said)))
            for word in (word for way in said for word in way):
                left.pop(word, None)
    return [*found, *(Meaning(((word,),), weight) for word, weight in left.items())]


def _ways(written: str) -> tuple[tuple[str, ...], ...]:
    """All words of a phrase; of "сим-карта" its parts, or "симкарта"."""
    parts = tuple(text_terms(written.replace("-", " ")))
    joined = tuple(text_terms(written.replace("-", ""))) if "-" in written else ()
    return tuple(way for way in (parts, joined) if way)


class _Field:
    """One field of the threads: where its words are, as far as this person may see, and what saying one counts for."""

    def __init__(self, threads: Threads, allowed: list[Mask], name: str, field: similarity.Field) -> None:
        self._name = name
        self._count = len(threads.ids)
        self._parts = [
            (part.opened.segment, part.slots, mask) for part, mask in zip(threads.parts, allowed, strict=True)
        ]
        self.lengths = np.zeros(self._count)
        for segment, slots, mask in self._parts:
            documents = np.flatnonzero(mask)
            self._add(self.lengths, slots[documents], LENGTHS[segment.lengths[name][documents]])
        self._worth = similarity.allowance(self.lengths, field)

    def said(self, word: str, cache: PostingsCache) -> Numbers:
        """How much each thread says the word in this field."""
        said = np.zeros(self._count)
        for segment, slots, mask in self._parts:
            postings = cache.get(segment, self._name, word)
            kept = mask[postings.documents]
            self._add(said, slots[postings.documents[kept]], postings.frequencies[kept])
        return said * self._worth

    def _add(self, total: Numbers, slots: NDArray[np.int64], amounts: NDArray[np.float32]) -> None:
        if len(slots):
            total += np.bincount(slots, weights=amounts, minlength=self._count)


class _View:
    """What one person may see of the threads at one moment."""

    def __init__(self, threads: Threads, asked: Asked) -> None:
        self._count = len(threads.ids)
        self._parts = threads.parts
        self._allowed = [_allowed(part, asked) for part in threads.parts]
        asked_here, answers, tells = (self._masks(role) for role in (ASKED, ANSWERS, TELLS))
        heads = [one | other for one, other in zip(asked_here, tells, strict=True)]
        self._fields = (
            _Field(threads, heads, TITLE, similarity.TITLE),
            _Field(threads, heads, TEXT, similarity.TEXT),
            _Field(threads, answers, TEXT, similarity.ANSWERS),
        )
        self._seen = self._having(heads)
        #: Which of them are wanted.
        self.offered = self._seen.copy()
        if asked.answered:
            self.offered &= self._having(answers) | self._having(tells)
        if asked.thread_id is not None:
            self.offered &= threads.ids != asked.thread_id

    def score(
        self, meanings: Sequence[Meaning], cache: PostingsCache
    ) -> tuple[Numbers, Numbers, NDArray[np.int64]]:
        """How near each thread is, the share of the words' weight that it has, and how many of them."""
        number = int(np.count_nonzero(self._seen))
        scores, covered, whole, known = np.zeros(self._count), np.zeros(self._count), 0.0, 0
        words = np.zeros(self._count, np.int64)
        for meaning in meanings:
            said = self._said(meaning, cache)
            frequency = int(np.count_nonzero(said))
            if frequency:
                worth = meaning.weight * similarity.inverse_frequency(number, frequency)
                scores += worth * similarity.saturated(said)
                covered += worth * np.minimum(said, 1.0)
                words += said > 0
                whole += worth
                known += 1
        # A word that nobody has said is worth as much as the others on average.
        return scores, covered * known / ((whole or 1.0) * len(meanings)), words

    def _said(self, meaning: Meaning, cache: PostingsCache) -> Numbers:
        """How much each thread says it, in the way in which it says it most."""
        best = np.zeros(self._count)
        for way in meaning.ways:
            parts = [
                sum((field.said(word, cache) for field in self._fields), np.zeros(self._count))
                for word in way
            ]
            np.maximum(best, np.minimum.reduce(parts), out=best)
        return best * self._seen

    def _masks(self, role: str) -> list[Mask]:
        """Of each segment, the documents of a role that may be seen."""
        number = ROLES.index(role) + 1
        found = []
        for part, allowed in zip(self._parts, self._allowed, strict=True):
            mask = np.zeros(len(part.slots), np.bool_)
            mask[part.documents[(part.roles == number) & allowed]] = True
            found.append(mask)
        return found

    def _having(self, masks: list[Mask]) -> Mask:
        """The threads with a document among these."""
        has = np.zeros(self._count, np.bool_)
        for part, mask in zip(self._parts, masks, strict=True):
            has[part.slots[mask]] = True
        return has


def _allowed(part: _Part, asked: Asked) -> Mask:
    """Which of the segment's documents of threads count, for this person at this moment."""
    columns, documents = part.opened.segment.columns, part.documents
    places = np.array([COMPANY, *asked.visible_groups], dtype=np.int64)
    allowed: Mask = np.isin(columns["place"][documents], places)
    if part.opened.live is not None:
        allowed &= part.opened.live[documents]
    if asked.created_until is not None:
        allowed &= columns["created"][documents] < asked.created_until
    return allowed
