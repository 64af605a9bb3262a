"""Bonus points: spend them, give them back, and let them expire.

What should have expired follows from what was earned and spent (`app.lib.bonus`); the ledger is brought to it, as it is
brought to acts. So it does not matter when somebody looks, nor how often.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from app.core import audit, clock, settings
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.lib.bonus import Purse
from app.reputation.models import BONUS, EXPIRED, LAPSED, ORDERED, SPENT, Entry, Rule
from app.reputation.policy import demand_rules
from app.reputation.queries.bonus import TERMS as _TERMS
from app.reputation.queries.bonus import BonusPast, bonus_past, bonus_pasts, holders, terms
from app.reputation.service.writing import hold, undo, write

#: The longest that points may count, in months.
MOST_MONTHS = 60


class NotEnoughPoints(Conflict):
    """Somebody has fewer bonus points than they want to spend."""

    def __init__(self, balance: int) -> None:
        super().__init__(_("There are not enough bonus points."))
        self.balance = balance


def spend(person_id: int, points: int, fact: str) -> int:
    """Take bonus points for what `fact` names, which is spent on once; what is left.

    Inside the open unit of work. Holds the person's balances, lets expire what is due, and takes what expires first.
    About six statements. Raises `NotEnoughPoints`.
    """
    hold({person_id})
    balance = settle_bonus(person_id).balance
    if balance < points:
        raise NotEnoughPoints(balance)
    write(_values(person_id, ORDERED, SPENT, -points, fact, fact, clock.now()))
    return balance - points


def give_back(person_id: int, fact: str, *, actor_id: int) -> None:
    """Give back what was spent on a fact; `actor_id` decided so. Again changes nothing.

    Inside the open unit of work. Points keep their date; those that somebody else gave back count a month at least.
    """
    hold({person_id})
    rows = select(*Entry.__table__.c).where(Entry.person_id == person_id, Entry.fact == fact)
    last = db.session.execute(rows.order_by(Entry.id.desc())).first()
    if last is not None and last.gives:
        undo(last, f"{fact}:returned", actor_id=actor_id)
        settle_bonus(person_id)


def settle_bonus(person_id: int) -> Purse:
    """Bring what stands as expired to what should have expired by now; what is left.

    Inside the open unit of work, with the person's balances held. One statement when nothing is to do.
    """
    past = bonus_past(person_id)
    should = past.purse(clock.now())
    for until in sorted(past.expired.keys() | should.expired.keys()):
        _settle_moment(person_id, past, until, should.expired.get(until, 0))
    return should


def expire_due() -> int:
    """Let everybody's points expire that are due; how many people had any. A transaction for each of them."""
    people = 0
    now = clock.now()
    for ids in holders():
        for person_id, past in bonus_pasts(ids).items():
            if past.purse(now).expired != _standing(past):
                with unit_of_work():
                    hold({person_id})
                    settle_bonus(person_id)
                people += 1
    return people


def set_bonus_months(actor: Actor, months: int) -> None:
    """Choose how many months points count that are earned from now on; others keep their date. Audited.

    Raises `Forbidden`, and `Invalid` (field "months").
    """
    demand_rules(actor)
    if not 1 <= months <= MOST_MONTHS:
        raise Invalid(_("A number of months from 1 to %(most)s.", most=MOST_MONTHS), field="months")
    with unit_of_work():
        known = [list(each) for each in settings.get(_TERMS, terms())]
        if known[-1][1] == months:
            return
        settings.put(_TERMS, [*known, [clock.now(), months]])
        audit.record(
            "bonus.term_changed", "reputation", actor_id=actor.person_id, before=known[-1][1], after=months
        )


def _standing(past: BonusPast) -> dict[int, int]:
    return {until: -row.delta for until, row in past.expired.items()}


def _settle_moment(person_id: int, past: BonusPast, until: int, points: int) -> None:
    stands: Row[Any] | None = past.expired.get(until)
    if stands is not None and -stands.delta == points:
        return
    if stands is not None:
        undo(stands, f"expiry:{past.last_id}:less")
    if points:
        fact = f"expired:{person_id}:{until}"
        write(_values(person_id, LAPSED, EXPIRED, -points, fact, f"expiry:{past.last_id}", until))


def _values(
    person_id: int, code: str, against: str, delta: int, fact: str, source: str, at: int
) -> dict[str, Any]:
    rule_id = db.session.scalar(select(Rule.id).where(Rule.code == code).order_by(Rule.version.desc()))
    return {
        "person_id": person_id, "account": BONUS, "against": against, "delta": delta, "gives": True,
        "rule_id": rule_id, "rule": code, "fact": fact, "source": source, "limited": "", "actor_id": person_id,
        "content_id": None, "topic_id": None, "priority": False,
        "happened_at": at, "day": at // clock.DAY, "recorded_at": clock.now(),
    }  # fmt: skip
