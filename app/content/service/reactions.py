"""Likes."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.content.events import ContentLiked, ContentUnliked
from app.content.models import PUBLISHED, ContentItem, Reaction
from app.content.policy import access_item
from app.content.service.publishing import rank
from app.core import clock, idempotency
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert


def like(actor: Actor, public_id: str, *, on: bool, key: str | None = None) -> tuple[ContentItem, int]:
    """Like it, or take the like back; the row and its likes. Doing it twice changes nothing.

    With a `key` a request that comes again late changes nothing either, whatever the person has decided since.
    Raises `NotFound`, and `Conflict` for something hidden. About six statements, one more with a key; locks the
    publication's row.
    """
    found: ContentItem | None = None

    def act() -> str:
        nonlocal found
        found = _like(actor, public_id, on=on)
        return ""

    with unit_of_work():
        idempotency.once(actor.person_id, key and f"like:{key[:60]}:{public_id[:40]}:{int(on)}", act)
        item = found if found is not None else access_item(actor, public_id)[0]
        return item, item.likes_count


def _like(actor: Actor, public_id: str, *, on: bool) -> ContentItem:
    with unit_of_work():
        item, root = access_item(actor, public_id, lock=True)
        if item.state != PUBLISHED or root.state != PUBLISHED:
            raise Conflict(_("This is hidden now."))
        changed = _add(item, actor) if on else _remove(item, actor)
        if changed:
            item.likes_count += 1 if on else -1
            root.version += 1
            if item is root:
                item.last_liker_id = actor.person_id if on else _latest_liker(item)
                rank(root)
            event = ContentLiked if on else ContentUnliked
            emit(event(item.id, root.id, item.author_id, actor.person_id))
        return item


def _add(item: ContentItem, actor: Actor) -> bool:
    row = {"content_id": item.id, "person_id": actor.person_id, "created_at": clock.now()}
    statement = (
        insert(Reaction).values(row).on_conflict_do_nothing(index_elements=["content_id", "person_id"])
    )
    return db.session.scalar(statement.returning(Reaction.id)) is not None


def _remove(item: ContentItem, actor: Actor) -> bool:
    mine = (Reaction.content_id == item.id, Reaction.person_id == actor.person_id)
    return db.session.scalar(delete(Reaction).where(*mine).returning(Reaction.id)) is not None


def _latest_liker(item: ContentItem) -> int | None:
    query = (
        select(Reaction.person_id)
        .where(Reaction.content_id == item.id, Reaction.person_id.is_not(None))
        .order_by(Reaction.created_at.desc(), Reaction.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).first()
