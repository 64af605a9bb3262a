"""Who has opened which version of what is official, so that they can be told when it changes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.shared import Shelf
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.trust.models import ContentOpening, ContentTrust
from app.trust.schemas import TrustMark

#: How long it is known who opened something.
KEPT = 30 * clock.DAY
#: Who opens the same version again within this time is not written down again.
AGAIN = clock.DAY

#: What is written down already, by person, item and revision.
_noted = Shelf(20_000, kept_for=AGAIN)


def opened(actor: Actor, marks: Sequence[TrustMark]) -> None:
    """Note that a person has opened a page, for what is official on it. One INSERT a day for each version."""
    for mark in marks:
        if mark.is_official:
            key = (actor.person_id, mark.content_id, mark.revision)
            _noted.recall(key, lambda key=key: _note(*key))  # type: ignore[misc]


def _note(person_id: int, content_id: int, revision: int) -> bool:
    now = clock.now()
    statement = insert(ContentOpening).values(
        content_id=content_id, person_id=person_id, revision=revision, opened_at=now
    )
    with unit_of_work():
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=["content_id", "person_id"],
                set_={"revision": statement.excluded.revision, "opened_at": statement.excluded.opened_at},
            )
        )
    return True


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
