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
    #: The accepted answer, or NULL.
    accepted_id: Mapped[int | None] = mapped_column(
        ForeignKey("content_items.id", ondelete="SET NULL"), unique=True
    )
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    accepted_at: Mapped[int | None] = mapped_column(Moment)

    __table_args__ = (Index(None, "accepted_id", "content_id"),)
