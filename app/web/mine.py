"""What every page's frame shows of the reader alone, read together because every page pays for it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import literal, select, union_all

from app.content.policy import actor_values
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.groups.queries.left_column import MY_GROUPS, group_links
from app.groups.schemas import GroupLink
from app.moderation.policy import case_values, moderates_anything
from app.moderation.queries import OPEN_COUNT
from app.notifications.queries import UNREAD
from app.notifications.schemas import UnreadCounts
from app.topics.queries.left_column import MY_TOPICS, topic_links
from app.topics.schemas import TopicLink

_groups, _topics = MY_GROUPS.subquery("my_groups"), MY_TOPICS.subquery("my_topics")
_unread, _open = UNREAD.subquery("unread"), OPEN_COUNT.subquery("open")
_nothing, _zero = literal(""), literal(0)
_PARTS = (
    select(literal("group").label("what"), *_groups.c, _zero.label("first"), _zero.label("second")),
    select(
        literal("topic"), _topics.c.position, _zero, _topics.c.name, _topics.c.handle, _zero, _nothing, _nothing,
        _zero, _zero,
    ),
    select(
        literal("unread"), _zero, _zero, _nothing, _nothing, _zero, _nothing, _nothing,
        _unread.c.notifications, _unread.c.mentions,
    ),
)  # fmt: skip
_OPEN = select(
    literal("open"), _zero, _zero, _nothing, _nothing, _zero, _nothing, _nothing, _open.c.cases, _zero
)
_MINE = Prepared(union_all(*_PARTS))
_MODERATORS = Prepared(union_all(*_PARTS, _OPEN))


class Mine(NamedTuple):
    """The reader's part of the frame."""

    groups: tuple[GroupLink, ...]
    topics: tuple[TopicLink, ...]
    unread: UnreadCounts
    #: Texts that wait for the reader's decision; 0 for people who moderate nothing.
    open_cases: int


def mine(actor: Actor, *, most_groups: int, most_topics: int) -> Mine:
    """The first of the actor's groups and of the topics they read, by name, and what waits for them. One statement."""
    moderates = moderates_anything(actor)
    values = actor_values(actor) | (case_values(actor) if moderates else {})
    rows = (_MODERATORS if moderates else _MINE).all(
        **values, person_id=actor.person_id, most_groups=most_groups, most_topics=most_topics
    )
    rows.sort(key=lambda row: row.position)
    unread = next(row for row in rows if row.what == "unread")
    return Mine(
        group_links(actor, (row for row in rows if row.what == "group")),
        topic_links(row for row in rows if row.what == "topic"),
        UnreadCounts(unread.first, unread.second),
        sum(row.first for row in rows if row.what == "open"),
    )
