"""Tables of notifications: what people are told, and what they want to be told."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment

_UNREAD = text("read_at IS NULL")
#: The night that is offered: 22:00 to 8:00.
QUIET_FROM, QUIET_UNTIL = 22 * 60, 8 * 60


class Notification(Model):
    """One person is told of one event."""

    __tablename__ = "notifications"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    #: The outbox event it was made from; not a foreign key, as old events are forgotten. The negative number of a level
    #: that was reached, of which a person is told once.
    event_id: Mapped[int]
    #: The reason: "mentioned", "replied", "commented", "answered", "accepted", "liked", "followed", …
    reason: Mapped[str] = mapped_column(String(30))
    #: Rows with the same key are shown as one line.
    group_key: Mapped[str] = mapped_column(String(80))
    #: Who did it, if it was a person.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    #: The content it is about; hidden from whoever may not see it any more.
    content_id: Mapped[int | None] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), index=True
    )
    #: The group it is about (requests, invitations).
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[int] = mapped_column(Moment)
    read_at: Mapped[int | None] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        Index(None, "person_id", "created_at", "id"),
        Index(
            "ix_notifications_unread", "person_id", "reason", sqlite_where=_UNREAD, postgresql_where=_UNREAD
        ),
    )


class NotificationSetting(Model):
    """What a person wants to be told, and when nothing announces itself; no row means: everything, always."""

    __tablename__ = "notification_settings"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    #: Kinds that are switched off, parted by spaces: "likes threads".
    muted: Mapped[str] = mapped_column(String(240), default="")
    #: "never", "hours" (from `quiet_from` to `quiet_until`, every day) or "off_duty".
    quiet: Mapped[str] = mapped_column(String(8), default="never")
    #: Minutes of the person's day; the time before midnight and after it is meant when the first is the larger.
    quiet_from: Mapped[int] = mapped_column(SmallInteger, default=QUIET_FROM)
    quiet_until: Mapped[int] = mapped_column(SmallInteger, default=QUIET_UNTIL)

    __table_args__ = (
        CheckConstraint("quiet IN ('never', 'hours', 'off_duty')", name="quiet"),
        CheckConstraint("quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439", name="in_a_day"),
    )
