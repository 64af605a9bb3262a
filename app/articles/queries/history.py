"""How an article read before, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.articles.models import Article
from app.articles.policy import access_article
from app.articles.schemas import Compared
from app.content.models import ContentItem, Revision
from app.content.queries.items import RevisionLine, history
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.lib.comparing import Comparison, compare


def versions(actor: Actor, public_id: str) -> tuple[ContentItem, Article, Sequence[RevisionLine]]:
    """The article and its versions, latest first; one that was never changed has none. Five SELECTs.

    Raises `NotFound`.
    """
    item, article = access_article(actor, public_id)
    _item, _root, lines = history(actor, public_id)
    return item, article, lines


def compared(actor: Actor, public_id: str, before: int, after: int) -> tuple[ContentItem, Compared]:
    """Two versions of an article beside each other. Three SELECTs. Raises `NotFound`."""
    item, _article = access_article(actor, public_id)
    wanted = (Revision.content_id == item.id, Revision.number.in_((before, after)))
    found = {row.number: row for row in db.session.scalars(select(Revision).where(*wanted))}
    if before not in found or after not in found:
        raise NotFound
    one, other = found[before], found[after]
    return item, Compared(
        before, after, _line(one.title, other.title), compare(one.body_source, other.body_source)
    )


def compared_with(item: ContentItem, title: str, body: str) -> Compared:
    """An article as it is now beside what somebody typed upon an earlier version."""
    return Compared(item.revision, 0, _line(item.title, title), compare(item.body_source, body))


def _line(before: str, after: str) -> Comparison:
    return compare(before, after)
