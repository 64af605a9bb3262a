"""Tables of who looks after topics, of questions on their way, and of who was asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment

OPEN = "open"
ENDED = "ended"

_DUE = text("due_at IS NOT NULL")


class TopicCurator(Model):
    """A person looks after a topic."""

    __tablename__ = "topic_curators"
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[int] = mapped_column(Moment)
    #: Who looked after it before and left or moved: the person has yet to say whether they keep it.
    handed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)


class TopicCare(Model):
    """Which department owns a topic, and by which plan its questions go out."""

    __tablename__ = "topic_care"
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    #: The waves, as `app.routing.schemas.Plan` writes them; NULL for the plan of all topics.
    plan: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    #: Since when it waits for the editors to say who looks after it: who did has left, and has no manager here.
    waiting_since: Mapped[int | None] = mapped_column(Moment)
    #: Who that was, while it waits; NULL when they were erased.
    left_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    __table_args__ = (CheckConstraint("left_by IS NULL OR waiting_since IS NOT NULL", name="waiting"),)


class Routing(Model):
    """One question on its way."""

    __tablename__ = "question_routings"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    #: "open", or "ended" by an answer or because the question is gone.
    state: Mapped[str] = mapped_column(String(8), default=OPEN)
    #: Waves of the plan that are behind it.
    wave: Mapped[int] = mapped_column(default=0)
    #: How many people were found, when it was asked, who know its matter.
    knowers: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[int] = mapped_column(Moment)
    #: When to look at it again; NULL when there is nothing left to do.
    due_at: Mapped[int | None] = mapped_column(Moment)
    #: Who said "I'll answer", and until when that is waited for.
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    claimed_until: Mapped[int | None] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("state IN ('open', 'ended')", name="state"),
        CheckConstraint("(claimed_by IS NULL) = (claimed_until IS NULL)", name="claim"),
        Index("ix_question_routings_due", "due_at", sqlite_where=_DUE, postgresql_where=_DUE),
    )


class Ask(Model):
    """One question put to one person: once, and as one of the few of their day."""

    __tablename__ = "question_asks"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("question_routings.content_id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    wave: Mapped[int]
    #: "near", "experts", "curators", "department" or "passed".
    audience: Mapped[str] = mapped_column(String(12))
    #: Why this person: see `app.routing.schemas.Why`.
    reason: Mapped[str] = mapped_column(String(12))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="SET NULL"), index=True)
    #: What the reason counts: answers.
    number: Mapped[int] = mapped_column(default=0)
    #: The colleague who named them.
    passed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[int] = mapped_column(Moment)
    #: The day of the person's own zone (1 is 1 January of the year 1), and which question of that day it is.
    day: Mapped[int]
    slot: Mapped[int]
    seen_at: Mapped[int | None] = mapped_column(Moment)
    #: When they said "not me".
    declined_at: Mapped[int | None] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("content_id", "person_id"),
        UniqueConstraint("person_id", "day", "slot"),
        CheckConstraint("slot > 0", name="slot"),
        Index(None, "person_id", "asked_at", "id"),
    )
