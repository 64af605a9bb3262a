"""Tables of trust, beside the spine: one row for each item about which more is known than that somebody wrote it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment
from app.trust.events import CHECK, CONFIRMED, OFFICIAL, OPINION

__all__ = [
    "CHECK", "CONFIRMED", "OFFICIAL", "OPINION",
    "ContentConfirmation", "ContentOpening", "ContentScope", "ContentTrust",
]  # fmt: skip


class ContentTrust(Model):
    """How far an item may be trusted.

    Without a row it is an opinion, confirmed if it is an accepted answer, and says what it said when it was published.
    """

    __tablename__ = "content_trust"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    #: "opinion", "confirmed" (by people who may, not by acceptance, which the question knows), "official" or "check".
    state: Mapped[str] = mapped_column(String(12), default=OPINION)
    #: Of "check": the state it had and gets again once somebody has looked; else "".
    was: Mapped[str] = mapped_column(String(12), default="")
    #: Of "check": the item that changed, also its question; or NULL when its own text did.
    because_id: Mapped[int | None] = mapped_column(
        ForeignKey("content_items.id", ondelete="SET NULL"), index=True
    )
    #: Of "check" for its own text or its question: the revision of that which was vouched for; else NULL.
    changed_from: Mapped[int | None]
    #: Since when the state is what it is.
    since: Mapped[int] = mapped_column(Moment)
    official_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    official_at: Mapped[int | None] = mapped_column(Moment)
    #: The revision of the text that is official, or was looked at last.
    revision: Mapped[int] = mapped_column(default=1)
    #: The revision since which it says what it says now, but for corrections. Who confirmed before, confirmed another.
    text_from: Mapped[int] = mapped_column(default=1, server_default="1")
    #: First and last day on which it is valid, from midnight to midnight where the reader's shop is; NULL for no end.
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    #: Who is asked "still true?" when it ends; NULL or gone: who owns the topic.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: When that was asked of the present end; NULL for not yet.
    asked_at: Mapped[int | None] = mapped_column(Moment)
    #: Since when it is over in every shop; NULL while it is valid somewhere.
    expired_at: Mapped[int | None] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("state IN ('opinion', 'confirmed', 'official', 'check')", name="state"),
        CheckConstraint("was IN ('', 'opinion', 'confirmed', 'official')", name="was"),
        CheckConstraint("(state = 'check') = (was <> '')", name="check_remembers"),
        CheckConstraint("changed_from IS NULL OR state = 'check'", name="check_compares"),
        CheckConstraint(
            "valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until", name="period"
        ),
        Index(None, "valid_until"),
        Index(None, "state"),
    )


class ContentScope(Model):
    """For whom alone an item is valid. Rows of one sort are alternatives; several sorts must all be met."""

    __tablename__ = "content_scopes"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id", ondelete="CASCADE"), index=True)
    #: "standard", "flagship", "island", "franchise" or "office".
    shop_format: Mapped[str | None] = mapped_column(String(40))
    position_id: Mapped[int | None] = mapped_column(
        ForeignKey("positions.id", ondelete="CASCADE"), index=True
    )

    __table_args__ = (
        CheckConstraint(
            "(region_id IS NOT NULL AND shop_format IS NULL AND position_id IS NULL)"
            " OR (region_id IS NULL AND shop_format IS NOT NULL AND position_id IS NULL)"
            " OR (region_id IS NULL AND shop_format IS NULL AND position_id IS NOT NULL)",
            name="one_sort",
        ),
    )


class ContentConfirmation(Model):
    """Somebody who may confirm says that an answer is right."""

    __tablename__ = "content_confirmations"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    #: When they confirmed that revision.
    confirmed_at: Mapped[int] = mapped_column(Moment)
    #: The revision of the text that they confirm; below zero: that one, as the answer to a question that was rewritten.
    revision: Mapped[int] = mapped_column(default=1, server_default="1")


class ContentOpening(Model):
    """Somebody has opened something official: which revision, and when last. Kept for thirty days."""

    __tablename__ = "content_openings"
    content_id: Mapped[int] = mapped_column(
        ForeignKey("content_items.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    revision: Mapped[int]
    opened_at: Mapped[int] = mapped_column(Moment, index=True)
