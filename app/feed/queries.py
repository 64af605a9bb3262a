"""The home feed: which publications a person reads."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, func, or_, select

from app.content.models import COMPANY, ContentItem, ContentTopic
from app.content.policy import actor_values, visible_to
from app.content.queries.streams import PAGE, both_orders, page
from app.content.schemas import Stream
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.people.models import Follow, RegionSubscription
from app.topics.models import TopicSubscription

#: The two feeds.
SCOPES = ("mine", "company")
#: A count of new publications stops here.
MANY = 100

_ME: BindParameter[int] = bindparam("actor_id")


def _personal() -> ColumnElement[bool]:
    """The whole company's, and what comes from people, topics, groups, shop, department and regions of the reader."""
    about_my_topics = exists().where(
        ContentTopic.content_id == ContentItem.id,
        ContentTopic.topic_id.in_(
            select(TopicSubscription.topic_id).where(TopicSubscription.person_id == _ME)
        ),
    )
    return or_(
        ContentItem.place_kind == "company",
        ContentItem.author_id == _ME,
        ContentItem.person_id == _ME,
        among(ContentItem.group_id, "actor_groups"),
        ContentItem.shop_id == bindparam("shop"),
        ContentItem.department_id == bindparam("department"),
        ContentItem.region_id == bindparam("region"),
        ContentItem.author_id.in_(select(Follow.followed_id).where(Follow.follower_id == _ME)),
        ContentItem.region_id.in_(
            select(RegionSubscription.region_id).where(RegionSubscription.person_id == _ME)
        ),
        about_my_topics,
    )


_RULES = {"mine": _personal(), "company": ContentItem.audience == COMPANY}
_FEEDS = {
    scope: both_orders(rule, pins=ContentItem.place_kind == "company") for scope, rule in _RULES.items()
}
_FRESH = {
    scope: Prepared(
        select(func.count()).select_from(
            select(ContentItem.id)
            .where(
                ContentItem.root_id.is_(None),
                ContentItem.activity_at > bindparam("since"),
                ContentItem.published_at > bindparam("since"),
                ContentItem.author_id != _ME,
                visible_to(),
                rule,
            )
            .limit(MANY)
            .subquery()
        )
    )
    for scope, rule in _RULES.items()
}


def home(actor: Actor, *, scope: str, order: str, before: str | None = None, most: int = PAGE) -> Stream:
    """A page of the feed; the company's pinned publications are on top of the first. One statement.

    Raises `Invalid` for a bad cursor.
    """
    return page(_FEEDS[scope][order], actor, before, most=most, pins=not before, **_places(actor, scope))


def fresh(actor: Actor, *, scope: str, since: int) -> int:
    """How many publications by others appeared in the feed after a moment, at most `MANY`. One statement."""
    row = _FRESH[scope].first(**actor_values(actor), since=since, **_places(actor, scope))
    return int(row[0]) if row else 0


def _places(actor: Actor, scope: str) -> dict[str, Any]:
    if scope != "mine":
        return {}
    return {"shop": actor.shop_id, "department": actor.department_id, "region": actor.region_id}
