"""What is read about notifications. What one may no longer see is neither shown nor counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, bindparam, case, func, or_, select, tuple_

from app.badges.queries import badges_by_id, given_badges
from app.badges.schemas import BadgeLine
from app.content.models import PUBLISHED, ContentItem, GroupMention, PersonMention
from app.content.policy import Root, actor_values, comment_visible_to
from app.content.queries.lines import person_columns, person_line
from app.core import clock, cursor
from app.core.actor import Actor
from app.core.db import db
from app.core.prepared import Prepared
from app.expertise.models import Absence
from app.groups.models import MEMBER, Group, GroupMember
from app.groups.policy import group_heads_open_to
from app.notifications.models import Notification, NotificationSetting
from app.notifications.policy import is_quiet_hour
from app.notifications.schemas import (
    OF_QUESTION,
    NotificationLine,
    NotificationPage,
    NotificationSettings,
    UnreadCounts,
)
from app.people.models import Person, Shop
from app.rewards.queries import order_titles
from app.rewards.schemas import Expiring
from app.routing.queries import acts_on_duty, asked_about
from app.routing.schemas import AskLine
from app.search.models import Deflection

#: Notifications read for one page; they make fewer lines.
PAGE = 120
#: Lines in the bell's panel.
PANEL = 8
#: People of a thread who are told of further comments: those who wrote in it last.
MOST_PARTICIPANTS = 200
#: How reasons begin that are about orders of rewards.
_OF_ORDERS = "reward_"
#: The reason that is about a badge.
_OF_BADGES = "badge"
#: The reason that is about thanks, which come with a badge.
_THANKED = "thanked"
#: The reason that names nobody, and of which each counts.
_HELPED = "helped"

#: Names by language, by id.
Names = Mapping[int, Mapping[str, str]]


def _mine(statement: Any) -> Any:
    """The reader's notifications of what they may see."""
    return (
        statement.select_from(Notification)
        .outerjoin(ContentItem, ContentItem.id == Notification.content_id)
        .outerjoin(Root, Root.id == ContentItem.root_id)
        .outerjoin(Group, Group.id == Notification.group_id)
        .where(
            Notification.person_id == bindparam("actor_id"),
            or_(Notification.content_id.is_(None), and_(ContentItem.id.is_not(None), comment_visible_to())),
            or_(Notification.group_id.is_(None), group_heads_open_to()),
        )
    )


_mention = case((Notification.reason == "mentioned", Notification.group_key))

#: How many lines of the bell are unread, and how many of them are mentions; bind `actor_values`.
UNREAD = _mine(
    select(
        func.count(func.distinct(Notification.group_key)).label("notifications"),
        func.count(func.distinct(_mention)).label("mentions"),
    )
).where(Notification.read_at.is_(None))
_UNREAD = Prepared(UNREAD)


def _own(column: Any, owner: Any) -> Any:
    """A value of the reader's row in a table, as a column of a statement about something else."""
    return select(column).where(owner == bindparam("actor_id")).scalar_subquery().label(column.key)


#: The counters, and all that says whether anything announces itself now.
_BELL = Prepared(
    UNREAD.add_columns(
        *(_own(column, NotificationSetting.person_id) for column in (
            NotificationSetting.quiet, NotificationSetting.quiet_from, NotificationSetting.quiet_until,
        )),
        _own(Absence.until, Absence.person_id),
        select(Shop.opening_hours)
        .join(Person, Person.shop_id == Shop.id)
        .where(Person.id == bindparam("actor_id"))
        .scalar_subquery()
        .label("opening_hours"),
    )
)  # fmt: skip

