"""Tables of reports and decisions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment


class Report(Model):
    """An employee says that something breaks the rules."""

    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: "rude", "confidential", "customer_data", "spam" or "other".
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[int] = mapped_column(Moment)
    #: "open", "upheld" or "dismissed".
    state: Mapped[str] = mapped_column(String(12), default="open")
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    handled_at: Mapped[int | None] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("content_id", "reporter_id"),
        CheckConstraint("state IN ('open', 'upheld', 'dismissed')", name="state"),
        Index(None, "state", "created_at"),
    )


class Decision(Model):
    """A moderator hid or restored something, and why."""

    __tablename__ = "moderation_decisions"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"))
    #: "hide" or "restore".
    action: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(1000))
    moderator_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    decided_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (Index(None, "content_id", "decided_at"),)
