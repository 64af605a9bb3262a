"""Finding and ranking in PostgreSQL: the GIN index says which documents have enough of the words, SQL ranks those.

What a document must have is a formula over the query's rarest words, which the index evaluates by itself. What may be
seen and what is asked for are conditions of the same statement, so counts and pages are right; see
docs/search-postgresql.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.core.fulltext import postgres_filters, postgres_scoring
from app.core.fulltext.asking import clauses_of, has_words, helped, weighed
from app.core.fulltext.interface import FLAGS, Hit, Hits, Query
from app.core.fulltext.postgres_filters import Values
from app.core.fulltext.postgres_lexicon import Lexicon

#: Of more matches than this only the likeliest are ranked: what has every word, or is trusted or has it in its title,
#: and then the newest. All are counted.
MOST_RANKED = 5_000

_SEARCH = """
WITH found AS MATERIALIZED (
    SELECT kind, id, created, flags, {score} AS score FROM {schema}.documents WHERE {rules}
),
chosen AS (SELECT * FROM found WHERE {flags})
SELECT NULL::bigint AS id, kind, flags, 0::float8 AS score, count(*) AS amount FROM found GROUP BY kind, flags
UNION ALL ({page})
"""
#: The same for very many matches.
_SEARCH_MANY = """
WITH found AS MATERIALIZED (
    SELECT kind, id, created, flags, {likely} AS likely FROM {schema}.documents WHERE {rules}
),
likeliest AS MATERIALIZED (
    SELECT kind, id FROM found WHERE {flags} AND kind = ANY (%(kinds)s::smallint[])
    ORDER BY likely DESC, created DESC LIMIT greatest({most}, %(offset)s + %(limit)s)
),
chosen AS (
    SELECT kind, id, created, flags, {score} AS score FROM likeliest JOIN {schema}.documents USING (kind, id)
)
SELECT NULL::bigint AS id, kind, flags, 0::float8 AS score, count(*) AS amount FROM found GROUP BY kind, flags
UNION ALL ({page})
"""
_PAGE = """
SELECT id, kind, 0, score, 0 FROM chosen WHERE kind = ANY (%(kinds)s::smallint[])
ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s
"""
_PAGE_OF_EACH = """
SELECT id, kind, 0, score, 0 FROM (
    SELECT chosen.*, row_number() OVER (PARTITION BY kind ORDER BY {order}) AS place
    FROM chosen WHERE kind = ANY (%(kinds)s::smallint[])
) AS placed WHERE place <= %(limit)s ORDER BY array_position(%(kinds)s::smallint[], kind), place
"""
_BEST = "score DESC, created DESC, kind DESC, id DESC"
_NEWEST = "created DESC, kind DESC, id DESC"


def search(connection: Connection, schema: str, query: Query, kinds: Sequence[str]) -> Hits:
    """Answer the query. Three statements, two more when words that are nearly the same count too, one for a prefix.

    Raises `SearchUnavailable` for an index of another version.
    """
    lexicon = Lexicon(connection, schema, kinds, query.visible_groups)
    if query.text.strip() and not has_words(query):
        return Hits(total=0)
    lexicon.learn(term.word for clause in clauses_of(query) for term in clause.terms)
    lexicon.learn_alike(helped(lexicon, query))
    clauses = weighed(lexicon, query)
    if not clauses and (query.text.strip() or query.alternatives) and not query.phrases:
        return Hits(total=0)
    values = Values(
        kinds=[kinds.index(kind) for kind in query.kinds or kinds],
        limit=max(0, query.limit),
        offset=query.offset,
    )
    newest = query.order == "newest" or not clauses
    page = _PAGE_OF_EACH if query.of_each_kind else _PAGE
    ranked = not newest and query.limit > 0
    many = ranked and postgres_filters.about(clauses, lexicon.documents) > MOST_RANKED
    statement = (_SEARCH_MANY if many else _SEARCH).format(
        schema=schema,
        likely=postgres_scoring.likely(clauses, values) if many else "",
        most=MOST_RANKED,
        score=postgres_scoring.score(clauses, query, lexicon.average_lengths, values)
        if ranked
        else "0::float8",
        rules=" AND ".join(postgres_filters.rules(query, clauses, lexicon.documents, schema, values)),
        flags=postgres_filters.flagged(query),
        page=page.format(order=_NEWEST if newest else _BEST),
    )
    return _hits(connection.exec_driver_sql(statement, values).all(), query, kinds)


def _hits(rows: Sequence[Any], query: Query, kinds: Sequence[str]) -> Hits:
    counts: dict[str, int] = {}
    flags: dict[int, int] = {}
    for row in rows:
        if row.id is not None:
            continue
        for flag in FLAGS:
            if row.flags & flag:
                flags[flag] = flags.get(flag, 0) + row.amount
        if row.flags & query.flags_all == query.flags_all and not row.flags & query.flags_none:
            counts[kinds[row.kind]] = counts.get(kinds[row.kind], 0) + row.amount
    return Hits(
        total=sum(counts.get(kind, 0) for kind in query.kinds or kinds),
        hits=tuple(Hit(kinds[row.kind], row.id, row.score) for row in rows if row.id is not None),
        counts=counts,
        flag_counts=flags,
    )
