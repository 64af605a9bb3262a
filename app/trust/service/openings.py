"""Who has opened which version of what is official, so that they can be told when it changes."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, or_, select, update

from app.content.models import ContentItem
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.prepared import Prepared
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.trust.models import OFFICIAL, ContentOpening, ContentTrust

#: How long it is known who opened something.
KEPT = 30 * clock.DAY
#: Who opens the same version again within this time is not written down again.
AGAIN = clock.DAY

#: What is official on a publication's page, and when the reader opened it last.
_OFFICIAL = Prepared(
    select(
        ContentItem.id, ContentItem.revision, ContentOpening.revision.label("seen"), ContentOpening.opened_at
    )
    .select_from(ContentTrust)
    .join(ContentItem, ContentItem.id == ContentTrust.content_id)
    .outerjoin(
        ContentOpening,
        (ContentOpening.content_id == ContentItem.id) & (ContentOpening.person_id == bindparam("actor_id")),
    )
    .where(
        or_(ContentItem.id == bindparam("root_id"), ContentItem.root_id == bindparam("root_id")),
        or_(ContentTrust.state == OFFICIAL, ContentTrust.was == OFFICIAL),
    )
)


def opened(actor: Actor, publication_id: int) -> None:
    """Note that a person has opened the page of a publication, for what is official on it.

    One statement, and a short transaction once a day for each version.
    """
    now = clock.now()
    fresh = [
        {"content_id": row.id, "person_id": actor.person_id, "revision": row.revision, "opened_at": now}
        for row in _OFFICIAL.all(actor_id=actor.person_id, root_id=publication_id)
        if row.seen != row.revision or row.opened_at < now - AGAIN
    ]
    if not fresh:
        return
    with unit_of_work():
        statement = insert(ContentOpening)
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=["content_id", "person_id"],
                set_={"revision": statement.excluded.revision, "opened_at": statement.excluded.opened_at},
            ),
            fresh,
        )


def forget_old() -> int:
    """Forget who opened what longer ago than it is kept. One DELETE."""
    with unit_of_work():
        gone = delete(ContentOpening).where(ContentOpening.opened_at < clock.now() - KEPT)
        return int(getattr(db.session.execute(gone), "rowcount", 0))


def forget_person(person_id: int) -> None:
    """Somebody was erased: what they read is forgotten, and they are asked nothing. In the open unit of work."""
    db.session.execute(delete(ContentOpening).where(ContentOpening.person_id == person_id))
    mine = update(ContentTrust).where(ContentTrust.owner_id == person_id).values(owner_id=None)
    db.session.execute(mine.execution_options(synchronize_session=False))
