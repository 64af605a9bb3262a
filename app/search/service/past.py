"""What people searched, kept for themselves alone."""

from __future__ import annotations

from sqlalchemy import BigInteger, delete, exists, func, literal, select, true

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.characters import clean_characters
from app.lib.text import fold, squeeze
from app.search.models import PastSearch, PastSearchesOff
from app.search.schemas import KEEP_PAST, MAX_QUERY, PAST_KEPT


def remember(actor: Actor, q: str) -> None:
    """Keep what a person searched, for themselves, unless they want none kept. One INSERT; again is the same row."""
    words = squeeze(clean_characters(q))[:MAX_QUERY]
    if not words:
        return
    off = exists().where(PastSearchesOff.person_id == actor.person_id)
    me, now = literal(actor.person_id, BigInteger), literal(clock.now(), BigInteger)
    row = select(me, literal(fold(words)[:MAX_QUERY]), literal(words), now)
    kept = insert(PastSearch).from_select(["person_id", "key", "words", "at"], row.where(~off))
    latest = {"words": kept.excluded.words, "at": kept.excluded.at}
    with unit_of_work():
        db.session.execute(kept.on_conflict_do_update(index_elements=["person_id", "key"], set_=latest))


def forget_search(actor: Actor, past_id: int | None = None) -> None:
    """Forget one of a person's own past searches, or all of them. One DELETE; what is gone already stays gone."""
    which = PastSearch.id == past_id if past_id is not None else true()
    with unit_of_work():
        db.session.execute(delete(PastSearch).where(PastSearch.person_id == actor.person_id, which))


def keep_searches(actor: Actor, *, on: bool) -> None:
    """Keep what a person searches from now on, or keep nothing and forget what is kept. At most two statements."""
    with unit_of_work():
        if on:
            db.session.execute(delete(PastSearchesOff).where(PastSearchesOff.person_id == actor.person_id))
            return
        forget_search(actor)
        row = insert(PastSearchesOff).values(person_id=actor.person_id, since=clock.now())
        db.session.execute(row.on_conflict_do_nothing())


def forget_past() -> None:
    """Forget past searches that are old, and of each person those beyond the latest ones. Two DELETEs."""
    latest_first = func.row_number().over(partition_by=PastSearch.person_id, order_by=PastSearch.at.desc())
    numbered = select(PastSearch.id, latest_first.label("number")).subquery()
    beyond = select(numbered.c.id).where(numbered.c.number > PAST_KEPT)
    with unit_of_work():
        db.session.execute(delete(PastSearch).where(PastSearch.at < clock.now() - KEEP_PAST))
        db.session.execute(delete(PastSearch).where(PastSearch.id.in_(beyond)))


def forget_searcher(person_id: int) -> None:
    """Forget what somebody searched, and whether they wanted it kept. Two statements."""
    with unit_of_work():
        db.session.execute(delete(PastSearch).where(PastSearch.person_id == person_id))
        db.session.execute(delete(PastSearchesOff).where(PastSearchesOff.person_id == person_id))
