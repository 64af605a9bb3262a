"""What is known about a topic: its articles and answered questions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import aliased

from app.articles.models import Article
from app.articles.queries.lines import CHANGED_AT, Owner, Trusted, article_line
from app.articles.schemas import AnswerLine, TopicKnowledge
from app.content.models import PUBLISHED, QUESTION, ContentItem, ContentTopic
from app.content.policy import actor_values, visible_to
from app.content.queries.accepted import accepted_id
from app.content.queries.lines import folded, person_columns, person_line
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.lib.markup import without_last_topics
from app.lib.text import excerpt
from app.people.models import Person

#: Of each, so many stand on the page.
MOST = 100
_QUOTE = 160

_Answer = aliased(ContentItem, name="answer")
_Answerer = aliased(Person, name="answerer")


def _about() -> tuple[Any, ...]:
    return (
        ContentItem.root_id.is_(None),
        ContentItem.state == PUBLISHED,
        visible_to(),
        ContentItem.id.in_(
            select(ContentTopic.content_id).where(ContentTopic.topic_id == bindparam("topic"))
        ),
    )


def _articles() -> Any:
    nobody = [
        cast(null(), column.type).label(column.name) for column in person_columns("answerer", _Answerer)
    ]
    return (
        select(
            literal("article").label("what"), ContentItem.id.label("content_id"), ContentItem.public_id,
            ContentItem.title, ContentItem.excerpt, CHANGED_AT.label("changed_at"),
            Article.review_by.label("review_by"), ContentItem.usefulness, *person_columns("owner", Owner), *nobody,
            cast(null(), String).label("answer_html"), cast(null(), ContentItem.id.type).label("answer_content_id"),
            cast(null(), String).label("answer_id"),
        )
        .join(Article, Article.content_id == ContentItem.id)
        .join(Owner, Owner.id == Article.owner_id)
        .where(*_about())
        .order_by(ContentItem.usefulness.desc(), ContentItem.id.desc())
        .limit(bindparam("most"))
    )  # fmt: skip


def _answers() -> Any:
    asked = (
        select(
            ContentItem.id, ContentItem.public_id, ContentItem.title, ContentItem.excerpt,
            ContentItem.usefulness, accepted_id(),
        )
        .where(ContentItem.kind == QUESTION, *_about())
        .subquery("asked")
    )  # fmt: skip
    nobody = [cast(null(), column.type).label(column.name) for column in person_columns("owner", Owner)]
    return (
        select(
            literal("answer").label("what"), asked.c.id.label("content_id"), asked.c.public_id, asked.c.title,
            asked.c.excerpt, _Answer.published_at.label("changed_at"),
            cast(null(), Article.review_by.type).label("review_by"), asked.c.usefulness, *nobody,
            *person_columns("answerer", _Answerer), _Answer.body_html.label("answer_html"),
            _Answer.id.label("answer_content_id"), _Answer.public_id.label("answer_id"),
        )
        .join(_Answer, _Answer.id == asked.c.accepted_id)
        .join(_Answerer, _Answerer.id == _Answer.author_id)
        .where(_Answer.state == PUBLISHED)
        .order_by(asked.c.usefulness.desc(), asked.c.id.desc())
        .limit(bindparam("most"))
    )  # fmt: skip


def _both() -> Any:
    parts = (_articles().subquery("articles_of_topic"), _answers().subquery("answers_of_topic"))
    return union_all(*(select(part) for part in parts))


#: Made at the first run: what was accepted is told by the kinds that features register.
_KNOWN = Prepared(_both)


def topic_answers(actor: Actor, topic_id: int) -> TopicKnowledge:
    """The articles and answered questions about a topic: first what is valid for the reader, by how useful it is.

    Two statements.
    """
    rows = _KNOWN.all(**actor_values(actor), topic=topic_id, most=MOST)
    trusted = Trusted(actor, {_told_by(row) for row in rows})
    rows.sort(key=lambda row: (bool(trusted.limit(_told_by(row))), -row.usefulness, -row.content_id))
    return TopicKnowledge(
        tuple(article_line(row, trusted) for row in rows if row.what == "article"),
        tuple(_answer_line(row, trusted) for row in rows if row.what == "answer"),
    )


def _told_by(row: Any) -> int:
    """The id of the text that is to be trusted: the article, or the answer of the question."""
    told_by: int = row.answer_content_id or row.content_id
    return told_by


def _answer_line(row: Any, trusted: Trusted) -> AnswerLine:
    author = person_line(row, "answerer")
    assert author is not None
    html, _long = folded(without_last_topics(row.answer_html), whole=True)
    return AnswerLine(
        title=excerpt(row.title or row.excerpt, _QUOTE),
        url=f"/p/{row.public_id}",
        answered_at=row.changed_at,
        author=author,
        answer_html=html,
        answer_id=row.answer_id,
        mark=trusted.mark(row.answer_content_id),
        state=trusted.state(row.answer_content_id, accepted=True),
        limit=trusted.limit(row.answer_content_id),
    )
