"""Who reads articles."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from app.articles.models import Article, Reader
from app.content.models import ContentItem
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.prepared import Prepared
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert

#: Opening an article again within this time is the same reading.
ONE_READING = 6 * clock.HOUR

_SEEN = Prepared(
    select(ContentItem.revision, Reader.last_at, Reader.revision.label("seen"))
    .join(Article, Article.content_id == ContentItem.id)
    .outerjoin(Reader, (Reader.content_id == ContentItem.id) & (Reader.person_id == bindparam("person_id")))
    .where(ContentItem.id == bindparam("content_id"))
)


def saw(actor: Actor, content_id: int) -> None:
    """A person has opened a publication; of an article it is noted, once for each reading and version.

    One statement, and a transaction with one more when there is something to note.
    """
    row = _SEEN.first(content_id=content_id, person_id=actor.person_id)
    now = clock.now()
    if row is None or (
        row.last_at is not None and row.last_at > now - ONE_READING and row.seen == row.revision
    ):
        return
    values = {"last_at": now, "revision": row.revision}
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
