"""The head of a topic's page, and its hover card."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.i18n import lazy_gettext as _
from app.core.prepared import Prepared
from app.lib.hashtags import fold_topic, is_topic_name
from app.topics.models import Topic
from app.topics.policy import can_curate
from app.topics.queries.lines import topic_line, topic_lines, values_for
from app.topics.schemas import ExpertsOf, TopicHead, topic_url

_Named = aliased(Topic, name="named")
_named_id = select(func.coalesce(_Named.merged_into_id, _Named.id)).where(_Named.name == bindparam("name"))
_head = Prepared(
    topic_lines(Topic.description, Topic.description_html).where(Topic.id == _named_id.scalar_subquery())
)


_experts_of: list[ExpertsOf] = []


def register_experts(experts_of: ExpertsOf) -> None:
    """Let a feature above say who knows most about topics; called at bootstrap. Again changes nothing."""
    if experts_of not in _experts_of:
        _experts_of.append(experts_of)


def card(actor: Actor, name: str) -> TopicHead:
    """As `head`, with who knows most about the topic. One statement more."""
    topic = head(actor, name)
    if topic.id is None or not topic.known:
        return topic
    return replace(topic, experts=tuple(one for each in _experts_of for one in each(topic.id)))


def head(actor: Actor, name: str) -> TopicHead:
    """The head of a topic, in any spelling of its name; of a merged one that of the topic it stands for. One statement.

    A name nobody has written has a head too, and so it shows nothing whether the name was written where the reader may
    not look. Raises `NotFound` for what can't be a topic's name.
    """
    key = fold_topic(name)
    if not is_topic_name(key):
        raise NotFound(_("There is no such topic."))
    row = _head.first(name=key, **values_for(actor))
    if row is None:
        return _unwritten(actor, key)
    line = topic_line(row)
    return TopicHead(
        id=row.id,
        name=line.name,
        key=line.key,
        url=line.url,
        known=bool(row.known),
        description=row.description,
        description_html=Markup(row.description_html),  # noqa: S704 - rendered by app.lib.markup
        publications=line.publications,
        subscribers=line.subscribers,
        subscribed=line.subscribed,
        mandatory=line.mandatory,
        priority=line.priority,
        can_curate=can_curate(actor),
    )


def _unwritten(actor: Actor, key: str) -> TopicHead:
    return TopicHead(
        id=None,
        name=key,
        key=key,
        url=topic_url(key),
        known=False,
        description="",
        description_html=Markup(),
        publications=0,
        subscribers=0,
        subscribed=False,
        mandatory=False,
        priority=False,
        can_curate=can_curate(actor),
    )
