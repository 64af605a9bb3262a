"""Questions: lists, and which answer each accepted."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, bindparam, exists, select

from app.content.models import QUESTION, ContentItem
from app.content.queries.streams import page, stream
from app.content.schemas import Stream
from app.core.actor import Actor
from app.core.db import db
from app.questions.models import Question


def _questions(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(
        ContentItem.kind == QUESTION, exists().where(Question.content_id == ContentItem.id, *conditions)
    )


_STREAMS = {
    "waiting": stream("activity", _questions(Question.accepted_id.is_(None))),
    "answered": stream("activity", _questions(Question.accepted_id.is_not(None))),
    "all": stream("activity", ContentItem.kind == QUESTION),
    "mine": stream(
        "activity", and_(ContentItem.kind == QUESTION, ContentItem.author_id == bindparam("actor_id"))
    ),
}
#: What the list can be narrowed to.
FILTERS = tuple(_STREAMS)

#: A publication's accepted answer, NULL where there is none; over `ContentItem`.
ACCEPTED = (
    select(Question.accepted_id)
    .where(Question.content_id == ContentItem.id)
    .correlate(ContentItem)
    .scalar_subquery()
)


def questions(actor: Actor, *, which: str, before: str | None = None) -> Stream:
    """A page of questions, latest activity first. One statement. Raises `Invalid` for a bad cursor."""
    return page(_STREAMS[which], actor, before)


def is_shown(question_id: int, answer_public_id: str) -> bool:
    """Whether an answer is the one that its question shows. One statement."""
    shown = select(ContentItem.public_id).join(Question, Question.accepted_id == ContentItem.id)
    return db.session.scalar(shown.where(Question.content_id == question_id)) == answer_public_id
