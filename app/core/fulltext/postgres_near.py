"""What is like a question, from PostgreSQL: threads with its rarest words, then compared by all of them.

The arithmetic is in `app.lib.similarity`. How rare a word is, is counted over what the whole company may see; lengths
are compared among the threads that were found. So what a person may not see has no influence on what they find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from app.core.fulltext.analysis import text_terms, topic_term
from app.core.fulltext.interface import ANSWERS, ASKED, ROLES, TELLS, Asked, Near
from app.core.fulltext.postgres_lexicon import Lexicon
from app.core.fulltext.postgres_tables import COMPANY
from app.core.fulltext.postgres_words import any_of, clean, lexeme
from app.lib import similarity

#: Of a long text, so many different words count: the rarest.
MOST_WORDS = 48
#: So many of the rarest words are looked for, fewer when they are in so many texts together already.
SOUGHT = 8
ENOUGH_TEXTS = 5_000
#: So many threads are compared by all words.
COMPARED = 150

_ANSWERS, _HEADS = ROLES.index(ANSWERS) + 1, (ROLES.index(ASKED) + 1, ROLES.index(TELLS) + 1)
_TELLS = ROLES.index(TELLS) + 1

_SOUGHT = """
WITH found AS MATERIALIZED (
    SELECT thread_id, {rough} AS score FROM {schema}.documents
    WHERE words @@ %(sought)s::tsquery AND role > 0 AND thread_id <> 0 AND thread_id <> %(itself)s AND {visible}
)
SELECT thread_id FROM found GROUP BY thread_id ORDER BY sum(score) DESC, thread_id DESC LIMIT %(compared)s
"""
_COMPARED = """
SELECT kind, id, thread_id, role, title_length, text_length, lexeme,
    cardinality(array_positions(weights, 'A')) AS in_title, cardinality(array_positions(weights, 'D')) AS in_text
