"""Tables of badges, of thanks with the people they are for, and of badges that rules gave."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment

#: Who gives a badge: everyone, managers to the people below them, editors, or rules by themselves.
ANYONE = "anyone"
MANAGERS = "managers"
EDITORS = "editors"
RULES = "rules"


class Badge(Model):
    """Something to wear."""

    __tablename__ = "badges"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: Short stable name: "thank_you".
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_ru: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    #: What it is given for.
    description_ru: Mapped[str] = mapped_column(String(200), default="")
    description_en: Mapped[str] = mapped_column(String(200), default="")
    #: Which of the drawings: a file of static/badges without its ending.
    picture: Mapped[str] = mapped_column(String(40))
    #: "anyone", "managers", "editors" or "rules".
    given_by: Mapped[str] = mapped_column(String(12), default=ANYONE)
    #: How many of it one person gives in a month; NULL for no limit.
    allowance: Mapped[int | None]
    #: How many of it one person gives to the same colleague in a month; NULL for no limit.
    pair_limit: Mapped[int | None]
    #: The period in which it is given.
    active_from: Mapped[int | None] = mapped_column(Moment)
    active_until: Mapped[int | None] = mapped_column(Moment)
    #: Since when it is no longer given; who has it keeps it.
    retired_at: Mapped[int | None] = mapped_column(Moment)
    #: Its place among the badges.
    position: Mapped[int] = mapped_column(default=100)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("given_by IN ('anyone', 'managers', 'editors', 'rules')", name="given_by"),
        CheckConstraint("allowance >= 0 AND pair_limit >= 0", name="never_negative"),
    )


class Thanks(Model):
    """What makes a publication thanks; the sentence is its content item."""

    __tablename__ = "thanks"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    badge_id: Mapped[int] = mapped_column(ForeignKey("badges.id"), index=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: The publication or answer it is for.
    about_id: Mapped[int | None] = mapped_column(
        ForeignKey("content_items.id", ondelete="SET NULL"), index=True
    )
    given_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (Index(None, "giver_id", "given_at"),)


class ThanksRecipient(Model):
    """One of the people who are thanked: they wear the badge."""

    __tablename__ = "thanks_recipients"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("thanks.content_id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "person_id", "content_id"),)


class EarnedBadge(Model):
    """A badge that a rule gave, once for each subject."""

    __tablename__ = "earned_badges"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    badge_id: Mapped[int] = mapped_column(ForeignKey("badges.id"), primary_key=True, index=True)
    #: What it was given for, where a rule gives it for several: the topic's id, or 0.
    subject_id: Mapped[int] = mapped_column(Identity, primary_key=True, default=0)
    #: When the fact was complete that it was given for.
    awarded_at: Mapped[int] = mapped_column(Moment)


class ImportedBadge(Model):
    """A badge that an imported site gave somebody there, under that site's own name; nobody gives it here."""

    __tablename__ = "imported_badges"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    #: 1 gold, 2 silver, 3 bronze.
    grade: Mapped[int]
    #: How often it was given, and when last.
    number: Mapped[int]
    last_at: Mapped[int] = mapped_column(Moment)
