"""Reminding owners of articles that have to be checked again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import exists, select

from app.articles.events import ArticleReviewDue
from app.articles.models import DUE, SOON, Article, Reminder
from app.content.models import PUBLISHED, ContentItem
from app.core import clock
from app.core.db import db
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert

#: The first reminder comes so many days before the date.
DAYS_BEFORE = 7
#: Articles reminded of in one transaction.
BATCH = 200


def remind() -> int:
    """Tell owners whose articles have to be checked soon, or since today; how many were told.

    Once for each date and kind, however often it runs; days end at midnight UTC. A transaction for each `BATCH`.
    """
    told = 0
    for kind in (DUE, SOON):
        while some := _remind(kind):
            told += some
    return told


def _remind(kind: str) -> int:
    today = clock.today()
    if kind == DUE:
        when = Article.review_by < today
    else:
        when = Article.review_by.between(today, today + timedelta(days=DAYS_BEFORE))
    reminded = exists().where(
        Reminder.content_id == Article.content_id,
        Reminder.review_by == Article.review_by,
        Reminder.kind == kind,
    )
    due = (
        select(Article.content_id, Article.owner_id, Article.review_by)
        .join(ContentItem, ContentItem.id == Article.content_id)
        .where(when, ContentItem.state == PUBLISHED, ~reminded)
        .order_by(Article.content_id)
        .limit(BATCH)
    )
    with unit_of_work():
        rows = db.session.execute(due).all()
        statement = insert(Reminder).on_conflict_do_nothing(
            index_elements=["content_id", "review_by", "kind"]
        )
        for row in rows:
            values = {
                "content_id": row.content_id,
                "review_by": row.review_by,
                "kind": kind,
                "sent_at": clock.now(),
            }
            if db.session.scalars(statement.returning(Reminder.content_id), [values]).first() is None:
                continue
            # Its card says from now on that it has to be checked.
            item = db.session.get_one(ContentItem, row.content_id)
            item.version += 1
            emit(ArticleReviewDue(row.content_id, row.owner_id, kind))
    return len(rows)
