"""What a document must be for a query to count it at all, as conditions of SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.core.fulltext.analysis import TEXT, plain_terms, query_clauses, stem, topic_term
from app.core.fulltext.interface import Query
from app.core.fulltext.postgres_tables import COMPANY
from app.core.fulltext.postgres_words import all_of, any_of, lexeme, phrase
from app.core.fulltext.scoring import WeighedClause, WeighedTerm, WeighedWay
from app.core.fulltext.searching import enough_of
from app.core.fulltext.stopwords import STOP_WORDS

#: So many of the rarest words decide what comes into question, more while they stay in so many documents together.
_LEAST_DECIDING = 3
_MOST_DECIDING = 8
_ENOUGH_DOCUMENTS = 1_500
#: Less than any weight, more than rounding.
_TINY = 1e-6


class Values(dict[str, Any]):
    """The values of a statement by name."""

    def add(self, value: Any) -> str:
        """Add a value; gives what stands for it in the statement."""
        name = f"v{len(self)}"
        self[name] = value
        return f"%({name})s"

    def query(self, query: str) -> str:
        """Add a query for words."""
        return f"{self.add(query)}::tsquery"

    def numbers(self, numbers: Sequence[int]) -> str:
        """Add a list of ids."""
        return f"{self.add(list(numbers))}::bigint[]"


def rules(
    query: Query,
    clauses: Sequence[WeighedClause],
    frequency: Callable[[str], int],
    schema: str,
    values: Values,
) -> list[str]:
    """The conditions, apart from kinds and flags; what may be seen is the first. ``frequency`` is that of a word."""
    found = [f"place = ANY ({values.numbers([COMPANY, *query.visible_groups])})"]
    if clauses:
        found += enough(clauses, frequency, values)
    for column, ids in (("group_id", query.group_ids), ("author_id", query.author_ids)):
        if ids:
            found.append(f"{column} = ANY ({values.numbers(ids)})")
    if query.created_from is not None:
        found.append(f"created >= {values.add(query.created_from)}")
    if query.created_until is not None:
        found.append(f"created < {values.add(query.created_until)}")
    found += [f"words @@ {values.query(lexeme(topic_term(topic)))}" for topic in query.topics]
    for one in query.phrases:
        if words := plain_terms(one):
            found.append(_saying(words, schema, values))
    found += [f"NOT {rule}" for unwanted in query.without if (rule := _naming(unwanted, schema, values))]
    return found


def flagged(query: Query) -> str:
    """The condition on flags."""
    return f"flags & {query.flags_all | query.flags_none:d} = {query.flags_all:d}"


def enough(clauses: Sequence[WeighedClause], frequency: Callable[[str], int], values: Values) -> list[str]:
    """The conditions for having enough of the weight of these clauses.

    The first is for the index: what has enough of the rarest words to come into question. Of what that finds, the
    second adds up all words; it is left out when it would decide nothing.
    """
    least = enough_of(clauses)
    deciding = _deciding(clauses, frequency)
    others = sum(clause.weight for clause in clauses) - sum(clause.weight for clause in deciding)
    sought = _having(
        [(clause.weight, any_of(_ways(clause))) for clause in deciding], max(least - others, _TINY)
    )
    found = [f"words @@ {values.query(sought)}"]
    if len(deciding) < len(clauses) or any(way.share < 1 for clause in clauses for way in clause.ways):
        found.append(f"{covered(clauses, values)} >= {values.add(least - _TINY)}::float8")
    return found


def covered(clauses: Sequence[WeighedClause], values: Values) -> str:
    """The weight of these clauses that a document has."""
    return f"({' + '.join(_covered(clause, values) for clause in clauses)})"


def whole(clause: WeighedClause) -> str:
    """A query for what has the clause, not only nearly."""
    return any_of([way_query(way) for way in clause.ways if way.share == 1] or _ways(clause))


def about(clauses: Sequence[WeighedClause], frequency: Callable[[str], int]) -> int:
    """About how many documents come into question, rather too many than too few."""
    return sum(map(frequency, words_of(_deciding(clauses, frequency))))


def words_of(clauses: Iterable[WeighedClause]) -> set[str]:
    """All words that count for these clauses."""
    return {term.word for clause in clauses for way in clause.ways for terms in way.words for term in terms}


def _ways(clause: WeighedClause) -> list[str]:
    return list(dict.fromkeys(way_query(way) for way in clause.ways))


def _deciding(clauses: Sequence[WeighedClause], frequency: Callable[[str], int]) -> list[WeighedClause]:
    """The rarest clauses, heaviest first: some in any case, more as long as they stay in few documents."""
    chosen: list[WeighedClause] = []
    documents = 0
    for clause in sorted(clauses, key=lambda clause: -clause.weight)[:_MOST_DECIDING]:
        documents += sum(map(frequency, words_of([clause])))
        if len(chosen) >= _LEAST_DECIDING and documents > _ENOUGH_DOCUMENTS:
            break
        chosen.append(clause)
    return chosen


def _covered(clause: WeighedClause, values: Values) -> str:
    """The weight of a clause that a document has, of the best way of having it."""
    shares = sorted({way.share for way in clause.ways}, reverse=True)
    cases = " ".join(
        f"WHEN words @@ {values.query(any_of([way_query(way) for way in clause.ways if way.share == share]))} "
        f"THEN {values.add(share * clause.weight)}::float8"
        for share in shares
    )
    return f"CASE {cases} ELSE 0 END"


def way_query(way: WeighedWay) -> str:
    """A query for what has all the words of a way."""
    return all_of([terms_query(terms) for terms in way.words])


def terms_query(terms: Sequence[WeighedTerm]) -> str:
    """A query for any of these terms; the fields are told apart where a word counts in titles alone."""
    texts = {term.word for term in terms if term.field == TEXT}
    return any_of(list(dict.fromkeys(lexeme(term.word, "" if term.word in texts else "A") for term in terms)))


def _having(clauses: Sequence[tuple[float, str]], least: float) -> str:
    """A query for clauses that weigh so much together. The heaviest comes first."""
    alternatives: list[str] = []
    for place, (weight, query) in enumerate(clauses):
        rest = clauses[place + 1 :]
        if weight >= least:
            alternatives.append(query)
        elif weight + sum(other for other, _ in rest) >= least:
            alternatives.append(all_of([query, _having(rest, least - weight)]))
    return any_of(alternatives)


def _naming(text: str, schema: str, values: Values) -> str:
    """What has a word in any form, or a phrase; empty when there is no word."""
    words = plain_terms(text)
    if text.startswith("#") or len(words) == 1:
        terms = [term.word for clause in query_clauses(text) for term in clause.terms]
        wanted = terms[:1] if text.startswith("#") else dict.fromkeys(terms)
        return f"words @@ {values.query(any_of([lexeme(word) for word in wanted]))}" if wanted else ""
    return _saying(words, schema, values) if words else ""


def _saying(words: Sequence[str], schema: str, values: Values) -> str:
    """What has these words side by side: found by those that tell, then looked at word by word."""
    telling = [
        any_of([lexeme(stem(word)), lexeme(word)]) for word in dict.fromkeys(words) if word not in STOP_WORDS
    ]
    found = f"words @@ {values.query(all_of(telling))} AND " if telling else ""
    here = "(written.kind, written.id) = (documents.kind, documents.id)"
    exact = f"written @@ {values.query(phrase(words))}"
    return f"({found}EXISTS (SELECT FROM {schema}.written WHERE {here} AND {exact}))"