_LINES = Prepared(
    _mine(
        select(
            Notification.id, Notification.reason, Notification.group_key, Notification.created_at,
            Notification.read_at, Notification.actor_id, Notification.content_id, ContentItem.kind,
            ContentItem.excerpt, ContentItem.title, Group.name.label("group_name"), *person_columns("actor", Person),
        )
    )
    .outerjoin(Person, Person.id == Notification.actor_id)
    .where(tuple_(Notification.created_at, Notification.id) < tuple_(bindparam("position"), bindparam("below")))
    .where(or_(bindparam("only_unread") == 0, Notification.read_at.is_(None)))
    .order_by(Notification.created_at.desc(), Notification.id.desc())
    .limit(bindparam("most"))
)  # fmt: skip


def unread(actor: Actor) -> UnreadCounts:
    """How many lines of the bell are unread, and how many of them are mentions. One statement."""
    row = _UNREAD.first(**actor_values(actor))
    return UnreadCounts(row.notifications, row.mentions) if row else UnreadCounts(0, 0)


def page(actor: Actor, *, only_unread: bool = False, before: str | None = None) -> NotificationPage:
    """A page of the bell, latest first. Raises `Invalid` for a bad cursor.

    Two statements; one more with orders of rewards, with badges, with thanks, and with questions put to the person.
    """
    position, below = cursor.decode(before)
    rows = _LINES.all(
        **actor_values(actor), position=position, below=below, most=PAGE + 1, only_unread=int(only_unread)
    )
    shown = rows[:PAGE]
    more = cursor.encode(shown[-1].created_at, shown[-1].id) if len(rows) > PAGE else None
    bell = _BELL.all(**actor_values(actor))[0]
    counts = UnreadCounts(bell.notifications, bell.mentions)
    return NotificationPage(_lines(actor, shown), more, counts, _is_quiet(actor, bell))


def panel(actor: Actor) -> NotificationPage:
    """The latest lines, for the panel under the bell. Costs what a page does."""
    whole = page(actor)
    return replace(whole, lines=whole.lines[:PANEL], next=None)


def settings(actor: Actor) -> NotificationSettings:
    """What the actor wants to be told, and when. One statement."""
    row = db.session.get(NotificationSetting, actor.person_id)
    if row is None:
        return NotificationSettings()
    return NotificationSettings(frozenset(row.muted.split()), row.quiet, row.quiet_from, row.quiet_until)


def _is_quiet(actor: Actor, bell: Row[Any]) -> bool:
    """Whether nothing announces itself to the actor now."""
    now = clock.now()
    if bell.quiet == "hours":
        local = clock.as_datetime(now).astimezone(ZoneInfo(actor.time_zone))
        return is_quiet_hour(local.hour * 60 + local.minute, bell.quiet_from, bell.quiet_until)
    return bell.quiet == "off_duty" and not acts_on_duty(actor, bell.opening_hours, bell.until, now)


_TARGET = Prepared(
    _mine(
        select(
            ContentItem.public_id, Root.public_id.label("root_public_id"), Group.handle.label("group_handle"),
            Person.handle.label("actor_handle"), Notification.group_key,
        )
    )
    .outerjoin(Person, Person.id == Notification.actor_id)
    .where(Notification.id == bindparam("notification"))
)  # fmt: skip


def target(actor: Actor, notification_id: int) -> Row[Any] | None:
    """What a notification is about, if the person may still see it. One statement.

    The row has public_id, root_public_id, group_handle, actor_handle and group_key.
    """
    return _TARGET.first(**actor_values(actor), notification=notification_id)


def _lines(actor: Actor, rows: Sequence[Row[Any]]) -> tuple[NotificationLine, ...]:
    """Rows of one key together, in the order of their latest; read and unread ones of a key apart."""
    together: dict[tuple[str, bool], list[Row[Any]]] = {}
    for row in rows:
        together.setdefault((row.group_key, row.read_at is None), []).append(row)
    orders = order_titles([_subject(row) for row in rows if row.reason.startswith(_OF_ORDERS)])
    earned = badges_by_id({_subject(row) for row in rows if row.reason == _OF_BADGES})
    given = given_badges({row.content_id for row in rows if row.reason == _THANKED})
    asked = asked_about(actor, [row.content_id for row in rows if row.reason == "routed"])
    return tuple(
        replace(_line(some, orders, asked), badge=_badge(some[0], earned, given))
        for some in together.values()
    )


