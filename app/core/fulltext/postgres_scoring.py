"""Ranking in SQL: what the words of a query add to the score of a document, and what counts beside them.

`ts_rank` of one word tells how often a document says it; the rest is the arithmetic of BM25F, as in `scoring`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from app.core.fulltext.analysis import TITLE
from app.core.fulltext.interface import ARTICLE, Query
from app.core.fulltext.postgres_filters import Values, covered, way_query, whole, words_of
from app.core.fulltext.postgres_words import all_of, any_of, lexeme
from app.core.fulltext.scoring import (
    ARTICLE_BOOST,
    AUTHORITY_BOOST,
    FORMAT_BOOST,
    FRESH_BOOST,
    FRESH_SECONDS,
    K1,
    MOST_WORTH,
    REGION_BOOST,
    STANDING_BOOST,
    B,
    WeighedClause,
    WeighedTerm,
    WeighedWay,
)
from app.core.fulltext.searching import ALL_TOGETHER

#: For a word said once `ts_rank` gives 6 / π², which is 1 / (1 + this).
_HALF = 0.64493406685
#: Factors that differ by less count as one.
_ALIKE = 1.3


def score(
    clauses: Sequence[WeighedClause], query: Query, lengths: Mapping[str, float], values: Values
) -> str:
    """How good a document is: first what has every word, then by the words; what has expired comes last."""
    words = " + ".join(_clause(clause, lengths, values) for clause in clauses)
    every = best = f"{values.add(sum(clause.best_possible for clause in clauses) * MOST_WORTH)}::float8"
    together = "1"
    if len(clauses) > 1 or any(way.share < 1 for way in clauses[0].ways):
        complete = values.query(all_of([whole(clause) for clause in clauses]))
        every = f"CASE WHEN words @@ {complete} THEN {best} ELSE 0 END"
        total = values.add(sum(clause.weight for clause in clauses))
        together = f"(1 - {ALL_TOGETHER} * (1 - {covered(clauses, values)} / {total}::float8))"
    return (
        f"({words}) * ({_worth(query, values)}) * {together} + {every}"
        f" - CASE WHEN {_is_over(query, values)} THEN 3 * {best} ELSE 0 END"
    )


def likely(clauses: Sequence[WeighedClause], values: Values) -> str:
    """How likely a document is to rank high, which costs less to know than how high."""
    complete = values.query(all_of([whole(clause) for clause in clauses]))
    titles = values.query(any_of([lexeme(word, "A") for word in sorted(words_of(clauses))]))
    titled = f"title_length > 0 AND words @@ {titles}"
    return (
        f"CASE WHEN standing < 0 THEN -2 WHEN standing > 0 OR flags & {ARTICLE} > 0 OR {titled} THEN 1 ELSE 0 END"
        f" + CASE WHEN words @@ {complete} THEN 2 ELSE 0 END"
    )


def _clause(clause: WeighedClause, lengths: Mapping[str, float], values: Values) -> str:
    """What a clause adds: the best of its ways. Other words than its own are looked at where those are missing."""
    first, *others = clause.ways
    own = _way(first, lengths, values)
    parts = [_way(way, lengths, values) for way in others if len(way.words) > 1]
    single = [term for way in others if len(way.words) == 1 for term in way.words[0]]
    parts += [_any_of(terms, lengths, values) for terms in _about_alike(single)]
    return f"coalesce(nullif({own}, 0), greatest({', '.join(parts)}))" if parts else own


def _about_alike(terms: Sequence[WeighedTerm]) -> list[list[WeighedTerm]]:
    """The terms in groups of the same field and about the same factor."""
    groups: list[list[WeighedTerm]] = []
    for term in sorted(terms, key=lambda term: (term.field, term.factor)):
        last = groups[-1][0] if groups else None
        if last is not None and last.field == term.field and term.factor <= _ALIKE * last.factor:
            groups[-1].append(term)
        else:
            groups.append([term])
    return groups


def _way(way: WeighedWay, lengths: Mapping[str, float], values: Values) -> str:
    added = " + ".join(_terms(terms, lengths, values) for terms in way.words)
    if len(way.words) == 1:
        return added
    return f"CASE WHEN words @@ {values.query(way_query(way))} THEN {added} ELSE 0 END"


def _terms(terms: Sequence[WeighedTerm], lengths: Mapping[str, float], values: Values) -> str:
    """What the terms add together, those of titles and of texts apart, as both have their own lengths."""
    parts = []
    for field, some in groupby(sorted(terms, key=lambda term: term.field), key=lambda term: term.field):
        words = {term.word: term.factor for term in some}
        # PostgreSQL divides by the number of words.
        rank = _rank(field, list(words), values)
        parts.append(_said(field, lengths[field], sum(words.values()), rank, values))
    return f"({' + '.join(parts)})"


def _any_of(terms: Sequence[WeighedTerm], lengths: Mapping[str, float], values: Values) -> str:
    """What having any of these terms of one field adds; several together are as one said several times."""
    field, words = terms[0].field, list(dict.fromkeys(term.word for term in terms))
    factor = sum(term.factor for term in terms) / len(terms)
    rank = _rank(field, words, values)
    if len(words) > 1:
        rank = f"({len(words)} * {rank} / ({len(words)} * {rank} + {1 - 1 / (1 + _HALF)}))"
    return _said(field, lengths[field], factor, rank, values)


def _rank(field: str, words: Sequence[str], values: Values) -> str:
    weights = "{0,0,0,1}" if field == TITLE else "{1,0,0,0}"
    return f"ts_rank('{weights}', words, {values.query(any_of([lexeme(word) for word in words]))})"


def _said(field: str, average: float, factor: float, rank: str, values: Values) -> str:
    """BM25F of a word of a field from its rank.

    What `ts_rank` gives is near n / (n + `_HALF`) for a word that is said n times, so n is known without counting.
    """
    penalty = f"({K1 * (1 - B) / _HALF} + {K1 * B / _HALF / average:.9f} * {field}_length)"
    most = f"{values.add(factor * (K1 + 1))}::float8"
    said = f"coalesce({most} / (1 + {penalty} * (1 / nullif({rank}, 0)::float8 - 1)), 0)"
    return f"CASE WHEN title_length > 0 THEN {said} ELSE 0 END" if field == TITLE else said


def _worth(query: Query, values: Values) -> str:
    """What the score is multiplied by, as `scoring.worth`."""
    parts = [
        f"1 + {STANDING_BOOST} * greatest(standing, 0) + {AUTHORITY_BOOST} * authority",
        f"CASE WHEN flags & {ARTICLE} > 0 THEN {ARTICLE_BOOST} ELSE 0 END",
    ]
    if query.now is not None:
        age = f"greatest({values.add(query.now)} - created, 0)"
        parts.append(f"{FRESH_BOOST} * power(2::float8, greatest(-{age}::float8 / {FRESH_SECONDS}, -60))")
    for column, boost, near in (
        ("region_id", REGION_BOOST, query.near_region),
        ("format", FORMAT_BOOST, query.near_format),
    ):
        if near is not None:
            parts.append(f"CASE WHEN {column} = {values.add(near)} THEN {boost} ELSE 0 END")
    return " + ".join(parts)


def _is_over(query: Query, values: Values) -> str:
    over = "standing < 0"
    return over if query.today is None else f"{over} OR valid_until < {values.add(query.today)}"
