"""The list of topics: mine, all by size, found by name."""

from __future__ import annotations

from sqlalchemy import bindparam, tuple_

from app.core import cursor
from app.core.actor import Actor
from app.core.like import containing
from app.core.prepared import Prepared
from app.lib.hashtags import fold_topic
from app.lib.text import clean_line, swap_layout
from app.topics.models import Topic, TopicSubscription
from app.topics.policy import known_topics
from app.topics.queries.lines import called, topic_line, topic_lines, values_for
from app.topics.schemas import TopicListing

PAGE = 50
MAX_QUERY = 80
#: My topics are shown at once.
MOST_MINE = 300

_after = tuple_(Topic.publications_count, Topic.id) < tuple_(bindparam("position"), bindparam("after_id"))
_largest = (Topic.publications_count.desc(), Topic.id.desc())

_all = Prepared(topic_lines().where(known_topics(), _after).order_by(*_largest).limit(PAGE + 1))
_found = Prepared(
    topic_lines().where(known_topics(), called("word", "swapped"), _after).order_by(*_largest).limit(PAGE + 1)
)
_mine = Prepared(
    topic_lines().where(TopicSubscription.person_id.is_not(None)).order_by(Topic.name).limit(MOST_MINE)
)


def mine(actor: Actor) -> TopicListing:
    """The topics the actor reads, by name. One statement."""
    return TopicListing(tuple(topic_line(row) for row in _mine.all(**values_for(actor))), None)


def directory(actor: Actor, *, q: str = "", before: str | None = None) -> TopicListing:
    """The topics with most publications, or those with `q` in their name, in either keyboard layout.

    One statement. Raises `Invalid` for a broken cursor.
    """
    position, after_id = cursor.decode(before)
    values = {**values_for(actor), "position": position, "after_id": after_id}
    word = fold_topic(clean_line(q, MAX_QUERY))
    if word:
        values |= {"word": containing(word), "swapped": containing(fold_topic(swap_layout(word)))}
    rows = (_found if word else _all).all(**values)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return TopicListing(
        tuple(topic_line(row) for row in rows[:PAGE]),
        cursor.encode(last.publications_count, last.id) if last is not None else None,
    )