def _badge(
    row: Row[Any], earned: Mapping[int, BadgeLine], given: Mapping[int, BadgeLine]
) -> BadgeLine | None:
    if row.reason == _OF_BADGES:
        return earned.get(_subject(row))
    return given.get(row.content_id) if row.reason == _THANKED else None


def _subject(row: Row[Any]) -> int:
    """The last number of what a line is about: an order, a level, a badge."""
    return int(row.group_key.rpartition(":")[2])


def _line(rows: Sequence[Row[Any]], orders: Names, asked: Mapping[int, AskLine]) -> NotificationLine:
    latest = rows[0]
    expiring = latest.reason == "bonus_expiring"
    return NotificationLine(
        id=latest.id,
        reason=latest.reason,
        person=person_line(latest, "actor"),
        people=len(rows) if latest.reason == _HELPED else len({row.actor_id for row in rows}),
        at=latest.created_at,
        unread=latest.read_at is None,
        kind=latest.kind or "",
        quote=latest.title or latest.excerpt or "",
        group=latest.group_name or "",
        revision=_subject(latest) if latest.reason in ("recalled", "reworded") else 0,
        of_question=OF_QUESTION in latest.group_key.split(":"),
        level=_subject(latest) if latest.reason == "level" else 0,
        points=_subject(latest) if expiring else 0,
        last_day=Expiring(0, int(latest.group_key.split(":")[1])).last_day if expiring else 0,
        thing=orders.get(_subject(latest), {}) if latest.reason.startswith(_OF_ORDERS) else {},
        ask=asked.get(latest.content_id) if latest.reason == "routed" else None,
        articles=_subject(latest) if latest.reason == "articles_handed" else 0,
    )


def helped(thread_id: int, content_id: int, author_id: int) -> tuple[int, int]:
    """How often a text was the answer to others who began to ask, and of how many of these its author was told.

    One statement.
    """
    shown = Deflection.answer_id == content_id if thread_id != content_id else Deflection.answer_id.is_(None)
    found = select(func.count()).where(
        Deflection.content_id == thread_id, shown, Deflection.person_id != author_id
    )
    told = select(func.count()).where(
        Notification.person_id == author_id, Notification.content_id == content_id, Notification.reason == "helped"
    )  # fmt: skip
    row = db.session.execute(select(found.scalar_subquery(), told.scalar_subquery())).one()
    return row[0], row[1]


def mentioned(item: ContentItem) -> list[int]:
    """Whom a text mentions. One statement."""
    return list(
        db.session.scalars(select(PersonMention.person_id).where(PersonMention.content_id == item.id))
    )


def members_of_mentioned(item: ContentItem) -> list[int]:
    """Everybody in the groups that a text mentions. Two statements."""
    return members(
        db.session.scalars(select(GroupMention.group_id).where(GroupMention.content_id == item.id))
    )


def members(group_ids: Iterable[int]) -> list[int]:
    """Everybody in these groups. One statement, none for no ids."""
    ids = list(group_ids)
    if not ids:
        return []
    return list(db.session.scalars(select(GroupMember.person_id).where(GroupMember.group_id.in_(ids))))


def keepers(group_id: int | None) -> list[int]:
    """Owners and moderators of a group."""
    if group_id is None:
        return []
    theirs = (GroupMember.group_id == group_id, GroupMember.role != MEMBER)
    return list(db.session.scalars(select(GroupMember.person_id).where(*theirs)))


def participants(root_id: int, but: int) -> list[int]:
    """Who wrote in a thread before, the latest first."""
    rows = db.session.scalars(
        select(ContentItem.author_id)
        .where(ContentItem.root_id == root_id, ContentItem.id < but, ContentItem.state == PUBLISHED)
        .order_by(ContentItem.id.desc())
        .limit(MOST_PARTICIPANTS)
    )
    return list(dict.fromkeys(rows))
