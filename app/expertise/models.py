"""Tables of what people know, what they hide of it, and who is away."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, Moment


class Expertise(Model):
    """What praise a person has in a topic, and what it comes to. Follows from the facts."""

    __tablename__ = "expertise"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    #: As of `app.lib.authority.EPOCH`, so that it stays as it is while time passes.
    strength: Mapped[float] = mapped_column(Float(53))
    #: Different colleagues who praised.
    givers: Mapped[int]
    #: How many acts of each kind: {"accepted": 3, "liked": 12}.
    acts: Mapped[dict[str, int]] = mapped_column(JSON)
    #: 0 none, 1 Learner, 2 Connoisseur, 3 Master.
    title: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint("title BETWEEN 0 AND 3", name="title"),
        Index(None, "topic_id", "strength"),
    )


class HiddenExpertise(Model):
    """Somebody does not want to be an expert of a topic: neither shown as one nor asked."""

    __tablename__ = "expertise_hidden"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[int] = mapped_column(Moment)


class Absence(Model):
    """Somebody is away until a moment: shown, but not asked."""

    __tablename__ = "expertise_absences"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[int] = mapped_column(Moment)
