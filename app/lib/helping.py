"""Who can help with a question now: a ranking of people by what they answered before.

Three voices are heard: who answered lately, whose answers were to questions like this one, and who answered about its
topics. Each is taken relative to its best, so none needs a unit and no constant has to fit one company; their weighted
sum ranks people (docs/experts.md). Plain arithmetic over what is handed in, which must be no newer than `now`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import log

import numpy as np
from numpy.typing import NDArray

#: In microseconds. In the first voice an answer counts half after a week, in the others after this half-life.
RECENT = 7 * 24 * 3600 * 1_000_000
HALF_LIFE = 180 * 24 * 3600 * 1_000_000
#: How much an answer counts, and how much more when it was accepted.
PLAIN, ACCEPTED = 0.5, 1.0
#: Of each person so many answers are compared, the most similar.
MOST_SIMILAR = 5
#: Okapi BM25.
K1, B = 1.2, 0.75
#: What each voice counts: recent activity, similar answers, topics.
WEIGHTS = (2.0, 1.0, 1.0)

Floats = NDArray[np.float64]
Words = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that somebody gave to another's question."""

    id: int
    person_id: int
    question_id: int
    at: int
    #: Of the question.
    topics: tuple[int, ...]
    accepted: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: who asks, about which topics, in which words."""

    asker_id: int | None
    topics: tuple[int, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Scored:
    """Somebody who can help, how well compared with others, and what speaks for them."""

    person_id: int
    score: float
    #: Their share of the best in each voice, 0 to 1.
    recent: float
    similar: float
    topical: float
    #: How many questions with a topic of this one they answered, and the topic most of these had.
    answered: int
    topic_id: int | None
    #: Their answer that is most like the question, or None.
    most_like: int | None


class Past:
    """What is known at a moment of who answered what; made once for many questions.

    `words` gives those of an answer together with its question's, for the answers that are compared; all others are
    not. Ranking one question takes a few milliseconds for some thousand answers.
    """

    def __init__(self, answers: Sequence[Answer], now: int, words: Mapping[int, Words]) -> None:
        self.answers = answers
        self.now = now
        self._words = words
        self.people = sorted({each.person_id for each in answers})
        number = {person_id: index for index, person_id in enumerate(self.people)}
        self._of = np.array([number[each.person_id] for each in answers], dtype=np.intp)
        age = np.array([max(0, now - each.at) for each in answers], dtype=np.float64)
        worth = np.array([PLAIN + ACCEPTED * each.accepted for each in answers], dtype=np.float64)
        self._recent = self._sum(worth / (1 + age / RECENT))
        self._fresh = np.exp2(-age / HALF_LIFE)
        self._about: dict[int, list[int]] = defaultdict(list)
        for index, each in enumerate(answers):
            for topic_id in each.topics:
                self._about[topic_id].append(index)

    def rank(
        self, asked: Asked, limit: int, fits: Callable[[int], bool] = lambda person_id: True
    ) -> list[Scored]:
        """The people who can help and who fit, the best first; never the asker."""
        if not self.answers:
            return []
        alike = self._alike(asked.words)
        similar = self._best_sums(alike * self._fresh)
        topical = self._sum(self._shared(asked.topics) * self._fresh)
        voices = [_share_of_best(each) for each in (self._recent, similar, topical)]
        total = sum(
            (weight * voice for weight, voice in zip(WEIGHTS, voices, strict=True)),
            np.zeros(len(self.people)),
        )
        order: list[int] = np.lexsort((np.array(self.people), -total)).tolist()
        fitting = (
            index for index in order if self.people[index] != asked.asker_id and fits(self.people[index])
        )
        return [
            self._scored(index, float(total[index]), voices, alike, asked) for index in islice(fitting, limit)
        ]

    def _scored(
        self, index: int, total: float, voices: Sequence[Floats], alike: Floats, asked: Asked
    ) -> Scored:
        mine: list[int] = np.flatnonzero(self._of == index).tolist()
        wanted = set(asked.topics)
        topics = Counter(
            topic_id for each in mine for topic_id in wanted.intersection(self.answers[each].topics)
        )
        most = max(mine, key=lambda each: float(alike[each]))
        recent, similar, topical = (float(voice[index]) for voice in voices)
        return Scored(
            self.people[index],
            total / sum(WEIGHTS),
            recent,
            similar,
            topical,
            len(
                {
                    self.answers[each].question_id
                    for each in mine
                    if wanted.intersection(self.answers[each].topics)
                }
            ),
            max(topics, key=lambda each: (topics[each], -each)) if topics else None,
            self.answers[most].id if alike[most] > 0 else None,
        )

    def _sum(self, amounts: Floats) -> Floats:
        return _added(self._of, amounts, len(self.people))

    def _best_sums(self, amounts: Floats) -> Floats:
        """The sum of each person's `MOST_SIMILAR` greatest amounts."""
        order = np.lexsort((-amounts, self._of))
        people = self._of[order]
        begins = np.r_[0, np.flatnonzero(np.diff(people)) + 1]
        place = np.arange(len(people)) - np.repeat(begins, np.diff(np.r_[begins, len(people)]))
        kept = place < MOST_SIMILAR
        return _added(people[kept], amounts[order][kept], len(self.people))

    def _shared(self, topics: Sequence[int]) -> Floats:
        """How much of the question's topics each answer was about, rare ones counting more."""
        shared = np.zeros(len(self.answers))
        for topic_id in topics:
            about = self._about.get(topic_id)
            if about:
                shared[about] += log(1 + len(self.answers) / len(about))
        return shared

    @cached_property
    def _postings(self) -> dict[str, tuple[list[int], list[int]]]:
        found: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for index, each in enumerate(self.answers):
            for word, number in self._words.get(each.id, {}).items():
                indexes, numbers = found[word]
                indexes.append(index)
                numbers.append(number)
        return found

    @cached_property
    def _lengths(self) -> Floats:
        return np.array(
            [sum(self._words.get(each.id, {}).values()) for each in self.answers], dtype=np.float64
        )

    def _alike(self, words: Words) -> Floats:
        """BM25 of the question over the answers that are compared, relative to the best."""
        scores = np.zeros(len(self.answers))
        documents = int(np.count_nonzero(self._lengths)) or 1
        usual = float(self._lengths.sum()) / documents or 1.0
        for word in words:
            if word in self._postings:
                indexes, numbers = self._postings[word]
                often = np.array(numbers, dtype=np.float64)
                rare = log(1 + (documents - len(indexes) + 0.5) / (len(indexes) + 0.5))
                norm = K1 * (1 - B + B * self._lengths[indexes] / usual)
                scores[indexes] += rare * often * (K1 + 1) / (often + norm)
        return _share_of_best(scores)


def _added(of: NDArray[np.intp], amounts: Floats, people: int) -> Floats:
    sums: Floats = np.zeros(people)
    np.add.at(sums, of, amounts)
    return sums


def _share_of_best(amounts: Floats) -> Floats:
    best = float(amounts.max()) if len(amounts) else 0.0
    return amounts / best if best > 0 else np.zeros(len(amounts))
