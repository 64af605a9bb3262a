"""Tables of reports and decisions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment

#: What one may say is wrong.
REASONS = ("rude", "confidential", "customer_data", "spam", "other")

OPEN = "open"
UPHELD = "upheld"
DISMISSED = "dismissed"
GONE = "gone"

HIDE = "hide"
RESTORE = "restore"
KEEP = "keep"


class Report(Model):
    """An employee says that something breaks the rules."""

    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: One of `REASONS`.
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[int] = mapped_column(Moment)
    #: "open", "upheld" (it was hidden), "dismissed" (it stays), or "gone" (its author deleted it first).
    state: Mapped[str] = mapped_column(String(12), default=OPEN)
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    handled_at: Mapped[int | None] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("content_id", "reporter_id"),
        CheckConstraint(
            "reason IN ('rude', 'confidential', 'customer_data', 'spam', 'other')", name="reason"
        ),
        CheckConstraint("state IN ('open', 'upheld', 'dismissed', 'gone')", name="state"),
        Index(None, "state", "created_at"),
    )


class Decision(Model):
    """A moderator hid or restored something, or left it as it is, and why."""

    __tablename__ = "moderation_decisions"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"))
    #: "hide", "restore" or "keep".
    action: Mapped[str] = mapped_column(String(12))
    #: What the author reads; empty for "keep" without a word.
    reason: Mapped[str] = mapped_column(String(1000))
    moderator_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    decided_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("action IN ('hide', 'restore', 'keep')", name="action"),
        Index(None, "content_id", "decided_at"),
    )
