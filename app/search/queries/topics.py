"""Topics for a text that is being typed: those it names, and those of what is like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Row, null, or_, union_all

from app.content.models import ContentTopic
from app.core.actor import Actor
from app.core.fulltext.analysis import fold_words, stem, text_terms, word_terms
from app.core.fulltext.stopwords import STOP_WORDS
from app.core.like import like, starting
from app.core.prepared import Prepared, among
from app.lib.hashtags import find_topics, fold_topic
from app.search.schemas import MOST_TOPICS
from app.topics.models import Topic, TopicSubscription
from app.topics.policy import known_topics
from app.topics.queries.lines import topic_line, topic_lines, values_for
from app.topics.schemas import TopicLine

#: A topic that the text names in full is worth this much; one that everything like the text has is worth 1.
NAMED = 1.0
#: What is worth less is a guess.
LEAST = 0.3
#: Words whose topics are looked up: the longest say most.
_MOST_STEMS = 16
_SHORT_STEM = 3
#: Matches no name.
_NOTHING = ""

_may_know = or_(known_topics(), TopicSubscription.person_id.is_not(None))

#: Topics whose names begin like one of the stems, and those of publications, each with the publication.
_LIKELY = Prepared(
    union_all(
        topic_lines(null().label("content_id")).where(
            _may_know, or_(*(like(Topic.name, f"stem_{number}") for number in range(_MOST_STEMS)))
        ),
        topic_lines(ContentTopic.content_id)
        .join(ContentTopic, ContentTopic.topic_id == Topic.id)
        .where(_may_know, among(ContentTopic.content_id, "ids")),
    )
)


def suggested_topics(actor: Actor, text: str, near: Mapping[int, float]) -> tuple[TopicLine, ...]:
    """Topics the text may be about and does not have yet, likeliest first: at most `MOST_TOPICS`.

    `near` says how like the text each of some publications is, the nearest 1. Topics that the person may know of.
    One statement.
    """
    stems = {word for word in text_terms(text) if len(word) >= _SHORT_STEM}
    worth: dict[int, float] = defaultdict(float)
    rows: dict[int, Row[Any]] = {}
    written = {fold_topic(found.name) for found in find_topics(text)}
    whole = sum(near.values())
    for row in _LIKELY.all(ids=list(near), **values_for(actor), **_patterns(stems)):
        if row.content_id is not None:
            rows[row.id] = row
            worth[row.id] += near[row.content_id] / whole
        elif _stands_in(row.name, stems):
            rows[row.id] = row
            worth[row.id] += NAMED
    likely = [id_ for id_, value in worth.items() if value >= LEAST and rows[id_].name not in written]
    likely.sort(key=lambda id_: (-worth[id_], -rows[id_].publications_count, id_))
    return tuple(topic_line(rows[id_]) for id_ in likely[:MOST_TOPICS])


def _patterns(stems: Collection[str]) -> dict[str, str]:
    """What the names are to begin with."""
    longest = sorted(stems, key=lambda word: (-len(word), word))[:_MOST_STEMS]
    patterns = {f"stem_{number}": _NOTHING for number in range(_MOST_STEMS)}
    # The end of a stem may differ from what is written: "battery" has the stem "batteri".
    return patterns | {
        f"stem_{at}": starting(word[: max(_SHORT_STEM, len(word) - 1)]) for at, word in enumerate(longest)
    }


def _stands_in(name: str, stems: set[str]) -> bool:
    *parts, last = word_terms(fold_words(name))
    telling = [part for part in parts if part not in STOP_WORDS]
    # Of a name of several parts the last is all of them joined.
    return stem(last) in stems or (bool(telling) and all(stem(part) in stems for part in telling))
