"""Tables of rewards, orders, and reminders that were given."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment

#: States of an order, in the order in which they come.
ORDERED = "ordered"
APPROVED = "approved"
HANDED_OUT = "handed_out"
CLOSED = "closed"
CANCELLED = "cancelled"
STATES = (ORDERED, APPROVED, HANDED_OUT, CLOSED, CANCELLED)


class Reward(Model):
    """Something to order for bonus points."""

    __tablename__ = "rewards"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    title_ru: Mapped[str] = mapped_column(String(80))
    title_en: Mapped[str] = mapped_column(String(80))
    #: What it is, and how one gets it.
    terms_ru: Mapped[str] = mapped_column(Text, default="")
    terms_en: Mapped[str] = mapped_column(Text, default="")
    #: Which of the drawings: a file of static/rewards without its ending. Shown when there is no photo.
    drawing: Mapped[str] = mapped_column(String(40))
    #: The photo, if there is one.
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"), index=True)
    price: Mapped[int]
    #: How many there are in all; NULL for no limit.
    total: Mapped[int | None]
    #: How many of them are ordered and not cancelled. Raised by orders, under the condition that one is left.
    taken: Mapped[int] = mapped_column(default=0)
    #: For whom: people of a region, of shops of a format; NULL for everyone.
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), index=True)
    shop_format: Mapped[str | None] = mapped_column(String(40))
    #: The level of loyalty from which it can be ordered, 0 for the lowest.
    level: Mapped[int] = mapped_column(default=0)
    #: The period in which it can be ordered.
    active_from: Mapped[int | None] = mapped_column(Moment)
    active_until: Mapped[int | None] = mapped_column(Moment)
    #: Since when it is out of the catalogue.
    retired_at: Mapped[int | None] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("price > 0", name="price"),
        CheckConstraint("taken >= 0 AND (total IS NULL OR taken <= total)", name="never_oversold"),
        CheckConstraint("level BETWEEN 0 AND 3", name="level"),
    )


class Order(Model):
    """One of a reward for somebody, with the moment of each step."""

    __tablename__ = "reward_orders"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    reward_id: Mapped[int] = mapped_column(ForeignKey("rewards.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: What it cost.
    price: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default=ORDERED)
    ordered_at: Mapped[int] = mapped_column(Moment)
    #: When it came into its present state, and who brought it there.
    changed_at: Mapped[int] = mapped_column(Moment)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: What the person is told with it: where to fetch it, why it was cancelled.
    note: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (
        CheckConstraint(
            "state IN ('ordered', 'approved', 'handed_out', 'closed', 'cancelled')", name="state"
        ),
        CheckConstraint("price > 0", name="price"),
        Index(None, "person_id", "id"),
        Index(None, "state", "id"),
    )


class Reminder(Model):
    """Somebody was told that points of theirs expire soon."""

    __tablename__ = "bonus_reminders"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    #: The moment until which the points count.
    until: Mapped[int] = mapped_column(Moment, primary_key=True, autoincrement=False)
    #: How many days before: 30 or 7.
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reminded_at: Mapped[int] = mapped_column(Moment)
