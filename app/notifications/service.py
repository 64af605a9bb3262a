"""Telling people, and what they do with what they were told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update

from app.content.models import COMPANY, ContentItem
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.groups.models import GroupMember
from app.notifications.events import NotificationsChanged
from app.notifications.models import Notification, NotificationSetting
from app.notifications.schemas import KIND_OF, KINDS, QUIET, NotificationSettings
from app.people.models import ACTIVE, Person

#: People told in one INSERT.
BATCH = 500
DAY_MINUTES = 24 * 60


def tell(
    event_id: int,
    reasons: Mapping[int, str | list[str]],
    *,
    actor_id: int | None,
    content: ContentItem | None = None,
    group_id: int | None = None,
    subject: str = "",
    apart: Collection[str] = (),
) -> int:
    """Tell each person of `reasons` the first one there that they have not switched off; how many were told now.

    Nobody is told of what they did themselves, of what they may not see, or twice of one event; leavers are not told.
    `subject` is what lines are grouped by, by default the content or group; those of the reasons `apart` always are by
    that. Inside the open unit of work; one SELECT and one INSERT for each 500 people.
    """
    own_subject = _subject(content, group_id, actor_id)
    told: list[int] = []
    for some in _batches(sorted(reasons.keys() - {actor_id})):
        wanted = _wanted(some, reasons, content)
        rows = [
            {
                "person_id": person_id,
                "event_id": event_id,
                "reason": reason,
                "group_key": f"{reason}:{(reason not in apart and subject) or own_subject}",
                "actor_id": actor_id,
                "content_id": content.id if content is not None else None,
                "group_id": group_id,
                "created_at": clock.now(),
            }
            for person_id, reason in wanted.items()
        ]
        if rows:
            statement = insert(Notification).on_conflict_do_nothing(index_elements=["event_id", "person_id"])
            told += db.session.scalars(statement.returning(Notification.person_id), rows).all()
    if told:
        emit(NotificationsChanged(tuple(told)))
    return len(told)


def _wanted(
    ids: list[int], reasons: Mapping[int, str | list[str]], content: ContentItem | None
) -> dict[int, str]:
    """Whom of these people to tell which reason. One SELECT."""
    found = db.session.execute(
        select(Person.id, NotificationSetting.muted)
        .outerjoin(NotificationSetting, NotificationSetting.person_id == Person.id)
        .where(Person.id.in_(ids), *_may_know(content))
    )
    chosen = {}
    for person_id, muted in found:
        given, off = reasons[person_id], (muted or "").split()
        for reason in [given] if isinstance(given, str) else given:
            if KIND_OF.get(reason) not in off:
                chosen[person_id] = reason
                break
    return chosen


def _may_know(content: ContentItem | None) -> list[ColumnElement[bool]]:
    """The SQL rule of who may be told of a text: those who may see it."""
    rules: list[ColumnElement[bool]] = [Person.state == ACTIVE]
    if content is not None and content.audience != COMPANY:
        member = exists().where(GroupMember.group_id == content.group_id, GroupMember.person_id == Person.id)
        rules.append(member)
    return rules


def _subject(content: ContentItem | None, group_id: int | None, actor_id: int | None) -> str:
    if content is not None:
        return f"item:{content.id}"
    return f"group:{group_id}" if group_id is not None else f"person:{actor_id}"


def _batches(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def withdraw(*, person_id: int, reason: str, content_id: int, actor_id: int) -> None:
    """Take back what was told and not yet read: a like that is no more. Inside the open unit of work. One DELETE."""
    gone = db.session.scalars(
        delete(Notification)
        .where(
            Notification.person_id == person_id, Notification.content_id == content_id, Notification.reason == reason,
            Notification.actor_id == actor_id, Notification.read_at.is_(None),
        )
        .returning(Notification.id)
    ).all()  # fmt: skip
    if gone:
        emit(NotificationsChanged((person_id,)))


def withdraw_latest(*, person_id: int, reason: str, content_id: int, number: int) -> None:
    """Take back the latest of what was told and not yet read. Inside the open unit of work. One DELETE."""
    unread = (
        select(Notification.id)
        .where(
            Notification.person_id == person_id, Notification.content_id == content_id, Notification.reason == reason,
            Notification.read_at.is_(None),
        )
        .order_by(Notification.id.desc())
        .limit(number)
    )  # fmt: skip
    gone = delete(Notification).where(Notification.id.in_(unread)).returning(Notification.id)
    if db.session.scalars(gone).all():
        emit(NotificationsChanged((person_id,)))


def forget_person(person_id: int) -> None:
    """Drop what somebody who was erased had been told, and wanted to be told. In the open unit of work; two DELETEs."""
    for model in (Notification, NotificationSetting):
        db.session.execute(delete(model).where(model.person_id == person_id))


def save_settings(actor: Actor, wanted: NotificationSettings) -> None:
    """Keep what the actor wants to be told from now on. Raises `Invalid` with every field that is wrong."""
    wrong = {}
    if not wanted.muted <= KINDS.keys():
        wrong["tell"] = _("Choose one of the list.")
    if wanted.quiet not in QUIET:
        wrong["quiet"] = _("Choose one of the list.")
    times = {"quiet_from": wanted.quiet_from, "quiet_until": wanted.quiet_until}
    wrong |= {
        name: _("Write a time like 22:00.") for name, minute in times.items() if not 0 <= minute < DAY_MINUTES
    }
    if not wrong and wanted.quiet == "hours" and wanted.quiet_from == wanted.quiet_until:
        wrong["quiet_until"] = _("Quiet hours end at another time than they begin.")
    if wrong:
        raise Invalid(errors=wrong)
    with unit_of_work():
        row = db.session.get(NotificationSetting, actor.person_id)
        if row is None:
            row = NotificationSetting(person_id=actor.person_id)
            db.session.add(row)
        row.muted = " ".join(kind for kind in KINDS if kind in wanted.muted)
        row.quiet, row.quiet_from, row.quiet_until = wanted.quiet, wanted.quiet_from, wanted.quiet_until


def read_all(actor: Actor) -> None:
    """Mark everything as read."""
    _read(actor.person_id)


def read_mentions(person_id: int, until: int) -> None:
    """Mark mentions as read that were made until a moment."""
    _read(person_id, Notification.reason == "mentioned", Notification.created_at <= until)


def open_line(actor: Actor, notification_id: int) -> Notification:
    """Mark the whole line of a notification as read; the notification. Raises `NotFound` for others' as for none."""
    found = db.session.get(Notification, notification_id)
    if found is None or found.person_id != actor.person_id:
        raise NotFound
    _read(actor.person_id, Notification.group_key == found.group_key)
    return db.session.get_one(Notification, notification_id)


def saw_publication(actor: Actor, publication_id: int) -> None:
    """A person has opened a publication: what they were told of it and its thread is read.

    One SELECT, and a transaction only if there is something unread.
    """
    thread = select(ContentItem.id).where(
        or_(ContentItem.id == publication_id, ContentItem.root_id == publication_id)
    )
    unread = select(func.count()).where(
        Notification.person_id == actor.person_id,
        Notification.read_at.is_(None),
        Notification.content_id.in_(thread),
    )
    if db.session.scalar(unread):
        _read(actor.person_id, Notification.content_id.in_(thread))


def _read(person_id: int, *rules: ColumnElement[bool]) -> None:
    with unit_of_work():
        changed = db.session.scalars(
            update(Notification)
            .where(Notification.person_id == person_id, Notification.read_at.is_(None), *rules)
            .values(read_at=clock.now())
            .returning(Notification.id)
            .execution_options(synchronize_session=False)
        ).all()
        if changed:
            emit(NotificationsChanged((person_id,)))
