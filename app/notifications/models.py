"""The table of notifications."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment

_UNREAD = text("read_at IS NULL")


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
