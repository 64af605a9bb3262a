"""The arithmetic of likeness: how near texts are to a question, over arrays with a number for each text.

BM25F (Robertson, Zaragoza and Taylor, 2004): how often a word is said is added up over the fields of a text, each with
its weight and its own allowance for length, and only then saturated. Letters tell what stems do not: misspellings and
compounds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from app.lib.text import fold

Numbers = NDArray[np.float64]

#: How soon saying a word again adds nothing.
K1 = 1.2


@dataclass(frozen=True, slots=True)
class Field:
    """What a field of a text counts for."""

    weight: float
    #: How much a long one has to say a word more often, from 0 to 1.
    by_length: float


TITLE = Field(2.0, 0.5)
TEXT = Field(1.0, 0.75)
ANSWERS = Field(0.5, 0.75)
#: A topic counts like a word said so often.
TOPIC = 1.0
#: Words of the title of what is asked count so much more than those of its text.
ASKED_TITLE = 2.0
#: Letters of a run that is compared, and how much runs count beside words.
RUN = 4
LETTERS = 0.2
_RUNS_BY_LENGTH = 0.3
_WORD = re.compile(r"\w+")


def query_weights(title: Mapping[str, int], text: Mapping[str, int]) -> dict[str, float]:
    """How much each word of a question counts: said in its title more, said again a little more."""
    words = dict.fromkeys((*title, *text))
    return {
        word: ASKED_TITLE * _dampened(title.get(word, 0)) + _dampened(text.get(word, 0)) for word in words
    }


def inverse_frequency(texts: int, frequency: int) -> float:
    """What a word tells that so many of the texts have; never negative."""
    return log(1 + (texts - frequency + 0.5) / (frequency + 0.5))


def allowance(lengths: Numbers, field: Field) -> Numbers:
    """What saying a word once in the field counts for, in each text: less in long ones. Empty fields do not matter."""
    written = lengths > 0
    average = float(lengths[written].mean()) if written.any() else 1.0
    return field.weight / (1 - field.by_length + field.by_length * lengths / average)


def saturated(said: Numbers) -> Numbers:
    """From how much texts say a word to what it adds, from 0 to 1."""
    return said / (said + K1)


def by_letters(question: str, headlines: Sequence[str]) -> list[float]:
    """How near each headline is to the question by runs of letters, the nearest 1: BM25 among these headlines.

    It finds what stems do not: misspelt words, compounds, words with another beginning.
    """
    asked, texts = _runs(question), [_runs(headline) for headline in headlines]
    average = sum(text.total() for text in texts) / (len(texts) or 1) or 1.0
    allowances = [K1 * (1 - _RUNS_BY_LENGTH + _RUNS_BY_LENGTH * text.total() / average) for text in texts]
    scores = [0.0] * len(texts)
    for run in asked:
        having = [(place, text[run]) for place, text in enumerate(texts) if run in text]
        worth = inverse_frequency(len(texts), len(having)) if having else 0.0
        for place, count in having:
            scores[place] += worth * count / (count + allowances[place])
    best = max(scores, default=0.0)
    return [score / best for score in scores] if best else scores


def _runs(text: str) -> Counter[str]:
    """The runs of letters of a text, words apart, with their ends."""
    runs: Counter[str] = Counter()
    for word in _WORD.findall(fold(text)):
        padded = f" {word} "
        runs.update(padded[at : at + RUN] for at in range(max(1, len(padded) - RUN + 1)))
    return runs


def _dampened(count: int) -> float:
    return 1 + log(count) if count else 0.0
