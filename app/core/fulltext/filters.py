"""Which documents of a segment a query may count at all: decided before anything is ranked or counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.core.fulltext.analysis import TEXT, TITLE, plain_terms, query_clauses, stem, topic_term
from app.core.fulltext.arrays import COMPANY, OpenSegment, Segment
from app.core.fulltext.caching import PostingsCache
from app.core.fulltext.interface import Query
from app.core.fulltext.stopwords import STOP_WORDS

Mask = NDArray[np.bool_]


def visible(opened: OpenSegment[Segment], groups: Sequence[int]) -> Mask:
    """What a member of these groups may see. 0.5 ms at 283,000 documents."""
    seen: Mask = np.isin(opened.segment.columns["place"], np.array([COMPANY, *groups], dtype=np.int64))
    if opened.live is not None:
        seen &= opened.live
    return seen


def allowed(opened: OpenSegment[Segment], query: Query, cache: PostingsCache) -> Mask:
    """What the query is about, apart from its words, kinds and flags. A phrase costs 5 ms at 283,000 documents."""
    segment, columns = opened.segment, opened.segment.columns
    mask = visible(opened, query.visible_groups)
    for name, ids in (("group", query.group_ids), ("author", query.author_ids)):
        if ids:
            mask &= np.isin(columns[name], np.array(ids, dtype=np.int64))
    if query.created_from is not None:
        mask &= columns["created"] >= query.created_from
    if query.created_until is not None:
        mask &= columns["created"] < query.created_until
    for topic in query.topics:
        mask &= _having(segment, [(TEXT, topic_term(topic))], cache)
    for phrase in query.phrases:
        if words := plain_terms(phrase):
            mask &= _saying(segment, words, cache)
    for unwanted in query.without:
        mask &= ~_naming(segment, unwanted, cache)
    return mask


def flagged(flags: NDArray[np.uint32], query: Query) -> Mask:
    """Which of some documents have all the flags that are asked for, and none of the others."""
    wanted: Mask = flags & np.uint32(query.flags_all | query.flags_none) == np.uint32(query.flags_all)
    return wanted


def words_needed(query: Query) -> set[str]:
    """The words of the terms that `allowed` asks for; for reading them together."""
    needed = {topic_term(topic) for topic in query.topics}
    for text in query.without:
        needed |= {term.word for clause in query_clauses(text) for term in clause.terms}
    for phrase in (*query.phrases, *query.without):
        needed |= {form for word in plain_terms(phrase) for form in (word, stem(word))}
    return needed


def _naming(segment: Segment, text: str, cache: PostingsCache) -> Mask:
    """The documents with a word in any form, or with a phrase."""
    words = plain_terms(text)
    if text.startswith("#") or len(words) == 1:
        terms = [(term.field, term.word) for clause in query_clauses(text) for term in clause.terms]
        return _having(segment, terms[:1] if text.startswith("#") else terms, cache)
    return _saying(segment, words, cache)


def _saying(segment: Segment, words: Sequence[str], cache: PostingsCache) -> Mask:
    """The documents in which these words follow each other."""
    mask = np.zeros(segment.size, np.bool_)
    mask[segment.sequences.having(words)] = True
    for word in dict.fromkeys(words):
        # Of running text the postings have no stop words.
        if word not in STOP_WORDS and mask.any():
            mask &= _having(segment, [(TEXT, stem(word)), (TITLE, word)], cache)
    return mask


def _having(segment: Segment, terms: Iterable[tuple[str, str]], cache: PostingsCache) -> Mask:
    """The documents with any of these terms."""
    mask = np.zeros(segment.size, np.bool_)
    for field, word in terms:
        mask[cache.get(segment, field, word).documents] = True
    return mask
