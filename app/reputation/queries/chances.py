"""What somebody can do right now that rules may pay for: read from what is before them, by the rule of visibility.

Every part looks at a bounded number of the newest rows, so that a quiet topic costs no more than a busy one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    CTE,
    ColumnElement,
    Row,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.accounts.queries.inviting import inviting_values, may_be_invited
from app.content.models import ANSWER, COMPANY, NEWS, PUBLISHED, QUESTION, ContentItem, ContentTopic
from app.content.policy import actor_values, visible_to
from app.core import clock, shared
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.files.models import File
from app.lib.paths import segment
from app.people.models import Person
from app.questions.models import Question
from app.reputation.models import GIVES_FIRST, REPUTATION, Balance, Entry, Rule
from app.reputation.policy import ADD_TOPICS, rights
from app.reputation.queries.rules import rules_in_force
from app.reputation.queries.steps import Chance, Earned
from app.reputation.schemas import (
    ACCEPTED,
    ANSWERED,
    ASKED,
    COMMENTED,
    INVITED,
    PHOTO_ADDED,
    PUBLISHED_ARTICLE,
    PUBLISHED_NEWS,
    TOPIC_GIVEN,
)
from app.topics.models import PriorityTopic, Topic, TopicSubscription
from app.topics.policy import in_force, known_topics

#: Newest publications looked at. Written out in statements, so that SQLite knows how few rows it begins with.
LOOKED_AT = 150
#: One's own newest publications looked at.
OWN_LOOKED_AT = 30
#: What counts as fresh, of news and of questions.
FRESH_NEWS = 7 * clock.DAY
FRESH_QUESTIONS = 30 * clock.DAY

_ME: Any = bindparam("actor_id")
_Reply = aliased(ContentItem, name="reply")
_PRIORITY = select(PriorityTopic.topic_id).where(in_force())
_MINE = select(TopicSubscription.topic_id).where(TopicSubscription.person_id == _ME)


def _newest(kind: str, since: str) -> CTE:
    """The newest publications of a kind by others that the reader may see."""
    return (
        select(
            ContentItem.id, ContentItem.public_id, ContentItem.title, ContentItem.excerpt,
            ContentItem.published_at, ContentItem.answers_count, ContentItem.audience,
        )
        .where(
            ContentItem.root_id.is_(None),
            ContentItem.kind == kind,
            ContentItem.state == PUBLISHED,
            ContentItem.author_id != _ME,
            ContentItem.activity_at > bindparam(since),
            visible_to(),
        )
        .order_by(ContentItem.activity_at.desc(), ContentItem.id.desc())
        .limit(literal_column(str(LOOKED_AT)))
        .cte(f"newest_{kind}")
    )  # fmt: skip


_OWN = (
    select(
        ContentItem.id, ContentItem.public_id, ContentItem.kind, ContentItem.title, ContentItem.excerpt,
        ContentItem.published_at,
    )
    .where(
        ContentItem.root_id.is_(None),
        ContentItem.author_id == _ME,
        ContentItem.state == PUBLISHED,
        ContentItem.published_at > bindparam("questions_since"),
    )
    .order_by(ContentItem.published_at.desc(), ContentItem.id.desc())
    .limit(literal_column(str(OWN_LOOKED_AT)))
    .cte("own")
)  # fmt: skip
_NEWS = _newest(NEWS, "news_since")
_QUESTIONS = _newest(QUESTION, "questions_since")


def _part(
    act: str,
    item: CTE,
    *rules: Any,
    about: ColumnElement[bool] | None = None,
    first: Any = None,
    own: bool = False,
) -> Any:
    """The best row of `item` for an act; with `about` it must be about such a topic, a priority topic if possible."""
    topic = Topic.title if about is not None else literal("")
    priority = case((ContentTopic.topic_id.in_(_PRIORITY), 1), else_=0) if about is not None else literal(0)
    found = select(
        literal(act).label("act"), item.c.public_id, item.c.title, item.c.excerpt,
        topic.label("topic"), priority.label("priority"), literal(1 if own else 0).label("own"),
    ).select_from(item)  # fmt: skip
    if about is not None:
        found = found.join(ContentTopic, ContentTopic.content_id == item.c.id)
        found = found.join(Topic, Topic.id == ContentTopic.topic_id).where(known_topics(), about)
    order = [priority.desc(), *([first] if first is not None else []), item.c.published_at.desc()]
    return found.where(*rules).order_by(*order).limit(1)


def _unanswered_by_me(item: CTE) -> ColumnElement[bool]:
    """Kind and state are written out, so that the index of answers is used."""
    return ~exists().where(
        _Reply.root_id == item.c.id,
        _Reply.author_id == _ME,
        _Reply.kind == literal_column(f"'{ANSWER}'"),
        _Reply.state == literal_column(f"'{PUBLISHED}'"),
    )


def _without_reply_of_mine(item: CTE) -> ColumnElement[bool]:
    return ~exists().where(_Reply.root_id == item.c.id, _Reply.author_id == _ME, _Reply.state == PUBLISHED)


def _waits(item: CTE) -> ColumnElement[bool]:
    return exists().where(Question.content_id == item.c.id, Question.accepted_id.is_(None))


def _without_topics(item: CTE) -> ColumnElement[bool]:
    return ~exists().where(ContentTopic.content_id == item.c.id)


_WANTED = or_(ContentTopic.topic_id.in_(_MINE), ContentTopic.topic_id.in_(_PRIORITY))
_PARTS = (
    _part(
        ANSWERED, _QUESTIONS, _waits(_QUESTIONS), _unanswered_by_me(_QUESTIONS), about=_WANTED,
        first=case((_QUESTIONS.c.answers_count == 0, 0), else_=1),
    ),
    _part(
        COMMENTED, _NEWS, _NEWS.c.published_at > bindparam("news_since"), _without_reply_of_mine(_NEWS),
        about=ContentTopic.topic_id.in_(_PRIORITY),
    ),
    _part(COMMENTED, _NEWS, _NEWS.c.published_at > bindparam("news_since"), _without_reply_of_mine(_NEWS)),
    _part(
        ACCEPTED, _OWN, _OWN.c.kind == QUESTION, _waits(_OWN),
        exists().where(
            _Reply.root_id == _OWN.c.id, _Reply.kind == ANSWER, _Reply.state == PUBLISHED, _Reply.author_id != _ME
        ),
        own=True,
    ),
    _part(TOPIC_GIVEN, _OWN, _OWN.c.kind.in_((NEWS, QUESTION)), _without_topics(_OWN), own=True),
    _part(
        TOPIC_GIVEN, _NEWS, _without_topics(_NEWS), _NEWS.c.audience == COMPANY, bindparam("gives_topics") == 1
    ),
    _part(
        PHOTO_ADDED, _OWN, _OWN.c.kind == NEWS, _OWN.c.published_at > bindparam("news_since"),
        ~exists().where(File.content_id == _OWN.c.id, File.kind == "picture"), own=True,
    ),
)  # fmt: skip
#: A colleague of the reader's shop who has never been here.
_EXPECTED = (
    select(
        literal(INVITED).label("act"), Person.handle.label("public_id"), Person.name.label("title"),
        literal("").label("excerpt"), literal("").label("topic"), literal(0).label("priority"),
        literal(0).label("own"),
    )
    .where(Person.shop_id == bindparam("my_shop"), may_be_invited())
    .order_by(Person.sort_name)
    .limit(1)
)  # fmt: skip
_CHANCES = Prepared(
    union_all(*(select(part.subquery(f"part_{number}")) for number, part in enumerate((*_PARTS, _EXPECTED))))
)

_codes = select(Rule.code).where(Rule.account == "reputation").distinct().subquery("codes")
_of_rule = and_(Entry.person_id == bindparam("me"), Entry.rule == _codes.c.code)
_EARNED = Prepared(
    select(
        _codes.c.code,
        case((exists().where(_of_rule), 1), else_=0).label("ever"),
        func.coalesce(
            select(func.sum(Entry.delta))
            .where(_of_rule, Entry.day == bindparam("today"), GIVES_FIRST)
            .scalar_subquery(),
            0,
        ).label("today"),
        func.coalesce(
            select(Balance.points)
            .where(Balance.person_id == bindparam("me"), Balance.account == REPUTATION)
            .scalar_subquery(),
            0,
        ).label("points"),
    )
)


def current_rules() -> Sequence[Row[Any]]:
    """The rules in force now; the same for all. Asked of the database seldom."""
    found: Sequence[Row[Any]] = shared.recall("reputation.rules", lambda: rules_in_force(clock.now()))
    return found


def earned(person_id: int) -> tuple[int, Mapping[str, Earned]]:
    """Somebody's points, and what each rule has given them, by its code.

    One statement; a step along an index for each rule.
    """
    rows = _EARNED.all(me=person_id, today=clock.now() // clock.DAY)
    points = rows[0].points if rows else 0
    return points, {row.code: Earned(bool(row.ever), int(row.today)) for row in rows}


def chances(actor: Actor, priority: Sequence[Any], *, level: int = 1) -> list[Chance]:
    """What the actor, who is on a level, can do right now. `priority` are the priority topics, for news to write.

    One statement.
    """
    now = clock.now()
    rows = _CHANCES.all(
        **actor_values(actor),
        **inviting_values(actor),
        my_shop=actor.shop_id or 0,
        now=now,
        news_since=now - FRESH_NEWS,
        questions_since=now - FRESH_QUESTIONS,
        gives_topics=int(
            actor.is_editor or actor.is_moderator or actor.has("manager") or level >= rights()[ADD_TOPICS]
        ),
    )
    found = [_chance(row) for row in rows]
    about = priority[0].name if priority else ""
    write = "/?write&kind=news" + (f"&text={quote(f'#{about} ')}" if about else "")
    return [
        *found,
        Chance(PUBLISHED_NEWS, f"{write}#composer", topic=about, priority=bool(about)),
        Chance(ASKED, "/?write&kind=question#composer"),
        Chance(PUBLISHED_ARTICLE, "/articles/new"),
        Chance(PHOTO_ADDED, "/?write&kind=news#composer"),
    ]


def _chance(row: Row[Any]) -> Chance:
    return Chance(
        row.act,
        _ADDRESSES[row.act].format(segment(row.public_id)),
        subject=row.title or row.excerpt,
        topic=row.topic,
        priority=bool(row.priority),
        own=bool(row.own),
    )


#: Where each act is done.
_ADDRESSES = {
    ANSWERED: "/p/{}#reply",
    COMMENTED: "/p/{}#reply",
    ACCEPTED: "/p/{}",
    TOPIC_GIVEN: "/items/{}/topics",
    PHOTO_ADDED: "/items/{}/edit",
    INVITED: "/people/{}/invitation",
}
