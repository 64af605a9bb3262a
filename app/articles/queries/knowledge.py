"""The start page of the knowledge base.

*Popular* are articles that most different people opened in the last seven days. *About to expire* are those that have
to be checked, or are valid no more, within thirty days, the nearest first; then those whose day is over. *Asked often
without an answer* are the topics with most questions of the last ninety days that have no answer; of each the question
is shown that most people like.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select

from app.articles.models import Article, Reader
from app.articles.queries.lines import CHANGED_AT, Trusted, article_line, from_articles
from app.articles.schemas import AskedLine, KnowledgePage
from app.content.models import PUBLISHED, QUESTION, ContentItem, ContentTopic
from app.content.policy import actor_values, visible_to
from app.core import clock
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.lib.text import excerpt
from app.topics.models import Topic
from app.topics.schemas import topic_url
from app.trust.models import ContentTrust

#: Lines of each list.
MOST = 5
#: What counts as this week, as soon, and as asked lately.
WEEK = 7 * clock.DAY
SOON = timedelta(days=30)
LATELY = 90 * clock.DAY
#: Waiting questions looked at, the newest first.
LOOKED_AT = 600
_QUOTE = 120

_readers = (
    select(Reader.content_id, func.count().label("readers"))
    .where(Reader.last_at > bindparam("since"))
    .group_by(Reader.content_id)
    .subquery("readers")
)
_seen = (ContentItem.state == PUBLISHED, visible_to())

_POPULAR = Prepared(
    from_articles(_readers.c.readers)
    .join(_readers, _readers.c.content_id == Article.content_id)
    .where(*_seen)
    .order_by(_readers.c.readers.desc(), Article.content_id.desc())
    .limit(MOST)
)
_CHANGED = Prepared(
    from_articles().where(*_seen).order_by(CHANGED_AT.desc(), Article.content_id.desc()).limit(MOST)
)
#: Whichever comes first: the last day on which it counts as checked, or on which it is valid.
_ends = case(
    (
        or_(Article.review_by.is_(None), ContentTrust.valid_until < Article.review_by),
        func.coalesce(ContentTrust.valid_until, Article.review_by),
    ),
    else_=Article.review_by,
)
_EXPIRING = Prepared(
    from_articles(_ends.label("ends"))
    .outerjoin(ContentTrust, ContentTrust.content_id == Article.content_id)
    .where(*_seen, or_(Article.review_by < bindparam("until"), ContentTrust.valid_until < bindparam("until")))
    .order_by(case((_ends < bindparam("today"), 1), else_=0), _ends, Article.content_id)
    .limit(MOST)
)


def _waiting() -> Any:
    """The newest questions without an answer that the reader may see."""
    return (
        select(
            ContentItem.id, ContentItem.public_id, ContentItem.title, ContentItem.excerpt,
            ContentItem.likes_count,
        )
        .where(
            ContentItem.root_id.is_(None),
            ContentItem.kind == QUESTION,
            ContentItem.published_at > bindparam("since"),
            ContentItem.answers_count == 0,
            *_seen,
        )
        .order_by(ContentItem.activity_at.desc(), ContentItem.id.desc())
        .limit(LOOKED_AT)
        .subquery("waiting")
    )  # fmt: skip


def _asked() -> Any:
    waiting = _waiting()
    in_topic = (
        select(
            ContentTopic.topic_id, waiting.c.public_id, waiting.c.title, waiting.c.excerpt,
            func.count().over(partition_by=ContentTopic.topic_id).label("questions"),
            func.row_number()
            .over(
                partition_by=ContentTopic.topic_id,
                order_by=(waiting.c.likes_count.desc(), waiting.c.id.desc()),
            )
            .label("place"),
        )
        .join(waiting, waiting.c.id == ContentTopic.content_id)
        .subquery("in_topic")
    )  # fmt: skip
    return (
        select(
            Topic.title.label("topic"), Topic.name, in_topic.c.questions, in_topic.c.public_id,
            in_topic.c.title, in_topic.c.excerpt,
        )
        .join(in_topic, in_topic.c.topic_id == Topic.id)
        .where(in_topic.c.place == 1)
        .order_by(in_topic.c.questions.desc(), Topic.name)
        .limit(MOST)
    )  # fmt: skip


_ASKED = Prepared(_asked())


def knowledge(actor: Actor) -> KnowledgePage:
    """The four lists of the start page. Five statements."""
    me = actor_values(actor)
    now, today = clock.now(), clock.today()
    days = {"today": today.isoformat(), "until": (today + SOON).isoformat()}
    lists = (_POPULAR.all(**me, since=now - WEEK), _CHANGED.all(**me), _EXPIRING.all(**me, **days))
    trusted = Trusted(actor, {row.content_id for rows in lists for row in rows})
    popular, changed, expiring = (tuple(article_line(row, trusted) for row in rows) for rows in lists)
    return KnowledgePage(
        popular=popular,
        changed=changed,
        expiring=expiring,
        asked=tuple(_asked_line(row) for row in _ASKED.all(**me, since=now - LATELY)),
    )


def _asked_line(row: Any) -> AskedLine:
    return AskedLine(
        topic=row.topic,
        topic_url=topic_url(row.name),
        questions=row.questions,
        title=excerpt(row.title or row.excerpt, _QUOTE),
        url=f"/p/{row.public_id}",
        public_id=row.public_id,
    )
