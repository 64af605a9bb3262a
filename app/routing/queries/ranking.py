"""Who can help with a question: whoever registers as the ranker says it, else answers in its topics do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.content.models import ANSWER, PUBLISHED, ContentItem, ContentTopic
from app.core import clock
from app.core.db import db
from app.routing.schemas import ANSWERED, Asked, Helper, Ranker

#: Answers looked at, the latest first, and the days after which one counts half.
LATEST = 3000
HALF_LIFE = 90

_ranker: Ranker | None = None


def register_ranker(rank: Ranker | None) -> None:
    """Let another feature say who can help; None brings back the plain rule."""
    global _ranker
    _ranker = rank


def who_can_help(asked: Asked, now: int, limit: int) -> Sequence[Helper]:
    """People who can help, the best first; never the asker."""
    return (_ranker or by_answers)(asked, now, limit)


def by_answers(asked: Asked, now: int, limit: int) -> list[Helper]:
    """Who answered in the question's topics, recent answers counting more. One statement; none without topics."""
    if not asked.topic_ids:
        return []
    root = aliased(ContentItem, name="asked")
    rows = db.session.execute(
        select(ContentItem.author_id, ContentTopic.topic_id, ContentItem.published_at)
        .join(root, root.id == ContentItem.root_id)
        .join(ContentTopic, ContentTopic.content_id == root.id)
        .where(
            ContentTopic.topic_id.in_(asked.topic_ids),
            ContentItem.kind == ANSWER,
            ContentItem.state == PUBLISHED,
            root.state == PUBLISHED,
            ContentItem.published_at <= now,
            ContentItem.author_id.not_in((asked.author_id,)),
            ContentItem.audience == "company",
        )
        .order_by(ContentItem.id.desc())
        .limit(LATEST)
    )
    scores: dict[int, float] = defaultdict(float)
    numbers: dict[tuple[int, int], int] = defaultdict(int)
    for author_id, topic_id, at in rows:
        scores[author_id] += 0.5 ** ((now - at) / (HALF_LIFE * clock.DAY))
        numbers[author_id, topic_id] += 1
    best = sorted(scores, key=lambda person_id: (-scores[person_id], person_id))[:limit]
    return [_helper(person_id, scores[person_id], asked, numbers) for person_id in best]


def _helper(person_id: int, score: float, asked: Asked, numbers: dict[tuple[int, int], int]) -> Helper:
    topic_id = max(asked.topic_ids, key=lambda topic: (numbers[person_id, topic], -topic))
    return Helper(person_id, score, ANSWERED, topic_id, numbers[person_id, topic_id])
