"""Documents and queries as PostgreSQL's full-text search takes them: `tsvector` and `tsquery`, written by us.

The words are those of `analysis`, not of PostgreSQL's dictionaries, so that every engine finds the same. A document has
two vectors. In ``words`` are its terms, those of names and headlines marked A; in ``written`` the words as they stand,
for repairing typos, with those that help nobody to spell marked C.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.core.fulltext import sequences
from app.core.fulltext.analysis import (
    MAX_WORD,
    fold_words,
    plain_terms,
    stem,
    topic_term,
    word_terms,
    written_words,
)
from app.core.fulltext.interface import Document
from app.core.fulltext.stopwords import STOP_WORDS

#: PostgreSQL counts no further, in a text and for one word of it.
_LAST_POSITION = 16_383
_MOST_PLACES = 255
#: A vector may have a megabyte; so many different words are safely below.
_MOST_WORDS = 12_000
#: Between title, aliases and text, so that no phrase reaches from one into another.
_GAP = 3
#: Shorter words are not repaired, and longer ones are none.
SHORTEST_SPELT = 3
LONGEST_SPELT = 32

Places = dict[str, list[str]]


class Vectors:
    """The two vectors of a document as text, how long its fields are, and its words in their order."""

    def __init__(self, document: Document) -> None:
        self._words: Places = defaultdict(list)
        self._written: Places = defaultdict(list)
        self._at = 1
        for name in (document.title, *document.aliases):
            self._add_name(name)
        self.title_length = sum(len(places) for places in self._words.values())
        before = self.title_length
        self._add_text(document.text)
        self._add_topics(document.topics)
        self.text_length = sum(len(places) for places in self._words.values()) - before
        texts = (document.title, *document.aliases, document.text)
        self.ordered = sequences.pack(map(plain_terms, texts))

    @property
    def words(self) -> str:
        """The terms, as a `tsvector`."""
        return _vector(self._words)

    @property
    def written(self) -> str:
        """The words as they stand, as a `tsvector`."""
        return _vector(self._written)

    @property
    def counts(self) -> Iterator[tuple[str, int, int]]:
        """Each term, how often titles say it, and how often the text does; as `words` will tell."""
        for word, places in _kept(self._words):
            in_title = sum(place.endswith("A") for place in places)
            yield clean(word), in_title, len(places) - in_title

    def _add_name(self, text: str) -> None:
        for at, word in self._placed(text):
            for term in dict.fromkeys((word, stem(word))):
                self._words[term].append(f"{at}A")

    def _add_text(self, text: str) -> None:
        for at, word in self._placed(text):
            if word not in STOP_WORDS:
                self._words[stem(word)].append(str(at))

    def _add_topics(self, topics: Iterable[str]) -> None:
        for topic in topics:
            self._words[topic_term(topic)].append(str(self._step(_GAP)))
            for word in word_terms(fold_words(topic)):
                if word and word not in STOP_WORDS and stem(word) not in self._words:
                    self._words[stem(word)].append(str(self._step(_GAP)))

    def _placed(self, text: str) -> Iterator[tuple[int, str]]:
        """The words of a field, each with its place; parts of a word stand side by side, the joined one at the last."""
        for written in written_words(text):
            forms = word_terms(written)
            parts = _parts(forms)
            for number, word in enumerate(forms):
                at = min(self._at + min(number, parts - 1), _LAST_POSITION)
                self._written[word].append(str(at) if helps_spelling(word) else f"{at}C")
                yield at, word
            self._step(parts)
        self._step(_GAP)

    def _step(self, by: int) -> int:
        self._at += by
        return min(self._at, _LAST_POSITION)


def helps_spelling(word: str) -> bool:
    """Whether a word is one that others may be a misspelling of."""
    return SHORTEST_SPELT <= len(word) <= LONGEST_SPELT and word.isalpha() and word not in STOP_WORDS


def lexeme(word: str, label: str = "") -> str:
    """A word in quotes, as both vectors and queries want it; with a label, only where it is marked so."""
    kept = clean(word).replace("\\", "\\\\").replace("'", "''")
    return f"'{kept}':{label}" if label else f"'{kept}'"


def clean(word: str) -> str:
    """The word without what PostgreSQL takes for no text."""
    return word.replace("\x00", "").encode("utf-8", "replace").decode()


def any_of(parts: Sequence[str]) -> str:
    """A query for what has one of these; each part is a query."""
    return parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"


def _parts(forms: Sequence[str]) -> int:
    """How many of the forms of a written word stand side by side; the joined one of several comes last."""
    return len(forms) - 1 if len(forms) > 1 and forms[-1] == "".join(forms[:-1])[:MAX_WORD] else len(forms)


def _vector(words: Places) -> str:
    return " ".join(f"{lexeme(word)}:{','.join(places)}" for word, places in _kept(words))


def _kept(words: Places) -> Iterator[tuple[str, list[str]]]:
    for word, places in list(words.items())[:_MOST_WORDS]:
        if clean(word):
            yield word, places[:_MOST_PLACES]
