"""The table beside the spine that makes a publication a question."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, Moment


class Question(Model):
    """A question; the text is its content item."""

    __tablename__ = "questions"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    #: The answer that it shows: the accepted one, or the official one in its place; NULL while it waits.
    accepted_id: Mapped[int | None] = mapped_column(
        ForeignKey("content_items.id", ondelete="SET NULL"), unique=True
    )
    #: Who accepted it; NULL of an official answer that nobody had accepted before.
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    accepted_at: Mapped[int | None] = mapped_column(Moment)

    __table_args__ = (Index(None, "accepted_id", "content_id"),)


class OverruledAcceptance(Model):
    """What was accepted before an official answer took its place; it comes back when that is withdrawn."""

    __tablename__ = "overruled_acceptances"
    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.content_id", ondelete="CASCADE"), primary_key=True
    )
    answer_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"), index=True)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    accepted_at: Mapped[int | None] = mapped_column(Moment)
