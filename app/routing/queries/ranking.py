"""Who can help with a question, as the ranking of experts says it, and who is known for its topics."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core.db import db
from app.expertise.models import Expertise
from app.expertise.queries import helping
from app.routing.schemas import ANSWERED, EXPERT, HELPS, SIMILAR, Asked, Helper

#: Titles looked at, the best first.
MOST_TITLES = 30


def who_can_help(asked: Asked, now: int, limit: int) -> list[Helper]:
    """People who can help, the best first; never the asker. Costs what the ranking does: for workers, not for pages."""
    question = helping.AskedQuestion(
        text=asked.text, topic_ids=asked.topic_ids, asker_id=asked.author_id, group_id=asked.group_id
    )
    # What happened at this very moment is known.
    found = helping.who_can_help(question, now=now + 1, limit=limit)
    return [_helper(each) for each in found]


def best_experts(topic_ids: Sequence[int]) -> list[Helper]:
    """Who has a title in these topics, the best first; each once, by the topic they know best. One statement."""
    if not topic_ids:
        return []
    rows = db.session.execute(
        select(Expertise.person_id, Expertise.topic_id, Expertise.strength)
        .where(Expertise.topic_id.in_(topic_ids), Expertise.title > 0)
        .order_by(Expertise.title.desc(), Expertise.strength.desc(), Expertise.person_id)
        .limit(MOST_TITLES)
    )
    found: dict[int, Helper] = {}
    for row in rows:
        found.setdefault(row.person_id, Helper(row.person_id, row.strength, EXPERT, row.topic_id))
    return list(found.values())


def how_many_know(asked: Asked, ranked: Sequence[Helper]) -> int:
    """How many of those ranked know the matter: by answers in its topics, or where it has none to similar questions."""
    reason = ANSWERED if asked.topic_ids else SIMILAR
    return sum(helper.reason == reason for helper in ranked)


def _helper(found: helping.Helper) -> Helper:
    why = found.why
    if why.answered and why.topic_id is not None:
        return Helper(found.person_id, found.score, ANSWERED, why.topic_id, why.answered)
    return Helper(found.person_id, found.score, HELPS if why.similar_id is None else SIMILAR)
