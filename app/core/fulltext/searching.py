"""Finding: what may be seen is decided before anything is counted, then what has enough of the query's words is ranked.

Enough is by weight of the words, so that one filler word does not do. What has every word comes first, and what has
expired last.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.fulltext.arrays import NONE, Opened, OpenSegment, Segment, kind_numbers, unpack_key
from app.core.fulltext.asking import has_words
from app.core.fulltext.caching import PostingsCache
from app.core.fulltext.filters import allowed, flagged
from app.core.fulltext.interface import FLAGS, Hit, Hits, Query
from app.core.fulltext.scoring import MOST_WORTH, Scores, Tally, WeighedClause, is_over, worth

#: Share of the query's weight a document must have; of a question in many words a short answer has less.
ENOUGH = 0.25
ENOUGH_OF_MANY = 0.1
_MANY = 5
#: What a document loses of its score with the words it has not, by their share of the query's weight.
ALL_TOGETHER = 0.5


@dataclass(frozen=True, slots=True)
class _Match:
    """Matching documents of one segment, and how good each is."""

    keys: NDArray[np.int64]
    created: NDArray[np.int64]
    scores: Scores
    flags: NDArray[np.uint32]
    #: When they are to be counted.
    groups: NDArray[np.int64] | None = None

    def only(self, chosen: NDArray[np.bool_]) -> "_Match":
        """Some of them."""
        groups = None if self.groups is None else self.groups[chosen]
        return _Match(
            self.keys[chosen], self.created[chosen], self.scores[chosen], self.flags[chosen], groups
        )


def search(
    snapshot: Opened,
    clauses: Sequence[WeighedClause],
    query: Query,
    kinds: Sequence[str],
    cache: PostingsCache,
) -> Hits:
    """Answer the query, of which ``clauses`` are the words. At 283,000 documents this takes 1 to 15 ms of CPU."""
    if query.text.strip() and not has_words(query):
        return Hits(total=0)
    if not clauses and (query.text.strip() or query.alternatives) and not query.phrases:
        return Hits(total=0)
    every = [_match(opened, snapshot, clauses, query, cache) for opened in snapshot.segments]
    matches = [match.only(flagged(match.flags, query)) for match in every] if _by_flags(query) else every
    counts = _count_kinds(matches, kinds)
    newest = query.order == "newest" or not clauses
    wanted = matches
    if query.of_each_kind:
        best = ([_of_kind(match, kind, kinds) for match in matches] for kind in query.kinds)
        hits = [hit for each in best for hit in _page(each, 0, query.limit, newest=newest)]
    else:
        if query.kinds:
            wanted = [_of_kind(match, kind, kinds) for match in matches for kind in query.kinds]
        hits = _page(wanted, query.offset, query.limit, newest=newest)
    return Hits(
        total=sum(counts.get(kind, 0) for kind in query.kinds or kinds),
        hits=tuple(_hit(key, score, kinds) for key, score in hits),
        counts=counts,
        flag_counts=_count_flags(every),
        group_counts=_count_groups(wanted) if query.count_groups else {},
    )


def enough_of(clauses: Sequence[WeighedClause]) -> float:
    """The weight a document must have to be found."""
    share = ENOUGH if len(clauses) < _MANY else ENOUGH_OF_MANY
    return share * sum(clause.weight for clause in clauses)


def _by_flags(query: Query) -> bool:
    return bool(query.flags_all or query.flags_none)


def _match(
    opened: OpenSegment[Segment],
    snapshot: Opened,
    clauses: Sequence[WeighedClause],
    query: Query,
    cache: PostingsCache,
) -> _Match:
    segment = opened.segment
    mask = allowed(opened, query, cache)
    tally = Tally(segment, snapshot, cache)
    for clause in clauses:
        tally.add(clause)
    scores = tally.scores
    if clauses:
        total = sum(clause.weight for clause in clauses)
        mask &= tally.covered >= np.float32(enough_of(clauses))
        # Half of the rarest word's weight is safely above rounding and below any missing word.
        complete = tally.covered >= total - min(clause.weight for clause in clauses) / 2
        best = np.float32(sum(clause.best_possible for clause in clauses) * MOST_WORTH)
        scores *= worth(segment.columns, query)
        scores *= 1 - np.float32(ALL_TOGETHER) * (1 - tally.covered / np.float32(total))
        # What has every word comes before what has not; what has expired comes last, whatever it has.
        scores += complete * best - is_over(segment.columns, query) * (3 * best)
    found = np.flatnonzero(mask)
    columns = segment.columns
    groups = columns["group"][found] if query.count_groups else None
    return _Match(
        columns["key"][found], columns["created"][found], scores[found], columns["flags"][found], groups
    )


def _count_kinds(matches: Sequence[_Match], kinds: Sequence[str]) -> dict[str, int]:
    totals = np.zeros(len(kinds), np.int64)
    for match in matches:
        totals += np.bincount(kind_numbers(match.keys), minlength=len(kinds))
    return {kind: int(total) for kind, total in zip(kinds, totals, strict=True) if total}


def _count_flags(matches: Sequence[_Match]) -> dict[int, int]:
    every = np.zeros(sum(FLAGS) + 1, np.int64)
    for match in matches:
        every += np.bincount(match.flags, minlength=len(every))
    counts = {flag: int(every[np.arange(len(every)) & flag > 0].sum()) for flag in FLAGS}
    return {flag: count for flag, count in counts.items() if count}


def _count_groups(matches: Sequence[_Match]) -> dict[int, int]:
    """A few milliseconds for 100,000 matches."""
    groups = [match.groups[match.groups != NONE] for match in matches if match.groups is not None]
    known, counts = np.unique(np.concatenate(groups or [np.empty(0, np.int64)]), return_counts=True)
    return dict(zip(known.tolist(), counts.tolist(), strict=True))


def _of_kind(match: _Match, kind: str, kinds: Sequence[str]) -> _Match:
    return match.only(kind_numbers(match.keys) == kinds.index(kind))


def _page(matches: Sequence[_Match], offset: int, limit: int, *, newest: bool) -> list[tuple[int, float]]:
    """The page's keys with scores: best first, or newest first; then newest, then highest key."""
    if limit <= 0:
        return []
    keys = np.concatenate([match.keys for match in matches] or [np.empty(0, np.int64)])
    created = np.concatenate([match.created for match in matches] or [np.empty(0, np.int64)])
    scores = np.concatenate([match.scores for match in matches] or [np.empty(0, np.float32)])
    first = created if newest else scores
    wanted = offset + limit
    if wanted < len(keys):
        # Only what reaches the score of the page's last place needs to be sorted.
        threshold = np.partition(first, len(first) - wanted)[len(first) - wanted]
        near = np.flatnonzero(first >= threshold)
        keys, created, scores, first = keys[near], created[near], scores[near], first[near]
    order = np.lexsort((-keys, -created, -first))[offset:wanted]
    return [(int(keys[place]), float(scores[place])) for place in order]


def _hit(key: int, score: float, kinds: Sequence[str]) -> Hit:
    number, id_ = unpack_key(key)
    return Hit(kinds[number], id_, score)
