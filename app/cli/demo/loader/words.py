"""Rows of the company's words: synonyms, and what was looked for in vain in the last weeks."""

from __future__ import annotations

from random import Random

from app.cli.bulk import insert_for_ids, insert_rows
from app.cli.demo.vocabulary.slang import MISSED, SLANG
from app.core import clock
from app.core.fulltext.analysis import fold_words
from app.vocabulary.forms import key_of
from app.vocabulary.models import MissedDay, MissedSearch, Synonym, SynonymGroup
from app.vocabulary.service.missing import digest_of

_DAYS = 28


def load_words(seed: int, now: int) -> int:
    """Write them in the open unit of work; how many rows."""
    rng = Random(f"{seed}/words")
    changed = [{"changed_at": now - rng.randint(10, 90) * clock.DAY} for _words in SLANG]
    words = [
        {"key": key_of(written), "group_id": group_id, "place": place, "written": written}
        for group_id, group in zip(insert_for_ids(SynonymGroup, changed), SLANG, strict=True)
        for place, written in enumerate(group)
    ]
    searches = [{"digest": digest_of(text), "words": fold_words(text)} for text, _times, _askers in MISSED]
    days = [
        row
        for missed_id, (_text, times, askers) in zip(
            insert_for_ids(MissedSearch, searches), MISSED, strict=True
        )
        for row in _days(rng, missed_id, times, askers, now)
    ]
    insert_rows(Synonym, words)
    insert_rows(MissedDay, days)
    return len(changed) + len(words) + len(searches) + len(days)


def _days(rng: Random, missed_id: int, times: int, askers: int, now: int) -> list[dict[str, int]]:
    """The times spread over days, and over those the people."""
    today = now // clock.DAY
    chosen = sorted(rng.sample(range(today - _DAYS, today), min(times, 1 + times // 3)))
    rows = [{"missed_id": missed_id, "day": day, "times": 0, "askers": 0} for day in chosen]
    bits = [1 << bit for bit in range(8) if askers >> bit & 1]
    for number in range(max(times, len(bits))):
        row = rows[number % len(rows)]
        row["times"] += 1
        row["askers"] |= bits[number % len(bits)]
    return rows
