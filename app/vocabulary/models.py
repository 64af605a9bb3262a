"""Tables of synonyms, and of searches that found nothing."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment


class SynonymGroup(Model):
    """Words that mean the same."""

    __tablename__ = "synonym_groups"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: When it was made or last changed; by whom says the audit log.
    changed_at: Mapped[int] = mapped_column(Moment)


class Synonym(Model):
    """One word or short phrase of a group."""

    __tablename__ = "synonyms"
    #: The stems of its words: whatever form is typed has the same. In one group only.
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("synonym_groups.id", ondelete="CASCADE"), index=True)
    #: Its place among the words of the group, from 0 on.
    place: Mapped[int]
    #: As editors wrote it.
    written: Mapped[str] = mapped_column(String(60))


class MissedSearch(Model):
    """Something that was looked for and not found, without who looked for it."""

    __tablename__ = "missed_searches"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: A digest of the stems of the words, so that what was typed cannot be read from it.
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    #: What was typed, folded; NULL until a second person has looked for the same.
    words: Mapped[str | None] = mapped_column(String(120))


class MissedDay(Model):
    """How often it was looked for on one day."""

    __tablename__ = "missed_days"
    missed_id: Mapped[int] = mapped_column(
        ForeignKey("missed_searches.id", ondelete="CASCADE"), primary_key=True
    )
    #: Days since 1970, UTC.
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    times: Mapped[int] = mapped_column(default=1)
    #: Each person sets one of eight bits, always the same for the same words; so an eighth of the company is behind
    #: each bit, and different bits are different people.
    askers: Mapped[int]

    __table_args__ = (
        CheckConstraint("times > 0", name="times"),
        CheckConstraint("askers BETWEEN 1 AND 255", name="askers"),
        Index(None, "day"),
    )
