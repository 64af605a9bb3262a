"""Who reads articles."""

from __future__ import annotations

from sqlalchemy import delete

from app.articles.models import Reader
from app.articles.schemas import ArticleMore
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert

#: Opening an article again within this time is the same reading.
ONE_READING = 6 * clock.HOUR


def saw(actor: Actor, content_id: int, known: ArticleMore) -> None:
    """Note that a person reads an article, once for each reading and version; `known` is what is known of it.

    A transaction with one statement when there is something to note.
    """
    now = clock.now()
    if known.read_revision == known.revision and (known.read_at or 0) > now - ONE_READING:
        return
    values = {"last_at": now, "revision": known.revision}
    statement = insert(Reader).values(
        content_id=content_id, person_id=actor.person_id, first_at=now, **values
    )
    with unit_of_work():
        db.session.execute(
            statement.on_conflict_do_update(index_elements=["content_id", "person_id"], set_=values)
        )


def forget_person(person_id: int) -> None:
    """Nobody knows any more what somebody read who was erased. In the open unit of work; one DELETE."""
    db.session.execute(delete(Reader).where(Reader.person_id == person_id))
