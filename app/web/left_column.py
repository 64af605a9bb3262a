"""The reader's groups and topics in the left column of every page, read together: every page pays for it."""

from __future__ import annotations

from sqlalchemy import literal, select, union_all

from app.core.actor import Actor
from app.core.prepared import Prepared
from app.groups.queries.left_column import MY_GROUPS, group_links
from app.groups.schemas import GroupLink
from app.topics.queries.left_column import MY_TOPICS, topic_links
from app.topics.schemas import TopicLink

_groups, _topics = MY_GROUPS.subquery("my_groups"), MY_TOPICS.subquery("my_topics")
_BOTH = Prepared(
    union_all(
        select(literal("group").label("what"), *_groups.c),
        select(
            literal("topic"), _topics.c.position, literal(0), _topics.c.name, _topics.c.handle, literal(0),
            literal(""), literal(""),
        ),
    )
)  # fmt: skip


def left_column(
    actor: Actor, *, most_groups: int, most_topics: int
) -> tuple[tuple[GroupLink, ...], tuple[TopicLink, ...]]:
    """The first of the actor's groups and of the topics they read, by name. One statement."""
    rows = _BOTH.all(person_id=actor.person_id, most_groups=most_groups, most_topics=most_topics)
    rows.sort(key=lambda row: row.position)
    groups = group_links(actor, (row for row in rows if row.what == "group"))
    return groups, topic_links(row for row in rows if row.what == "topic")
