"""Our arrays against Whoosh's own scorer, on random texts in several segments with deleted documents."""

import random
from pathlib import Path

import pytest
from whoosh.index import open_dir
from whoosh.query import Term as WhooshTerm
from whoosh.scoring import BM25F

from app.core.fulltext import scoring
from app.core.fulltext.caching import PostingsCache
from app.core.fulltext.interface import Put, Remove
from app.core.fulltext.scoring import WeighedTerm, inverse_frequency, term_scores
from app.core.fulltext.snapshot import Snapshot, open_snapshot
from app.core.fulltext.whoosh_backend import WhooshBackend
from tests.support.search_documents import KINDS, document

WORDS = [f"слово{number}" for number in range(30)]


def random_text(chance: random.Random, longest: int) -> str:
    return " ".join(chance.choices(WORDS, weights=range(1, 31), k=chance.randint(0, longest)))


@pytest.mark.parametrize("seed", range(5))
def test_scores_equal_whoosh(index_folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    backend = WhooshBackend(index_folder, KINDS)
    backend.rebuild(document(i, random_text(chance, 60), title=random_text(chance, 5)) for i in range(700))
    for first in range(700, 730, 3):
        backend.apply([Put(document(first + i, random_text(chance, 60))) for i in range(3)])
        backend.apply([Remove("publication", chance.randrange(first))])

    generation = index_folder / "generations" / backend.status().generation
    snapshot = open_snapshot(generation)
    assert len(snapshot.segments) > 1
    assert any(opened.live is not None for opened in snapshot.segments)
    with open_dir(str(generation)).searcher(weighting=BM25F(K1=scoring.K1, B=scoring.B)) as searcher:
        compared = 0
        for field in ("title", "text"):
            for word in chance.sample(WORDS, 12):
                expected = {
                    hit.docnum: hit.score for hit in searcher.search(WhooshTerm(field, word), limit=None)
                }
                assert our_scores(snapshot, field, word) == pytest.approx(expected, rel=1e-5)
                compared += len(expected)
    assert compared > 500


def our_scores(snapshot: Snapshot, field: str, word: str) -> dict[int, float]:
    frequency = snapshot.frequency(field, word)
    if not frequency:
        return {}
    cache = PostingsCache(1_000_000)
    term = WeighedTerm(field, word, inverse_frequency(snapshot.size, frequency))
    scores: dict[int, float] = {}
    base = 0
    for opened in snapshot.segments:
        numbers = cache.get(opened.segment, field, word).documents
        for number, score in zip(numbers, term_scores(opened.segment, snapshot, term, cache), strict=True):
            if opened.live is None or opened.live[number]:
                scores[base + int(number)] = float(score)
        base += opened.segment.size
    return scores


def test_cache_stays_within_its_bounds(index_folder: Path) -> None:
    backend = WhooshBackend(index_folder, KINDS)
    backend.rebuild(document(i, "тариф график смена") for i in range(1000))
    snapshot = open_snapshot(index_folder / "generations" / backend.status().generation)
    cache = PostingsCache(17_000)
    segment = snapshot.segments[0].segment
    first = cache.get(segment, "text", "тариф")
    assert cache.get(segment, "text", "тариф") is first
    for word in ("график", "смен"):
        cache.get(segment, "text", word)
    assert cache.get(segment, "text", "тариф") is not first
