"""All articles as a stream of cards."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, bindparam, exists

from app.articles.models import Article
from app.content.models import IS_ARTICLE, ContentItem
from app.content.queries.streams import page, stream
from app.content.schemas import Stream
from app.core import clock
from app.core.actor import Actor

_OWN = exists().where(Article.content_id == ContentItem.id, Article.owner_id == bindparam("actor_id"))
_OVERDUE = exists().where(Article.content_id == ContentItem.id, Article.review_by < bindparam("today"))

_STREAMS = {
    "all": stream("activity", IS_ARTICLE),
    "mine": stream("activity", and_(IS_ARTICLE, _OWN)),
    "overdue": stream("activity", and_(IS_ARTICLE, _OVERDUE)),
}
#: What the list can be narrowed to.
FILTERS = tuple(_STREAMS)


def articles(actor: Actor, *, which: str, before: str | None = None) -> Stream:
    """A page of articles, latest activity first. One statement. Raises `Invalid` for a bad cursor."""
    today: date = clock.today()
    if which == "overdue":
        return page(_STREAMS[which], actor, before, today=today.isoformat())
    return page(_STREAMS[which], actor, before)
