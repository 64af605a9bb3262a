"""From a query to what is looked for: its words, each with everything that counts as having it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.fulltext.analysis import TEXT, TITLE, Clause, Term, query_clauses, stem
from app.core.fulltext.interface import Query
from app.core.fulltext.scoring import WeighedClause, WeighedTerm, WeighedWay, inverse_frequency
from app.core.fulltext.spelling import Lexicon, relatives
from app.core.fulltext.stopwords import STOP_WORDS

#: A word that only begins like the last one of the query counts this much of a whole one.
PREFIX_BOOST = 0.6
#: A document with a relative of a known word has that word to this part.
NEARLY = 0.4
#: Words that so many of the documents have are not helped by their relatives.
_COMMON = 0.005
_COMMON_AT_LEAST = 100

_Way = tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class _Sought:
    """One thing that is looked for. Any of its ways counts; of a way, all words are needed."""

    ways: tuple[_Way, ...]

    @property
    def is_word(self) -> bool:
        """Whether it is a word of the query alone."""
        return len(self.ways) == 1 and len(self.ways[0]) == 1


def weighed(lexicon: Lexicon, query: Query) -> list[WeighedClause]:
    """What is looked for, as far as it occurs."""
    clauses = [_weigh(lexicon, one, fuzzy=query.fuzzy) for one in _sought(query)]
    return [clause for clause in clauses if clause.ways]


def has_words(query: Query) -> bool:
    """Whether there is something to look for in the text."""
    return bool(query_clauses(query.text))


def clauses_of(query: Query) -> list[Clause]:
    """Every word that is looked for, of groups too; for looking them up together."""
    return list(dict.fromkeys(clause for one in _sought(query) for way in one.ways for clause in way))


def helped(lexicon: Lexicon, query: Query) -> list[str]:
    """The words and stems whose like count too; for looking them up together."""
    clauses = [one.ways[0][0] for one in _sought(query) if one.is_word and query.fuzzy]
    rare = [clause for clause in clauses if _is_helped(lexicon, clause)]
    unknown = [
        clause
        for clause in rare
        if not any(lexicon.frequency(term.field, term.word) for term in clause.terms)
    ]
    return [*(stem(clause.word) for clause in rare), *(clause.word for clause in unknown)]


def _sought(query: Query) -> list[_Sought]:
    """The words of the text and of the phrases, once each; groups of alternatives instead of those that are theirs."""
    clauses = dict.fromkeys(query_clauses(query.text, prefix=query.prefix))
    phrased = (clause for phrase in query.phrases for clause in query_clauses(phrase))
    clauses |= dict.fromkeys(clause for clause in phrased if clause.word not in STOP_WORDS)
    wanted = [_Sought(((clause,),)) for clause in clauses]
    for group in query.alternatives:
        ways = tuple(dict.fromkeys(way for way in map(query_clauses, group) if way))
        if ways:
            wanted = _with_group(wanted, ways)
    return wanted


def _with_group(wanted: Sequence[_Sought], ways: tuple[_Way, ...]) -> list[_Sought]:
    """The group in the place of its words, or at the end."""
    words = [sought.ways[0][0] for sought in wanted if sought.is_word]
    unfinished = {clause.terms[0]: clause for clause in words if clause.prefix}
    ways = tuple(tuple(unfinished.get(clause.terms[0], clause) for clause in way) for way in ways)
    standing = {clause for way in ways for clause in _standing(way, words)}
    kept = [sought for sought in wanted if not sought.is_word or sought.ways[0][0] not in standing]
    return [*kept, _Sought(ways)]


def _standing(way: _Way, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses of the query that are the words of a way in any form; none when one is missing."""
    stems = {clause.terms[0] for clause in way}
    found = [clause for clause in clauses if clause.terms[0] in stems]
    return found if {clause.terms[0] for clause in found} == stems else []


def _weigh(lexicon: Lexicon, sought: _Sought, *, fuzzy: bool) -> WeighedClause:
    if sought.is_word:
        return _weigh_word(lexicon, sought.ways[0][0], fuzzy=fuzzy)
    return _weigh_group(lexicon, sought.ways)


def _weigh_word(lexicon: Lexicon, clause: Clause, *, fuzzy: bool) -> WeighedClause:
    terms: list[WeighedTerm] = []
    weight = 0.0
    for term in _terms(lexicon, clause):
        having = lexicon.frequency(term.field, term.word)
        if having:
            idf = inverse_frequency(lexicon.size, having)
            terms.append(WeighedTerm(term.field, term.word, idf * term.boost))
            weight = max(weight, idf)
    ways = [WeighedWay((tuple(terms),))] if terms else []
    if fuzzy and _is_helped(lexicon, clause):
        near = list(_near(lexicon, clause.word, known=bool(terms)))
        ways += near
        weight = weight or max((way.words[0][0].factor for way in near), default=0.0)
    return WeighedClause(tuple(ways), weight)


def _is_helped(lexicon: Lexicon, clause: Clause) -> bool:
    frequency = max((lexicon.frequency(term.field, term.word) for term in clause.terms), default=0)
    return bool(clause.word) and frequency <= max(_COMMON_AT_LEAST, lexicon.size * _COMMON)


def _near(lexicon: Lexicon, word: str, *, known: bool) -> Iterator[WeighedWay]:
    """The ways of having a word by another that is nearly the same. What nobody used counts as one of those."""
    for relative in relatives(lexicon, word, known=known):
        terms = []
        for field, boost in ((TEXT, 1.0), (TITLE, 2.0)):
            having = lexicon.frequency(field, relative.stem)
            if having:
                factor = inverse_frequency(lexicon.size, having) * boost * relative.worth
                terms.append(WeighedTerm(field, relative.stem, factor))
        if terms:
            yield WeighedWay((tuple(terms),), NEARLY if known else 1.0)


def _weigh_group(lexicon: Lexicon, ways: Sequence[_Way]) -> WeighedClause:
    """Words that mean the same weigh alike: as one word that all their documents have."""
    having = [_frequency(lexicon, way) for way in ways]
    if not any(having):
        return WeighedClause((), 0.0)
    idf = inverse_frequency(lexicon.size, min(lexicon.size, sum(having)))
    found = [_as_one(lexicon, way, idf) for way, some in zip(ways, having, strict=True) if some]
    return WeighedClause(tuple(found), idf)


def _frequency(lexicon: Lexicon, way: _Way) -> int:
    """About how many documents have all words of a way."""
    return min(
        max(lexicon.frequency(term.field, term.word) for term in _terms(lexicon, clause)) for clause in way
    )


def _as_one(lexicon: Lexicon, way: _Way, idf: float) -> WeighedWay:
    return WeighedWay(
        tuple(
            tuple(
                WeighedTerm(term.field, term.word, idf * term.boost / len(way))
                for term in _terms(lexicon, clause)
                if lexicon.frequency(term.field, term.word)
            )
            for clause in way
        )
    )


def _terms(lexicon: Lexicon, clause: Clause) -> tuple[Term, ...]:
    """What has a word, of an unfinished one also what goes on from it."""
    return (*clause.terms, *_expansions(lexicon, clause))


def _expansions(lexicon: Lexicon, clause: Clause) -> Iterator[Term]:
    if clause.prefix:
        exact = {term.word for term in clause.terms}
        words = set(lexicon.expand(clause.prefix))
        yield from (Term(TITLE, word, PREFIX_BOOST) for word in sorted(words - exact))