FROM {schema}.documents
LEFT JOIN LATERAL (
    SELECT lexeme, weights FROM unnest(words) WHERE lexeme = ANY (%(words)s)
) AS said ON words @@ %(any)s::tsquery
WHERE thread_id = ANY (%(threads)s) AND thread_id <> 0 AND role > 0 AND {visible}
ORDER BY kind, id
"""
_AS_OF = """
SELECT count(*) FILTER (WHERE role IN (1, 3)) AS heads, {counts} FROM {schema}.documents
WHERE role > 0 AND place = -1 AND created < %(until)s
"""

Numbers = NDArray[np.float64]


def nearest(connection: Connection, schema: str, asked: Asked, kinds: Sequence[str]) -> tuple[Near, ...]:
    """The nearest threads, best first, of equal ones the newest. Four statements, one more when there is a date.

    With a date, how rare words are is counted anew among what was written before it, which reads every thread: that is
    for measuring, not for pages. Raises `SearchUnavailable` for an index of another version.
    """
    weights = similarity.query_weights(text_terms(asked.title), text_terms(asked.text))
    weights |= {topic_term(name): similarity.TOPIC for name in asked.topics}
    lexicon = Lexicon(connection, schema, kinds, asked.visible_groups)
    lexicon.learn(weights)
    frequencies = {word: known.threads for word in weights if (known := lexicon.known(word)) is not None}
    weights = _rarest(weights, frequencies, lexicon.size)
    frequencies = {word: count for word, count in frequencies.items() if word in weights}
    heads = lexicon.heads
    if asked.created_until is not None and frequencies:
        heads, frequencies = _as_of(connection, schema, asked.created_until, list(frequencies))
    threads = _sought(connection, schema, asked, weights, frequencies, heads) if frequencies else []
    if not threads:
        return ()
    view = _View(_rows(connection, schema, asked, threads, list(frequencies)), threads)
    scores, covered, words = view.score(weights, frequencies, heads)
    wanted = view.answered if asked.answered else view.seen
    found = np.flatnonzero(wanted & (scores > 0))
    ids = np.array(threads)
    best = found[np.lexsort((-ids[found], -scores[found]))[: asked.limit]]
    return tuple(Near(int(ids[at]), float(scores[at]), float(covered[at]), int(words[at])) for at in best)


def _rarest(weights: Mapping[str, float], frequencies: Mapping[str, int], documents: int) -> dict[str, float]:
    """Of a long text only the rarest words; those that nobody has said come last, as they find nothing."""
    if len(weights) <= MOST_WORDS:
        return dict(weights)
    kept = sorted(weights, key=lambda word: frequencies.get(word, documents + 1))[:MOST_WORDS]
    return {word: weights[word] for word in kept}


def _as_of(
    connection: Connection, schema: str, until: int, words: Sequence[str]
) -> tuple[int, dict[str, int]]:
    values: dict[str, Any] = {"until": until} | {f"w{at}": lexeme(word) for at, word in enumerate(words)}
    counts = ", ".join(f"count(*) FILTER (WHERE words @@ %(w{at})s::tsquery)" for at in range(len(words)))
    row = connection.exec_driver_sql(_AS_OF.format(schema=schema, counts=counts), values).one()
    return row.heads, dict(zip(words, row[1:], strict=True))


def _sought(
    connection: Connection,
    schema: str,
    asked: Asked,
    weights: Mapping[str, float],
    frequencies: Mapping[str, int],
    heads: int,
) -> list[int]:
    """The threads that may be near, by their rarest words."""
    words: list[str] = []
    texts = 0
    for word in sorted(frequencies, key=lambda word: (frequencies[word], word)):
        texts += frequencies[word]
        if len(words) == SOUGHT or (words and texts > ENOUGH_TEXTS):
            break
        words.append(word)
    visible, values = _visible(asked)
    parts = []
    for at, word in enumerate(words):
        values[f"q{at}"] = lexeme(word)
        worth = weights[word] * _worth(heads, frequencies[word])
        parts.append(f"CASE WHEN words @@ %(q{at})s::tsquery THEN {worth} ELSE 0 END")
    values |= {"sought": any_of([lexeme(word) for word in words]), "compared": COMPARED}
    values["itself"] = asked.thread_id or 0
    statement = _SOUGHT.format(schema=schema, rough=" + ".join(parts), visible=visible)
    return list(connection.exec_driver_sql(statement, values).scalars())


def _rows(
    connection: Connection, schema: str, asked: Asked, threads: Sequence[int], words: Sequence[str]
) -> Sequence[Any]:
    visible, values = _visible(asked)
    values |= {"threads": list(threads), "words": [clean(word) for word in words]}
    values["any"] = any_of([lexeme(word) for word in words])
    return connection.exec_driver_sql(_COMPARED.format(schema=schema, visible=visible), values).all()


def _visible(asked: Asked) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {"places": [COMPANY, *asked.visible_groups]}
    if asked.created_until is None:
        return "place = ANY (%(places)s::bigint[])", values
    return "place = ANY (%(places)s::bigint[]) AND created < %(until)s", values | {
        "until": asked.created_until
    }


def _worth(heads: int, frequency: int) -> float:
    return similarity.inverse_frequency(max(heads, frequency), frequency)


class _View:
    """What one person may see of some threads: who says what how often, and how long the fields are."""

    def __init__(self, rows: Sequence[Any], threads: Sequence[int]) -> None:
        self._slots = {id_: slot for slot, id_ in enumerate(threads)}
        self._count = len(threads)
        self.seen = np.zeros(self._count, np.bool_)
        #: Those that have something to tell.
        self.answered = np.zeros(self._count, np.bool_)
        fields = (similarity.TITLE, similarity.TEXT, similarity.ANSWERS)
        lengths = [np.zeros(self._count) for _ in fields]
        said: dict[str, list[Numbers]] = defaultdict(lambda: [np.zeros(self._count) for _ in fields])
        before: tuple[int, int] | None = None
        for kind, id_, thread, role, title_length, text_length, word, in_title, in_text in rows:
            slot = self._slots[thread]
            is_answer = role == _ANSWERS
            if word is not None:
                counts = said[word]
                counts[2 if is_answer else 1][slot] += in_text
                counts[0][slot] += 0 if is_answer else in_title
            if (kind, id_) == before:
                continue
            before = (kind, id_)
            self.seen[slot] |= role in _HEADS
            self.answered[slot] |= is_answer or role == _TELLS
            lengths[2 if is_answer else 1][slot] += text_length
            lengths[0][slot] += 0 if is_answer else title_length
        self.answered &= self.seen
        worth = [
            similarity.allowance(lengths[at] * (1 if at == 2 else self.seen), field)
            for at, field in enumerate(fields)
        ]
        self._said = {
            word: sum((one * each for one, each in zip(counts, worth, strict=True)), np.zeros(self._count))
            for word, counts in said.items()
        }

    def score(
        self, weights: Mapping[str, float], frequencies: Mapping[str, int], heads: int
    ) -> tuple[Numbers, Numbers, NDArray[np.int64]]:
        """How near each thread is, the share of the words' weight that it has, and how many of them."""
        scores, covered, whole, known = np.zeros(self._count), np.zeros(self._count), 0.0, 0
        words = np.zeros(self._count, np.int64)
        for word, weight in weights.items():
            said = self._said.get(clean(word), np.zeros(self._count)) * self.seen
            frequency = max(frequencies.get(word, 0), int(np.count_nonzero(said)))
            if frequency:
                worth = weight * _worth(heads, frequency)
                scores += worth * similarity.saturated(said)
                covered += worth * np.minimum(said, 1.0)
                words += said > 0
                whole += worth
                known += 1
        # A word that nobody has said is worth as much as the others on average.
        return scores, covered * known / ((whole or 1.0) * len(weights)), words
