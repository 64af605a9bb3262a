"""The tables beside the spine that make a publication an article."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment

#: A reminder before the date, and one when it has come.
SOON = "soon"
DUE = "due"

#: Why an article was handed over.
LEFT = "left"
MOVED = "moved"


class Article(Model):
    """An article; the text is its content item."""

    __tablename__ = "articles"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    #: Who answers for it.
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: The last day on which it counts as checked, or NULL for no date.
    review_by: Mapped[date | None] = mapped_column(Date, index=True)
    #: When and by whom it was last said to be still true; NULL until then.
    reviewed_at: Mapped[int | None] = mapped_column(Moment)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: The publication of whose thread it was made.
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("content_items.id", ondelete="SET NULL"), index=True
    )


class Contributor(Model):
    """Somebody whose words an article was made of, or who changed it."""

    __tablename__ = "article_contributors"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("articles.content_id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Reader(Model):
    """Somebody has opened an article."""

    __tablename__ = "article_readers"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("articles.content_id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    first_at: Mapped[int] = mapped_column(Moment)
    last_at: Mapped[int] = mapped_column(Moment)
    #: The revision they saw last.
    revision: Mapped[int]

    __table_args__ = (Index(None, "last_at", "content_id"),)


class Reminder(Model):
    """The owner was reminded of a date; once for each date and kind."""

    __tablename__ = "article_reminders"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("articles.content_id", ondelete="CASCADE"), primary_key=True
    )
    review_by: Mapped[date] = mapped_column(Date, primary_key=True)
    #: "soon" or "due".
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    sent_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("kind IN ('soon', 'due')", name="kind"),)


class Handover(Model):
    """An article waits for somebody to say who looks after it, because its owner left or moved."""

    __tablename__ = "article_handovers"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("articles.content_id", ondelete="CASCADE"))
    #: The event it was made from; not a foreign key, as old events are forgotten.
    event_id: Mapped[int] = mapped_column(BigInteger)
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: Who decides; NULL for the editors, when there is no manager.
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: "left" or "moved".
    reason: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[int] = mapped_column(Moment)
    #: When it was decided; NULL while it waits.
    decided_at: Mapped[int | None] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    __table_args__ = (
        UniqueConstraint("content_id", "event_id"),
        CheckConstraint("reason IN ('left', 'moved')", name="reason"),
        Index(None, "to_id", "decided_at"),
    )
