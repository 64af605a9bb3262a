"""Points that expire: told before, entered when it is time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.reputation.queries import bonus_pasts, holders
from app.reputation.service import expire_due
from app.rewards.events import BonusExpiring
from app.rewards.models import Reminder

#: Days before points expire on which their owner is told.
REMINDED = (30, 7)


def watch_expiry() -> tuple[int, int]:
    """Let expire what is due, and remind of what soon will be; how many people's points expired, how many reminders.

    May run as often as it likes: nothing expires and nobody is reminded twice. After a pause only the nearest of the
    reminders that were missed is given. Reads every entry of bonus points; a transaction for each 500 people with news.
    """
    expired = expire_due()
    return expired, sum(_remind(ids) for ids in holders())


def _remind(ids: Sequence[int]) -> int:
    now = clock.now()
    wanted = _wanted(ids, now)
    if wanted:
        told = select(Reminder.person_id, Reminder.until, Reminder.days).where(Reminder.person_id.in_(ids))
        for row in db.session.execute(told):
            wanted.pop((row.person_id, row.until, row.days), None)
    if not wanted:
        return 0
    with unit_of_work():
        return sum(_tell(key, points, now) for key, points in wanted.items())


def _wanted(ids: Sequence[int], now: int) -> dict[tuple[int, int, int], int]:
    """Points by person, moment and reminder."""
    found = {}
    for person_id, past in bonus_pasts(ids).items():
        for until, points in past.purse(now).left.items():
            due = [days for days in REMINDED if until - now <= days * clock.DAY]
            if due:
                found[person_id, until, min(due)] = points
    return found


def _tell(key: tuple[int, int, int], points: int, now: int) -> int:
    person_id, until, days = key
    row = {"person_id": person_id, "until": until, "days": days, "reminded_at": now}
    new = insert(Reminder).values(row).on_conflict_do_nothing().returning(Reminder.person_id)
    if db.session.scalar(new) is None:
        return 0
    emit(BonusExpiring(person_id, points, until, days))
    return 1
