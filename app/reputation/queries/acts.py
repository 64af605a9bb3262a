"""Which acts stand: read from what people wrote and liked, never from the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from heapq import merge
from typing import Any

from sqlalchemy import (
    BigInteger,
    Row,
    Select,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.accounts.models import Arrival
from app.content.models import (
    ANSWER,
    ARTICLE,
    COMMENT,
    COMPANY,
    NEWS,
    PUBLISHED,
    QUESTION,
    ContentItem,
    ContentTopic,
    Reaction,
    TopicGiver,
)  # fmt: skip
from app.core import clock
from app.core.db import db
from app.core.prepared import Prepared
from app.files.models import File
from app.people.models import Person
from app.questions.models import Question
from app.reputation.schemas import (
    ACCEPTED,
    ANSWERED,
    ASKED,
    COMMENTED,
    COMMENTED_ARTICLE,
    INVITED,
    LIKED,
    MADE_OFFICIAL,
    NOTHING_WRITTEN,
    PHOTO_ADDED,
    PUBLISHED_ARTICLE,
    PUBLISHED_NEWS,
    TOPIC_GIVEN,
    Act,
    act_sources,
)
from app.topics.models import PriorityPeriod, Topic
from app.trust.models import OFFICIAL, ContentTrust

_Root = aliased(ContentItem, name="act_root")
_Doer = aliased(Person, name="act_doer")
#: Who gave an item topics, and when first; one act for all the topics of one person.
_Given = (
    select(ContentTopic.content_id, ContentTopic.added_by, func.min(ContentTopic.added_at).label("added_at"))
    .where(ContentTopic.added_by.is_not(None))
    .group_by(ContentTopic.content_id, ContentTopic.added_by)
    .subquery("given")
)
#: The same of those who gave it what was merged since into a topic that another had given.
_GivenBefore = (
    select(TopicGiver.content_id, TopicGiver.person_id, func.min(TopicGiver.added_at).label("added_at"))
    .group_by(TopicGiver.content_id, TopicGiver.person_id)
    .subquery("given_before")
)
#: A text has its topics from the moment it is published, though they are written down a little later.
AT_ONCE = clock.MINUTE
#: Rows fetched at once when all acts are read.
BATCH = 5000
#: People who stand for imported accounts do nothing here; their points are imported with them.
_IMPORTED = "stackexchange"


#: When another topic was last merged into a topic.
_LastMerge = (
    select(Topic.merged_into_id.label("topic_id"), func.max(Topic.merged_at).label("at"))
    .where(Topic.merged_into_id.is_not(None))
    .group_by(Topic.merged_into_id)
    .subquery("last_merge")
)


def priority_topic(about: Any, at: Any) -> Any:
    """A topic that a publication had at a moment, and that was a priority topic then: the least id, as SQL.

    Of a topic into which another was merged since nobody knows which publications had it then; it counts for none.
    """
    return (
        select(func.min(ContentTopic.topic_id))
        .join(PriorityPeriod, PriorityPeriod.topic_id == ContentTopic.topic_id)
        .outerjoin(_LastMerge, _LastMerge.c.topic_id == ContentTopic.topic_id)
        .where(
            ContentTopic.content_id == about,
            ContentTopic.added_at <= at + AT_ONCE,
            PriorityPeriod.begins <= at,
            or_(PriorityPeriod.ends.is_(None), PriorityPeriod.ends > at),
            or_(_LastMerge.c.at.is_(None), _LastMerge.c.at <= at),
        )
        .scalar_subquery()
    )


def _acts(kind: str, doer: Any, other: Any, at: Any, *joins: tuple[Any, Any]) -> Select[Any]:
    """Acts on published items by people who work here. `joins` are tables and conditions beside the item."""
    about = func.coalesce(ContentItem.root_id, ContentItem.id)
    topic = select(func.min(ContentTopic.topic_id)).where(ContentTopic.content_id == about)
    made = select(
        literal(kind).label("kind"), ContentItem.id.label("content_id"), doer.label("doer_id"),
        other.label("other_id"), at.label("at"), topic.scalar_subquery().label("topic_id"),
        priority_topic(about, at).label("priority_id"), (ContentItem.audience == COMPANY).label("open"),
    ).select_from(ContentItem)  # fmt: skip
    for table, condition in joins:
        made = made.join(table, condition)
    made = made.join(_Doer, _Doer.id == doer)
    return made.where(ContentItem.state == PUBLISHED, _Doer.source != _IMPORTED)


_NOBODY = cast(literal(None), BigInteger)
_AUTHOR, _WRITTEN = ContentItem.author_id, ContentItem.published_at
_AS_OFFICIAL = (
    ContentTrust,
    and_(
        ContentTrust.content_id == ContentItem.id,
        or_(ContentTrust.state == OFFICIAL, ContentTrust.was == OFFICIAL),
    ),
)
_AS_ACCEPTED = (Question, Question.accepted_id == ContentItem.id)
_IN_THREAD = (_Root, _Root.id == ContentItem.root_id)

#: The statements for each kind of act.
_KINDS: tuple[tuple[str, Select[Any]], ...] = (
    (PUBLISHED_NEWS, _acts(PUBLISHED_NEWS, _AUTHOR, _NOBODY, _WRITTEN).where(ContentItem.kind == NEWS)),
    (ASKED, _acts(ASKED, _AUTHOR, _NOBODY, _WRITTEN).where(ContentItem.kind == QUESTION)),
    (PUBLISHED_ARTICLE, _acts(PUBLISHED_ARTICLE, _AUTHOR, _NOBODY, _WRITTEN).where(ContentItem.kind == ARTICLE)),
    (COMMENTED, _acts(COMMENTED, _AUTHOR, _Root.author_id, _WRITTEN, _IN_THREAD).where(
        ContentItem.kind == COMMENT, _Root.kind != ARTICLE
    )),
    (COMMENTED_ARTICLE, _acts(COMMENTED_ARTICLE, _AUTHOR, _Root.author_id, _WRITTEN, _IN_THREAD).where(
        ContentItem.kind == COMMENT, _Root.kind == ARTICLE
    )),
    (ANSWERED, _acts(ANSWERED, _AUTHOR, _Root.author_id, _WRITTEN, _IN_THREAD).where(ContentItem.kind == ANSWER)),
    (PHOTO_ADDED, _acts(PHOTO_ADDED, _AUTHOR, _NOBODY, _WRITTEN).where(
        ContentItem.root_id.is_(None),
        exists().where(File.content_id == ContentItem.id, File.kind == "picture"),
    )),
    (TOPIC_GIVEN, _acts(
        TOPIC_GIVEN, _Given.c.added_by, _NOBODY, _Given.c.added_at, (_Given, _Given.c.content_id == ContentItem.id)
    )),
    (TOPIC_GIVEN, _acts(
        TOPIC_GIVEN, _GivenBefore.c.person_id, _NOBODY, _GivenBefore.c.added_at,
        (_GivenBefore, _GivenBefore.c.content_id == ContentItem.id),
    ).where(
        ~exists().where(
            ContentTopic.content_id == ContentItem.id, ContentTopic.added_by == _GivenBefore.c.person_id
        ),
    )),
    (LIKED, _acts(
        LIKED, Reaction.person_id, _AUTHOR, Reaction.created_at, (Reaction, Reaction.content_id == ContentItem.id)
    )),
    (MADE_OFFICIAL, _acts(
        MADE_OFFICIAL, ContentTrust.official_by, _AUTHOR, ContentTrust.official_at, _AS_OFFICIAL
    )),
    (ACCEPTED, _acts(ACCEPTED, Question.accepted_by, _AUTHOR, Question.accepted_at, _AS_ACCEPTED)),
)  # fmt: skip

#: Colleagues who came by somebody's invitation. No item is concerned.
_INVITED = (
    select(
        literal(INVITED).label("kind"), literal(NOTHING_WRITTEN).label("content_id"),
        Arrival.invited_by.label("doer_id"), Arrival.person_id.label("other_id"), Arrival.arrived_at.label("at"),
        _NOBODY.label("topic_id"), _NOBODY.label("priority_id"), literal(True).label("open"),
    )
    .where(Arrival.arrived_at.is_not(None), Arrival.invited_by.is_not(None))
)  # fmt: skip
_ALL = (*_KINDS, (INVITED, _INVITED))

_OF_ITEM = Prepared(
    union_all(*(each.where(ContentItem.id == bindparam("content_id")) for _kind, each in _KINDS))
)
_BY_INVITING = Prepared(_INVITED.where(Arrival.invited_by == bindparam("doer_id")))


def acts_of(content_id: int) -> list[Act]:
    """The acts that stand concerning one item. One statement, and those of features above."""
    rows = _OF_ITEM.all(content_id=content_id)
    return [*map(_act, rows), *(act for source in act_sources() for act in source.of_item(content_id))]


def invitations_of(doer_id: int) -> list[Act]:
    """The invitations by one person by which colleagues came. One statement."""
    return [_act(row) for row in _BY_INVITING.all(doer_id=doer_id)]


def standing_acts(since: int | None = None, kinds: Collection[str] | None = None) -> Iterator[Act]:
    """Every act that stands, oldest first; or those since a moment, or of some kinds.

    As many statements as there are kinds; holds `BATCH` rows of each.
    """
    wanted = [each for kind, each in _ALL if kinds is None or kind in kinds]
    streams = [map(_act, _rows(each, since)) for each in wanted]
    above = (
        act
        for act in merge(*(source.stream() for source in act_sources()), key=_order)
        if (since is None or act.at >= since) and (kinds is None or act.kind in kinds)
    )
    return merge(*streams, above, key=_order)


def _order(act: Act) -> tuple[int, str]:
    return act.at, act.fact


def total_acts() -> int:
    """About how many acts stand; those of features above are not counted. One statement for each kind."""
    return sum(
        db.session.scalar(select(func.count()).select_from(each.subquery())) or 0 for _kind, each in _ALL
    )


def _rows(statement: Select[Any], since: int | None) -> Iterator[Row[Any]]:
    if since is not None:
        statement = statement.where(statement.selected_columns["at"] >= since)
    ordered = statement.order_by("at", "content_id", "doer_id").execution_options(yield_per=BATCH)
    yield from db.session.execute(ordered)


def _act(row: Row[Any]) -> Act:
    """What was done in a group names no topic: leaders of a topic would tell who writes about it where nobody sees."""
    priority = row.priority_id is not None
    topic_id = (row.priority_id if priority else row.topic_id) if row.open else None
    return Act(row.kind, row.content_id, row.doer_id, row.other_id, row.at, topic_id, priority)
