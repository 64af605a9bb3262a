"""Topics while typing "#"."""

from __future__ import annotations

from sqlalchemy import bindparam, case, or_

from app.core.actor import Actor
from app.core.like import like, starting
from app.core.prepared import Prepared
from app.lib.hashtags import fold_topic
from app.lib.text import clean_line, swap_layout
from app.topics.models import Topic, TopicSubscription
from app.topics.policy import known_topics
from app.topics.queries.lines import called, topic_line, topic_lines, values_for
from app.topics.schemas import TopicLine

MOST = 8
MAX_QUERY = 80

_completion = Prepared(
    topic_lines()
    .where(
        or_(known_topics(), TopicSubscription.person_id.is_not(None)),
        called("start", "part", "swapped"),
    )
    .order_by(
        case((like(Topic.name, "start"), 0), else_=1),
        case((TopicSubscription.person_id.is_not(None), 0), else_=1),
        Topic.publications_count.desc(),
        Topic.name,
    )
    .limit(bindparam("most"))
)


def complete(actor: Actor, q: str) -> tuple[TopicLine, ...]:
    """Topics that begin with `q`, or have a part after a hyphen that does; those the actor reads first.

    Known topics and the actor's own; a name that was merged offers the topic it stands for. In either keyboard layout.
    One statement.
    """
    word = fold_topic(clean_line(q, MAX_QUERY))
    rows = _completion.all(
        **values_for(actor),
        start=starting(word),
        part="%-" + starting(word),
        swapped=starting(fold_topic(swap_layout(word))),
        most=MOST,
    )
    return tuple(topic_line(row) for row in rows)
