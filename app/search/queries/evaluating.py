"""How well search finds the text that answers a question, on questions somebody else wrote."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from app.core.fulltext.interface import ARTICLE, Document, Progress, Query, SearchBackend
from app.lib.squad import Asked, Texts, with_typos
from app.search.schemas import PUBLICATION, WRITTEN

#: What is looked at of the results.
MOST = 10
CUTS = (1, 5)
#: The ids of the texts begin here, above those of the database.
_FIRST_ID = 1_000_000_000
_SEED = 1


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the questions were answered."""

    questions: int
    #: Shares of the questions whose text is among the first so many.
    recall: dict[int, float]
    #: The mean of one by the place of the text, 0 beyond the tenth.
    mrr: float


def fill(index: SearchBackend, texts: Texts, others: Iterable[Document], progress: Progress) -> int:
    """Make the texts articles of an empty index, beside other documents; how many documents it has then."""
    return index.rebuild(chain(_articles(texts.texts), others), progress)


def ask(index: SearchBackend, texts: Texts, progress: Progress, *, typos: int = 0) -> Quality:
    """Ask the questions as somebody would who may see what is open to all, with letters amiss if wanted."""
    places = list(_places(index, texts.asked, typos, progress))
    found = [place for place in places if place is not None]
    return Quality(
        questions=len(places),
        recall={cut: _mean([float(place <= cut) for place in found], places) for cut in CUTS},
        mrr=_mean([1 / place for place in found], places),
    )


def _articles(texts: Sequence[str]) -> Iterator[Document]:
    for number, text in enumerate(texts):
        yield Document(kind=PUBLICATION, id=_FIRST_ID + number, title="", text=text, created=0, flags=ARTICLE)


def _places(
    index: SearchBackend, asked: Sequence[Asked], typos: int, progress: Progress
) -> Iterator[int | None]:
    """The place of each question's text from 1, None when it is not among the first."""
    chance = random.Random(_SEED)  # noqa: S311 -- the same typos every time
    for number, one in enumerate(asked, start=1):
        question = with_typos(one.question, typos, chance) if typos else one.question
        hits = index.search(Query(question, kinds=WRITTEN, fuzzy=True, limit=MOST)).hits
        found = [(hit.kind, hit.id) for hit in hits]
        key = (PUBLICATION, _FIRST_ID + one.text)
        yield found.index(key) + 1 if key in found else None
        progress(number)


def _mean(worths: Sequence[float], places: Sequence[int | None]) -> float:
    return sum(worths) / len(places) if places else 0.0
