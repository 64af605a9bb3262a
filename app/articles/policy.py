"""Who writes, changes and looks after articles.

Anyone writes one. Its owner and the editors change it and say that it is still true; the owner, and whoever an article
was handed to, say who looks after it. Everybody else suggests in a comment.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, exists, select

from app.articles.models import Article, Handover
from app.content.models import ARTICLE, PUBLISHED, ContentItem
from app.content.policy import access_publication
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.trust.policy import who_sees

_OWNER = Prepared(select(Article.owner_id).where(Article.content_id == bindparam("content_id")))


def owner_of(content_id: int) -> int | None:
    """Who looks after an article; None for what is none. One statement."""
    row = _OWNER.first(content_id=content_id)
    return row.owner_id if row is not None else None


def may_edit(actor: Actor, item: Any) -> bool:
    """The owner changes an article, and so do editors. At most one statement."""
    return actor.is_editor or owner_of(item.id) == actor.person_id


def may_delete(actor: Actor, item: Any) -> bool:
    """Only the owner deletes an article; moderators hide it. One statement."""
    return owner_of(item.id) == actor.person_id


def may_pass_on(actor: Actor, item: ContentItem, owner_id: int) -> bool:
    """The owner, editors, and whoever it was handed to. At most one statement."""
    if item.state != PUBLISHED:
        return False
    return owner_id == actor.person_id or actor.is_editor or waits_for(actor, item.id)


def waits_for(actor: Actor, content_id: int) -> bool:
    """Whether an article was handed to the person and waits. One statement."""
    waiting = exists().where(
        Handover.content_id == content_id, Handover.decided_at.is_(None), Handover.to_id == actor.person_id
    )
    return bool(db.session.scalar(select(waiting)))


def may_look_after(person_id: int, item: ContentItem) -> bool:
    """Whether somebody works here and may see the article. One statement."""
    return person_id in who_may_look_after([person_id], item)


def who_may_look_after(person_ids: list[int], item: ContentItem) -> set[int]:
    """Which of these people work here and may see the article. One statement."""
    return set(who_sees(person_ids, item))


def access_article(actor: Actor, public_id: str, *, lock: bool = False) -> tuple[ContentItem, Article]:
    """The article, if the person may see it. Two SELECTs; `lock` holds the publication's row. Raises `NotFound`."""
    item = access_publication(actor, public_id, lock=lock)
    if item.kind != ARTICLE:
        raise NotFound
    return item, db.session.get_one(Article, item.id, populate_existing=lock)
