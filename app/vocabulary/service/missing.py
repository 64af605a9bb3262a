"""Noting what was looked for in vain, without noting who looked for it."""

from __future__ import annotations

import re
from hashlib import sha256

from sqlalchemy import delete, exists, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.fulltext.analysis import fold_words, text_terms
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.characters import clean_characters
from app.lib.text import squeeze
from app.vocabulary.models import MissedDay, MissedSearch
from app.vocabulary.schemas import (
    KEPT_DAYS,
    LEAST_PEOPLE,
    LONGEST_MISSED,
    MOST_MISSED_WORDS,
    TELLTALE_DIGITS,
)

_SLOTS = 8
_TELLTALE = re.compile(rf"[0-9](?:[\s().+-]*[0-9]){{{TELLTALE_DIGITS - 1}}}|@")


def note_missed(actor: Actor, text: str) -> None:
    """Count that these words found nothing. At most five statements; none for what is not counted.

    Not counted are sentences, and what may be about a person: numbers of five digits or more, and addresses.
    """
    words = squeeze(fold_words(clean_characters(text)))
    if not text_terms(words) or _is_not_for_others(words):
        return
    digest = digest_of(words)
    slot = 1 << sha256(f"{actor.person_id} {digest}".encode()).digest()[0] % _SLOTS
    with unit_of_work():
        db.session.execute(
            insert(MissedSearch).values(digest=digest).on_conflict_do_nothing(index_elements=["digest"])
        )
        missed = db.session.scalars(select(MissedSearch).where(MissedSearch.digest == digest)).one()
        day = insert(MissedDay).values(missed_id=missed.id, day=_today(), times=1, askers=slot)
        db.session.execute(
            day.on_conflict_do_update(
                index_elements=["missed_id", "day"],
                set_={
                    "times": MissedDay.times + 1,
                    "askers": MissedDay.askers.op("|")(day.excluded.askers),
                },
            )
        )
        if missed.words is None and _people(missed.id) >= LEAST_PEOPLE:
            missed.words = words


def digest_of(words: str) -> str:
    """What all forms and orders of the words have in common, and what they can't be read from."""
    return sha256(" ".join(sorted(text_terms(words))).encode()).hexdigest()


def forget_missed() -> None:
    """Forget what is older than is kept. Two DELETEs."""
    with unit_of_work():
        db.session.execute(delete(MissedDay).where(MissedDay.day <= _today() - KEPT_DAYS))
        left = exists().where(MissedDay.missed_id == MissedSearch.id)
        db.session.execute(delete(MissedSearch).where(~left))


def _is_not_for_others(words: str) -> bool:
    return (
        len(words) > LONGEST_MISSED
        or len(words.split()) > MOST_MISSED_WORDS
        or _TELLTALE.search(words) is not None
    )


def _people(missed_id: int) -> int:
    """At least so many different people. One statement."""
    askers = 0
    for each in db.session.scalars(select(MissedDay.askers).where(MissedDay.missed_id == missed_id)):
        askers |= each
    return askers.bit_count()


def _today() -> int:
    return clock.now() // clock.DAY
