"""Showing where a text was found: the best stretch of it, with the found words marked.

Works on the text as it was written, by the same analysis as the index; it gives pieces of plain text, and whoever
renders them escapes each.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.fulltext.analysis import fold_words, query_clauses, stem, word_terms
from app.core.fulltext.interface import Query
from app.core.fulltext.stopwords import STOP_WORDS
from app.lib.text import in_a_row

_WORD = re.compile(
    r"#?\w[\w\u0300-\u036f\u00ad\u200b-\u200d]*(?:[-\u2010\u2011_'’ʼ][\w\u0300-\u036f\u00ad]+)*"
)
_ELLIPSIS = "…"
#: Characters of a phrase that are looked at.
_LONGEST_RUN = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text; ``found`` when the query asked for it."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    #: The query's words this is a form of.
    words: frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class _Run:
    """Words that have to follow each other."""

    words: tuple[str, ...]
    #: Whether each is meant as it is written, and not in any form.
    exact: bool


class Marker:
    """Marks the words of one query in many texts.

    `phrases` are marked where their words follow each other as they are written, `alternatives` (see `Query`) where
    their words do in any form. A stop word is marked only within them, or when it was asked for alone.
    """

    def __init__(
        self,
        query_text: str,
        *,
        prefix: bool = False,
        phrases: Iterable[str] = (),
        alternatives: Iterable[Iterable[str]] = (),
    ) -> None:
        clauses = query_clauses(query_text, prefix=prefix)
        self._words = frozenset(term.word for clause in clauses for term in clause.terms)
        self._asked = frozenset(clause.word for clause in clauses)
        self._prefixes = tuple(clause.prefix for clause in clauses if clause.prefix)
        runs = {_run(phrase, exact=True) for phrase in phrases}
        runs |= {_run(name, exact=False) for names in alternatives for name in names}
        self._runs = tuple(sorted(run for run in runs if run.words))

    @classmethod
    def of(cls, query: Query) -> "Marker":
        """The marker of what a query asks for."""
        return cls(query.text, prefix=query.prefix, phrases=query.phrases, alternatives=query.alternatives)

    def mark(self, text: str) -> tuple[Piece, ...]:
        """The whole text in pieces, joined together equal to it."""
        return _pieces(text, 0, len(text), self._spans(text))

    def snippet(self, text: str, width: int = 240) -> tuple[Piece, ...]:
        """About ``width`` characters around the place with the most different words of the query.

        Lines stand in a row (see `in_a_row`); left-out text is shown by an ellipsis. Without any found word it is the
        beginning.
        """
        text = in_a_row(text)
        if len(text) <= width:
            return self.mark(text)
        spans = self._spans(text)
        start, end = _cut(text, _best_start(spans, width), width)
        pieces = list(_pieces(text, start, end, spans))
        if start > 0:
            pieces.insert(0, Piece(_ELLIPSIS, found=False))
        if end < len(text):
            pieces.append(Piece(_ELLIPSIS, found=False))
        return tuple(pieces)

    def _spans(self, text: str) -> list[_Span]:
        if not self._words and not self._runs:
            return []
        written = list(_WORD.finditer(text))
        spans: list[_Span] = []
        at = 0
        while at < len(written):
            match = written[at]
            words, length = self._found_in(match.group()), 1
            told = not self._is_idle(match.group())
            for run in self._runs:
                # A form of a word may be spelled like a stop word: «тома», «том».
                if not (told or run.exact or len(run.words) > 1):
                    continue
                if len(run.words) >= length and _stands_at(run, written, at):
                    words, length = words | frozenset(run.words), len(run.words)
            if words:
                spans.append(_Span(match.start(), written[at + length - 1].end(), words))
            at += length
        return spans

    def _found_in(self, written: str) -> frozenset[str]:
        name, forms = _forms(written)
        if self._prefixes and name.startswith(self._prefixes):
            return (forms & self._words) | {name}
        return frozenset() if self._is_idle(written) else forms & self._words

    def _is_idle(self, written: str) -> bool:
        """Whether it is a stop word that nobody asked for."""
        name = _forms(written)[0]
        return name in STOP_WORDS and name not in self._asked


@lru_cache(maxsize=16_384)
def _forms(written: str) -> tuple[str, frozenset[str]]:
    """A word as it was written: folded without "#", and every term it has in the index."""
    folded = fold_words(written)
    name = folded.removeprefix("#")
    forms = {folded}
    if name and name[0].isalnum():
        forms |= {form for word in word_terms(name) if word for form in (word, stem(word))}
    return name, frozenset(forms)


def _run(phrase: str, *, exact: bool) -> _Run:
    words = (_word(match.group(), exact=exact) for match in _WORD.finditer(phrase[:_LONGEST_RUN]))
    return _Run(tuple(word for word in words if word), exact)


def _stands_at(run: _Run, written: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the words of the run follow each other from this word on."""
    return at + len(run.words) <= len(written) and all(
        _word(match.group(), exact=run.exact) == word
        for match, word in zip(written[at:], run.words, strict=False)
    )


@lru_cache(maxsize=16_384)
def _word(written: str, *, exact: bool) -> str:
    """One word by which words of runs are compared; of a hyphenated one its parts joined."""
    folded = fold_words(written).removeprefix("#")
    joined = word_terms(folded)[-1] if folded and folded[0].isalnum() else folded
    return joined if exact or not joined else stem(joined)


def _best_start(spans: list[_Span], width: int) -> int:
    """Where a window that shows the most different words begins; the earliest of several."""
    best, best_start = 0, 0
    for position, first in enumerate(spans):
        words: set[str] = set()
        for span in spans[position:]:
            if span.end - first.start > width:
                break
            words |= span.words
        if len(words) > best:
            best, best_start = len(words), first.start
    return best_start


def _cut(text: str, start: int, width: int) -> tuple[int, int]:
    """A window of whole words that leaves some room before ``start``."""
    start = max(0, min(start - width // 5, len(text) - width))
    end = start + width
    if start > 0:
        start = text.find(" ", start, end) + 1 or start
    if end < len(text):
        end = text.rfind(" ", start, end) if " " in text[start:end] else end
    return start, end


def _pieces(text: str, start: int, end: int, spans: list[_Span]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    position = start
    for span in spans:
        if span.start < position or span.end > end:
            continue
        pieces.append(Piece(text[position : span.start], found=False))
        pieces.append(Piece(text[span.start : span.end], found=True))
        position = span.end
    pieces.append(Piece(text[position:end], found=False))
    return tuple(piece for piece in pieces if piece.text)
