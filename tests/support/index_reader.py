"""A process that keeps an index open and answers from it, once for every line it is sent.

Each answer is a line: what each of its questions found, or "-" where the index said that it is not there. Whatever else
happens ends the process.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from app.core.fulltext.interface import Asked, Query, SearchUnavailable
from app.core.fulltext.whoosh_backend import WhooshBackend
from tests.support.search_documents import KINDS


def main(folder: str) -> None:
    logging.disable()
    backend = WhooshBackend(Path(folder), KINDS)
    questions: tuple[Callable[[], int], ...] = (
        lambda: backend.search(Query("общее")).total,
        lambda: backend.search(Query("", phrases=("общее слово",))).total,
        lambda: backend.search(Query("слов", prefix=True)).total,
        lambda: backend.search(Query("общее разное1 слово всякое101", fuzzy=True)).total,
        lambda: len(backend.similar(Asked("общее слово разное7 всякое701"))) and 1,
        lambda: int(backend.correct(["обшее"]) == ("общее",)),
        backend.count,
        lambda: len(list(backend.all_ids())),
    )
    for _line in sys.stdin:
        print(*map(_answer, questions), flush=True)


def _answer(question: Callable[[], int]) -> str:
    try:
        return str(question())
    except SearchUnavailable:
        return "-"
