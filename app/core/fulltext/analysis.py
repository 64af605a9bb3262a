"""From text to index terms: Russian and English word forms side by side, by the script of each word.

A word is folded, then stemmed. "сим-карта" gives its parts and the joined "симкарта", so that all
three ways of writing it find each other. Words with digits (SKUs, shop codes, phone numbers) are kept as they are.
A topic is a term of its own: "#" and its folded name.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from app.core.fulltext.stopwords import STOP_WORDS
from app.lib.text import fold

#: Longer runs of letters are no words; they are cut so that a pasted key cannot bloat the index.
MAX_WORD = 64
#: More parts than a phone number has are indexed as parts only.
MAX_PARTS = 6
#: Words of a query beyond this number are ignored.
MAX_CLAUSES = 32
#: Shorter stems are left as they are: "зал" without its end would be anything.
_SHORT = 4

TITLE = "title"
TEXT = "text"

_WORD = re.compile(r"#?[^\W_]+(?:[-_'][^\W_]+)*")
_SEPARATOR = re.compile(r"[-_']")
_DASHES = dict.fromkeys("\u2010\u2011", "-")
_APOSTROPHES = dict.fromkeys("’ʼ", "'")
_NOTHING = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
_SPELLING = str.maketrans({**_DASHES, **_APOSTROPHES, **_NOTHING, "№": " "})
_per_thread = threading.local()


@dataclass(frozen=True, slots=True)
class Term:
    """One way of finding a clause: a term of a field and how much it counts there."""

    field: str
    word: str
    boost: float


@dataclass(frozen=True, slots=True)
class Clause:
    """One word of a query; a document has it when it has any of the terms."""

    terms: tuple[Term, ...]
    #: Titles whose words begin with this count too; empty for finished words.
    prefix: str = ""
    #: The folded word itself; empty for a topic.
    word: str = ""


def fold_words(text: str) -> str:
    """The text with everything that does not tell words apart taken away; its length may change."""
    return fold(text.translate(_SPELLING))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one folded word, by its script; words with digits or of other scripts stay as they are."""
    first = word[0]
    if "а" <= first <= "я":
        language = "russian"
    elif "a" <= first <= "z":
        language = "english"
    else:
        return word
    if not word.isalpha():
        return word
    stemmed: str = _stemmer(language).stemWord(word)
    return _same_for_all_cases(word, stemmed) if language == "russian" else stemmed


def _same_for_all_cases(word: str, stemmed: str) -> str:
    """What Snowball takes for endings of verbs in some cases of a noun only is treated alike in all of them.

    "терминал" and "Светланы" would lose their last consonant, "терминалом" and "Светлане" would not; of "обмен" it
    would leave "обм".
    """
    if stemmed.endswith("м") and word.removeprefix(stemmed) in ("ен", "ены", "ена"):
        return f"{stemmed}ен"
    return stemmed[:-1] if stemmed.endswith(("ан", "ян", "ал", "ял")) and len(stemmed) >= _SHORT else stemmed


def _stemmer(language: str) -> Stemmer.Stemmer:
    # A stemmer keeps state between calls and must not be shared by threads.
    stemmers: dict[str, Stemmer.Stemmer] | None = getattr(_per_thread, "stemmers", None)
    if stemmers is None:
        stemmers = _per_thread.stemmers = {}
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(language)
    return stemmers[language]


@lru_cache(maxsize=65_536)
def word_terms(word: str) -> tuple[str, ...]:
    """The folded forms of one written word: itself, or its parts and the parts joined."""
    if word.isalnum():
        return (word[:MAX_WORD],)
    if word.endswith("'s"):
        word = word[:-2]
    parts = [part[:MAX_WORD] for part in _SEPARATOR.split(word)]
    if len(parts) == 1:
        return (parts[0],)
    if len(parts) > MAX_PARTS:
        return tuple(parts)
    joined = "".join(parts)[:MAX_WORD]
    # "don't" is one word; "сим-карта" is also two.
    return (joined,) if "'" in word and "-" not in word else (*parts, joined)


def text_terms(text: str, topics: Iterable[str] = ()) -> Counter[str]:
    """Terms of running text with their frequencies: stems without stop words, and the topics, also as words."""
    counts: Counter[str] = Counter()
    for written in written_words(text):
        for word in word_terms(written):
            if word not in STOP_WORDS:
                counts[stem(word)] += 1
    for topic in topics:
        counts[topic_term(topic)] = 1
        for word in word_terms(fold_words(topic)[:MAX_WORD]):
            if word not in STOP_WORDS:
                counts.setdefault(stem(word), 1)
    return counts


def title_terms(texts: Iterable[str]) -> Counter[str]:
    """Terms of names and headlines: every word as written and as stem, stop words too."""
    counts: Counter[str] = Counter()
    for text in texts:
        for written in written_words(text):
            for word in word_terms(written):
                counts[word] += 1
                stemmed = stem(word)
                if stemmed != word:
                    counts[stemmed] += 1
    return counts


def plain_terms(text: str) -> list[str]:
    """The words of a text in their order as they are written, folded; hyphenated ones in parts. For phrases."""
    words: list[str] = []
    for written in written_words(text):
        forms = word_terms(written)
        # The joined form of a word with hyphens comes last.
        is_joined = len(forms) > 1 and forms[-1] == "".join(forms[:-1])[:MAX_WORD]
        words.extend(forms[:-1] if is_joined else forms)
    return words


def topic_term(name: str) -> str:
    """The term under which a topic is indexed, whatever the spelling of its name."""
    return "#" + fold_words(name)[:MAX_WORD]


def query_clauses(text: str, *, prefix: bool = False) -> tuple[Clause, ...]:
    """The words asked for. Stop words are dropped unless there is nothing else."""
    written = _query_words(text)[:MAX_CLAUSES]
    clauses: list[Clause] = []
    for position, word in enumerate(written):
        unfinished = prefix and position == len(written) - 1
        clauses.extend(_clauses_of(word, unfinished=unfinished))
    return tuple(dict.fromkeys(clauses))


def _query_words(text: str) -> list[str]:
    written = _WORD.findall(fold_words(text))
    telling = [word for word in written if word not in STOP_WORDS]
    return telling or written


def _clauses_of(written: str, *, unfinished: bool) -> Iterator[Clause]:
    if written.startswith("#"):
        name = written[1:]
        forms = word_terms(name)
        yield Clause((Term(TEXT, topic_term(name), 2.0), *_word_alternatives(forms[-1])))
        return
    forms = word_terms(written)
    parts, joined = (forms[:-1], forms[-1]) if len(forms) > 1 else (forms, "")
    if joined:
        # Running text does not index "что" and "то" of "что-то", so they cannot be asked for.
        parts = tuple(part for part in parts if part not in STOP_WORDS) or (joined,)
    for position, word in enumerate(parts):
        terms = _word_alternatives(word)
        if joined and joined != word:
            terms += _word_alternatives(joined)
        last = unfinished and position == len(parts) - 1
        yield Clause(terms, prefix=word if last else "", word=word)


def _word_alternatives(word: str) -> tuple[Term, ...]:
    stemmed = stem(word)
    terms = (Term(TEXT, stemmed, 1.0), Term(TITLE, stemmed, 2.0))
    # The word exactly as it was typed is worth a little more than another form of it.
    return terms if stemmed == word else (*terms, Term(TITLE, word, 1.0))


def written_words(text: str) -> Iterator[str]:
    """The words of a text in their order, folded; those with hyphens in one piece, topics without "#"."""
    for match in _WORD.finditer(fold_words(text)):
        yield match.group().removeprefix("#")
