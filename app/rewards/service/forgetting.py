"""Forgetting somebody who was erased."""

from __future__ import annotations

from sqlalchemy import delete, update

from app.core.db import db
from app.rewards.models import Order, Reminder


def forget_person(person_id: int) -> None:
    """Keep no words about the orders of somebody who was erased, and no reminders. In the open unit of work.

    Orders stay, for points were spent on them; open ones wait for an editor to close or cancel them.
    """
    db.session.execute(update(Order).where(Order.person_id == person_id).values(note=""))
    db.session.execute(delete(Reminder).where(Reminder.person_id == person_id))
