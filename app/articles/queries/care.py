"""What a person looks after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, or_
from sqlalchemy.orm import aliased

from app.articles.models import Article, Handover
from app.articles.queries.lines import article_line, from_articles
from app.articles.schemas import CarePage, HandoverLine
from app.content.models import PUBLISHED, ContentItem
from app.content.policy import actor_values, visible_to
from app.content.queries.lines import person_columns, person_line
from app.core import clock
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.people.models import Person

#: Dates so near are shown as something to do.
SOON = timedelta(days=30)
MOST = 200

_Before = aliased(Person, name="before")
_seen = (ContentItem.state == PUBLISHED, visible_to())
#: What nobody else decides about waits for the editors.
_for_me = or_(
    Handover.to_id == bindparam("actor_id"), and_(Handover.to_id.is_(None), bindparam("an_editor") == 1)
)

_HANDED = Prepared(
    from_articles(Handover.reason, Handover.created_at, *person_columns("before", _Before))
    .join(Handover, Handover.content_id == Article.content_id)
    .join(_Before, _Before.id == Handover.from_id)
    .where(Handover.decided_at.is_(None), _for_me, *_seen)
    .order_by(Handover.created_at.desc(), Article.content_id)
    .limit(MOST)
)
_MINE = Prepared(
    from_articles()
    .where(Article.owner_id == bindparam("actor_id"), *_seen)
    .order_by(Article.review_by.is_(None), Article.review_by, Article.content_id)
    .limit(MOST)
)


def care(actor: Actor) -> CarePage:
    """What was handed to the person and waits, and the articles they own. Two statements."""
    me = actor_values(actor)
    handed = tuple(_handed(row) for row in _HANDED.all(**me, an_editor=int(actor.is_editor)))
    waiting = {line.article.public_id for line in handed}
    until = clock.today() + SOON
    mine = [line for row in _MINE.all(**me) if (line := article_line(row)).public_id not in waiting]
    due = [line for line in mine if line.review_by is not None and line.review_by <= until]
    return CarePage(handed, tuple(due), tuple(line for line in mine if line not in due))


def _handed(row: Any) -> HandoverLine:
    before = person_line(row, "before")
    assert before is not None
    return HandoverLine(article_line(row), before, row.reason, row.created_at)
