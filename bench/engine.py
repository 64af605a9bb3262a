"""Measures the search engine alone, without pages: `python -m bench.engine` prints what it measured as JSON.

With `rebuild` it rebuilds the index and tells how long that took; it is another process that does not keep its memory.

Questions are made of words of the company's own texts, each asked once, so that the caches hold no answer.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

import config as configuration
from app import create_app
from app.core import clock
from app.core.db import db
from app.core.fulltext.analysis import plain_terms
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Asked, Document, Query
from app.core.fulltext.stopwords import STOP_WORDS
from app.groups.models import Group
from app.lib.squad import with_typos
from app.search import service
from app.search.queries import documents
from app.search.schemas import COMMENT, NAMED, PERSON, PUBLICATION, WRITTEN

SEED = 1
#: Questions of each kind, and of how many texts they are made.
QUESTIONS = 200
TEXTS = 4000
THREADS = 8
GROUPS = 20
_MAPPING = re.compile(r"[0-9a-f]+-[0-9a-f]+ ")
_INDEX = "/search_index/"
_WEEKS = 10 * 7 * 24 * 60 * 60

Ask = Callable[[], object]


@dataclass(frozen=True)
class Took:
    """What one question took, in milliseconds."""

    wall: float
    cpu: float


def main() -> None:
    """Measure a rebuild, or questions of each kind by one thread and by eight, and memory."""
    with create_app(configuration.load(worker="none")).app_context():
        print(json.dumps(_rebuild() if sys.argv[1:] == ["rebuild"] else _ask()))


def _rebuild() -> dict[str, Any]:
    start, cpu = time.perf_counter(), time.process_time()
    count = service.rebuild()
    took = {"seconds": time.perf_counter() - start, "cpu_seconds": time.process_time() - cpu}
    return {**took, "documents": count, "size_mb": engine().status().size_bytes / 1e6}


def _ask() -> dict[str, Any]:
    before = _held()
    asks = _Questions()
    figures = {}
    for name, make in asks.kinds():
        questions = [make() for _ in range(QUESTIONS)]
        figures[name] = {"one": _summary(map(_timed, questions))}
        with ThreadPoolExecutor(THREADS) as pool:
            figures[name]["eight"] = _summary(pool.map(_timed, [make() for _ in range(QUESTIONS)]))
    return {"kinds": figures, "grown_mb": (_held() - before) / 1e6}


class _Questions:
    """Makes questions of every kind."""

    def __init__(self) -> None:
        self._chance = random.Random(SEED)
        self._texts = [words for document in _sample() for words in [_words(document)] if len(words) >= 8]
        self._people = [
            plain_terms(each.title)[0] for each in _loaded(PERSON, 500) if plain_terms(each.title)
        ]
        counts = Counter(word for words in self._texts for word in set(words))
        self._common = [word for word, _ in counts.most_common(QUESTIONS)]
        self._rare = [word for word, count in counts.items() if count <= 2] or self._common
        every = list(db.session.scalars(select(Group.id).order_by(Group.id)))
        self._groups = tuple(self._chance.sample(every, min(GROUPS, len(every))))

    def kinds(self) -> Iterator[tuple[str, Callable[[], Ask]]]:
        """Each kind of question by its name, and what makes one."""
        yield "one common word", lambda: self._search(self._one(self._common))
        yield "rare word", lambda: self._search(self._one(self._rare))
        yield "three words", lambda: self._search(self._some(3))
        yield "question of eight words", lambda: self._search(self._some(8))
        yield "question of eight words, any nearly", lambda: self._search(self._some(8), fuzzy=True)
        yield "phrase", self._phrase
        yield "without a word", lambda: self._search(self._some(2), without=(self._one(self._common),))
        yield "one typo", lambda: self._search(with_typos(self._some(3), 1, self._chance), fuzzy=True)
        yield "corrected word", lambda: self._correct(with_typos(self._one(self._rare), 1, self._chance))
        yield "20 groups", lambda: self._search(self._one(self._common), group_ids=self._groups)
        yield "by date", lambda: self._search(self._one(self._common), created_from=_ago(), order="newest")
        yield "similar to a publication", self._similar
        yield "while typing", self._typing

    def _one(self, words: Sequence[str]) -> str:
        return self._chance.choice(words)

    def _some(self, count: int) -> str:
        words = self._chance.choice(self._texts)
        return " ".join(self._chance.sample(words, count))

    def _search(self, text: str, **others: object) -> Ask:
        query = Query(
            text, visible_groups=self._groups, kinds=WRITTEN, now=clock.now() // clock.SECOND, **others
        )  # type: ignore[arg-type]
        return lambda: engine().search(query)

    def _phrase(self) -> Ask:
        words = self._chance.choice(self._texts)
        at = self._chance.randrange(len(words) - 2)
        return self._search("", phrases=(" ".join(words[at : at + 2]),))

    def _correct(self, word: str) -> Ask:
        return lambda: engine().correct([word], visible_groups=self._groups)

    def _similar(self) -> Ask:
        asked = Asked(" ".join(self._chance.choice(self._texts)), visible_groups=self._groups)
        return lambda: engine().similar(asked)

    def _typing(self) -> Ask:
        begun = self._chance.choice(self._people)[: self._chance.randint(2, 4)]
        query = Query(begun, kinds=NAMED, prefix=True, of_each_kind=True, limit=3)
        return lambda: engine().search(query)


def _sample() -> list[Document]:
    return [*_loaded(PUBLICATION, TEXTS), *_loaded(COMMENT, TEXTS)]


def _loaded(kind: str, most: int) -> list[Document]:
    ids = [id_ for found, id_, _ in engine().all_ids() if found == kind]
    chosen = random.Random(SEED).sample(ids, min(most, len(ids)))
    return [
        document
        for first in range(0, len(chosen), documents.BATCH)
        for document in documents.load(kind, chosen[first : first + documents.BATCH])
    ]


def _words(document: Document) -> list[str]:
    return [word for word in plain_terms(document.text) if word not in STOP_WORDS and len(word) > 2]


def _ago() -> int:
    return clock.now() // clock.SECOND - _WEEKS


def _timed(ask: Ask) -> Took:
    wall, cpu = time.perf_counter(), time.thread_time()
    ask()
    return Took((time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000)


def _summary(took: Iterator[Took]) -> dict[str, float]:
    every = list(took)
    return {
        f"{name}_{share}": round(_percentile([getattr(one, name) for one in every], share), 2)
        for name in ("wall", "cpu")
        for share in (50, 95)
    }


def _percentile(values: Sequence[float], share: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def _held() -> int:
    """What the process holds: memory of its own, and what it has mapped of the index.

    The database that SQLite maps is left out: those pages are the kernel's cache and come with reading questions.
    """
    kilobytes = 0
    of_index = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name == "Anonymous" or (name == "Rss" and of_index):
            kilobytes += int(rest.split()[0])
        elif _MAPPING.match(line):
            of_index = _INDEX in line
    return kilobytes * 1024


if __name__ == "__main__":
    main()
