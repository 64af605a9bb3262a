"""The home feed: which publications a person reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union_all,
)

from app.content.models import COMPANY, IS_ARTICLE, PUBLISHED, QUESTION, ContentItem, ContentTopic
from app.content.policy import actor_values, visible_to
from app.content.queries.accepted import accepted_id
from app.content.queries.streams import PAGE, both_orders, page
from app.content.schemas import Stream
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.prepared import Prepared, among, ids_value
from app.groups.models import GroupMember
from app.people.models import Follow, RegionSubscription
from app.topics.models import PriorityTopic, TopicSubscription
from app.topics.policy import in_force

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


def is_moment(since: object) -> bool:
    """Whether `since` is a moment in microseconds, as digits."""
    return isinstance(since, str) and since.isdecimal() and len(since) <= 17


def fresh(actor: Actor, *, scope: str, since: int) -> int:
    """How many publications by others appeared in the feed after a moment, at most `MANY`. One statement."""
    row = _FRESH[scope].first(**actor_values(actor), since=since, **_places(actor, scope))
    return int(row[0]) if row else 0


def _places(actor: Actor, scope: str) -> dict[str, Any]:
    if scope != "mine":
        return {}
    return {"shop": actor.shop_id, "department": actor.department_id, "region": actor.region_id}


#: What is kept ahead for reading without a connection: the newest that must be read, the most useful that is known.
MOST_MUST = 8
MOST_PINNED = 4
MOST_KNOWN = 12
#: What is mandatory is kept while it is new.
MUST_SINCE = 90 * clock.DAY
#: Kept publications that a device may ask about at once.
MOST_NAMED = 60


class Worth(NamedTuple):
    """A publication to keep ahead; `kind` is "must" or "known"."""

    public_id: str
    version: int
    kind: str


class ToKeep(NamedTuple):
    """What a device is to keep, and which of those it has it must drop."""

    pages: tuple[Worth, ...]
    gone: tuple[str, ...]


_WORTH: tuple[Any, ...] = (ContentItem.public_id, ContentItem.version)


def _readable(*rules: ColumnElement[bool]) -> Select[Any]:
    """Publications that the reader may see."""
    there = (ContentItem.root_id.is_(None), ContentItem.state == PUBLISHED, visible_to())
    return select(*_WORTH).where(*there, *rules)


def _about(topics: Any) -> ColumnElement[bool]:
    return ContentItem.id.in_(select(ContentTopic.content_id).where(ContentTopic.topic_id.in_(topics)))


_MINE = select(TopicSubscription.topic_id).where(TopicSubscription.person_id == _ME)
_MANDATORY_GROUPS = ContentItem.group_id.in_(
    select(GroupMember.group_id).where(GroupMember.person_id == _ME, GroupMember.mandatory)
)
#: However old: somebody keeps it on top.
_PINNED = (
    _readable(
        ContentItem.pinned_at.is_not(None),
        or_(
            ContentItem.place_kind == "company",
            ContentItem.shop_id == bindparam("shop"),
            ContentItem.department_id == bindparam("department"),
            ContentItem.region_id == bindparam("region"),
            _MANDATORY_GROUPS,
        ),
    )
    .order_by(ContentItem.pinned_at.desc())
    .limit(MOST_PINNED)
)
_NEW = (
    _readable(
        or_(
            _about(
                union_all(
                    select(PriorityTopic.topic_id).where(in_force()), _MINE.where(TopicSubscription.mandatory)
                )
            ),
            _MANDATORY_GROUPS,
        ),
        ContentItem.published_at > bindparam("since"),
    )
    .order_by(ContentItem.published_at.desc(), ContentItem.id.desc())
    .limit(MOST_MUST)
)
_MUST = Prepared(union_all(select(_PINNED.subquery()), select(_NEW.subquery())))
#: Made at the first run, as kinds tell what an accepted answer is.
_KNOWN = Prepared(
    lambda: (
        _readable(
            _about(_MINE), or_(IS_ARTICLE, and_(ContentItem.kind == QUESTION, accepted_id().is_not(None)))
        )
        .order_by(ContentItem.usefulness.desc(), ContentItem.id.desc())
        .limit(MOST_KNOWN)
    )
)


def to_keep(actor: Actor, named: Sequence[str] = ()) -> ToKeep:
    """What `actor` should be able to read without a connection, and which of the publications `named` are gone.

    To be read: what is pinned for the reader; what is new about priority topics, and in topics and groups that are
    mandatory for them.
    Known: articles and answered questions about the reader's topics. Two statements, three with `named`.
    """
    me, now = actor_values(actor), clock.now()
    rows = [
        ("must", row) for row in _MUST.all(**me, **_places(actor, "mine"), now=now, since=now - MUST_SINCE)
    ]
    rows += [("known", row) for row in _KNOWN.all(**me)]
    worth: dict[str, Worth] = {}
    for kind, row in rows:
        worth.setdefault(row.public_id, Worth(row.public_id, row.version, kind))
    return ToKeep(tuple(worth.values()), _gone(actor, [*named][:MOST_NAMED]))


def _gone(actor: Actor, named: Sequence[str]) -> tuple[str, ...]:
    """Those of some publications that the reader may not see, or that are no more. One statement, none for none."""
    if not named:
        return ()
    still = select(ContentItem.public_id).where(
        ContentItem.public_id.in_(named), ContentItem.root_id.is_(None), visible_to()
    )
    mine = {"actor_id": actor.person_id, "actor_groups": ids_value(actor.group_ids)}
    there = db.session.scalars(still, mine)
    return tuple(sorted(set(named) - set(there)))
