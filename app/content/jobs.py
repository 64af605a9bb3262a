"""Nightly repairs: counters are kept on rows for speed, and made exact again from the rows they count."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from app.content.models import ANSWER, PUBLISHED, ContentItem, Reaction
from app.core.db import db
from app.core.unit_of_work import unit_of_work

#: Rows repaired in one transaction, so that writers never wait for long.
BATCH = 5_000

_Reply = aliased(ContentItem, name="reply")


def repair_counters() -> int:
    """Make likes, comments and answers of every row exact; how many rows were wrong."""
    last, wrong = db.session.scalar(select(func.max(ContentItem.id))) or 0, 0
    for start in range(0, last + 1, BATCH):
        with unit_of_work():
            wrong += _repair(start, start + BATCH)
    return wrong


def _repair(start: int, end: int) -> int:
    likes = select(func.count()).where(Reaction.content_id == ContentItem.id).scalar_subquery()
    shown = select(func.count()).where(_Reply.root_id == ContentItem.id, _Reply.state == PUBLISHED)
    comments = shown.scalar_subquery()
    answers = shown.where(_Reply.kind == ANSWER).scalar_subquery()
    counters = {"likes_count": likes, "comments_count": comments, "answers_count": answers}
    differs = [getattr(ContentItem, name) != counted for name, counted in counters.items()]
    result = db.session.execute(
        update(ContentItem)
        .where(ContentItem.id >= start, ContentItem.id < end, differs[0] | differs[1] | differs[2])
        .values(**counters, version=ContentItem.version + 1)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))
