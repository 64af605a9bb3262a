"""Settling: the ledger is brought to what stands.

Everything goes one way: read which acts stand concerning an item, read what the ledger has paid for it, write the
entries that make up the difference. So an event that comes late, twice or in another order settles the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, distinct, func, or_, select

from app.content.models import ContentItem
from app.core import clock
from app.core.db import db
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.points import PAIR_DAYS, worth
from app.people.models import Person
from app.reputation.events import PointsChanged
from app.reputation.models import BONUS, GIVES_FIRST, ISSUE, OTHER, Entry, WaitingAct
from app.reputation.queries import acts_of, invitations_of, rules_in_force
from app.reputation.schemas import NOTHING_WRITTEN, Act
from app.reputation.service.bonus import settle_bonus
from app.reputation.service.writing import balances_of, hold, undo, write

#: What people do on their first day waits, so that nobody makes accounts to praise themselves.
NEWCOMER = clock.DAY
#: Acts within this time count towards "the same two people".
MONTH = PAIR_DAYS * clock.DAY


def settle_item(content_id: int, source: str, *, doer_id: int | None = None) -> None:
    """Bring the ledger to what stands concerning an item, or only to what one person did to it.

    With `NOTHING_WRITTEN` it settles what that person has done to no item. Inside the open unit of work. Four
    statements when nothing changed; about four more for each entry. Locks the item against other settlements, so that
    what stands is read after what they wrote, and then the balances of everybody concerned, in order of their ids.
    """
    db.session.execute(
        select(ContentItem.id).where(ContentItem.id == content_id).with_for_update(key_share=True)
    )
    found = acts_of(content_id) if content_id != NOTHING_WRITTEN else invitations_of(doer_id or 0)
    stands = {act.fact: act for act in found if doer_id in (None, act.doer_id)}
    people = hold(_concerned(content_id, stands.values(), doer_id))
    paid = _paid(content_id, doer_id)
    turned: set[tuple[int, str]] = set()
    for fact in sorted(paid.keys() - stands.keys()):
        for row in paid[fact].values():
            if row.gives:
                turned.add(undo(row, source))
    for fact, act in sorted(stands.items(), key=lambda pair: (pair[1].at, pair[0])):
        if not _waits(act):
            turned |= _pay(act, paid.get(fact, {}), source)
    # Points that were spent or have expired may have been others than one thought.
    for person_id in sorted(person_id for person_id, account in turned if account == BONUS):
        settle_bonus(person_id)
    _tell(people)


def settle_due() -> int:
    """Settle what has waited long enough; how many acts. A transaction each."""
    due = db.session.execute(
        select(WaitingAct.fact, WaitingAct.content_id, WaitingAct.doer_id)
        .where(WaitingAct.due_at <= clock.now())
        .order_by(WaitingAct.due_at, WaitingAct.fact)
    ).all()
    for row in due:
        with unit_of_work():
            db.session.execute(delete(WaitingAct).where(WaitingAct.fact == row.fact))
            settle_item(row.content_id, f"waited:{row.fact}", doer_id=row.doer_id)
    return len(due)


def _concerned(content_id: int, acts: Iterable[Act], doer_id: int | None) -> set[int]:
    """Whose balances may change."""
    found = {person for act in acts for person in (act.doer_id, act.other_id) if person is not None}
    before = select(Entry.person_id).where(Entry.content_id == content_id).distinct()
    if doer_id is not None:
        before = before.where(Entry.actor_id == doer_id)
    return found | set(db.session.scalars(before))


def _tell(before: dict[int, int]) -> None:
    """Say whose reputation is another now."""
    if before:
        for row in db.session.execute(balances_of(before)):
            if row.points != before[row.person_id]:
                emit(PointsChanged(row.person_id, before[row.person_id], row.points))


def _paid(content_id: int, doer_id: int | None) -> dict[str, dict[tuple[str, int], Row[Any]]]:
    """The last entry of every chain of an item, by fact and then by rule and person. One statement."""
    undone = select(Entry.reverses_id).where(Entry.reverses_id.is_not(None), Entry.content_id == content_id)
    last = select(*Entry.__table__.c).where(Entry.content_id == content_id, Entry.id.not_in(undone))
    if doer_id is not None:
        last = last.where(Entry.actor_id == doer_id)
    found: dict[str, dict[tuple[str, int], Row[Any]]] = {}
    for row in db.session.execute(last):
        found.setdefault(row.fact, {})[row.rule, row.person_id] = row
    return found


def _waits(act: Act) -> bool:
    """Whether the act is a newcomer's, and to be looked at again later. One SELECT, and an INSERT if so."""
    since = db.session.scalar(select(Person.created_at).where(Person.id == act.doer_id)) or 0
    if clock.now() >= since + NEWCOMER:
        return False
    db.session.execute(insert(WaitingAct).values(waiting_values(act, since)).on_conflict_do_nothing())
    return True


def waiting_values(act: Act, since: int) -> dict[str, Any]:
    """The row that has an act looked at again when who did it, here `since` then, is a newcomer no more."""
    return {
        "fact": act.fact, "content_id": act.content_id, "doer_id": act.doer_id, "due_at": since + NEWCOMER,
    }  # fmt: skip


def _pay(act: Act, chains: dict[tuple[str, int], Row[Any]], source: str) -> set[tuple[int, str]]:
    """Give what the rules in force at the time of the act give for it, or again what was taken back; to whom again."""
    again = set()
    for rule, person_id in payees(act, rules_in_force(act.at)):
        last = chains.get((rule.code, person_id))
        if last is None:
            _give(act, rule, person_id, source)
        elif not last.gives:
            again.add(undo(last, source))
    return again


def payees(act: Act, rules: Sequence[Row[Any]]) -> list[tuple[Row[Any], int]]:
    """Which rules pay whom for an act. Nobody is paid for what they do to themselves.

    A rule for one badge takes the place of those for any, to the same account of the same person.
    """
    if act.doer_id == act.other_id:
        return []
    found = []
    for rule in rules:
        person_id = act.other_id if rule.pays == OTHER else act.doer_id
        if rule.act == act.kind and rule.only_for in (None, act.of) and person_id is not None:
            found.append((rule, person_id))
    own = {(rule.pays, rule.account) for rule, _person in found if rule.only_for is not None}
    return [
        (rule, person_id)
        for rule, person_id in found
        if (act.priority or not rule.only_priority)
        and (rule.only_for is not None or (rule.pays, rule.account) not in own)
    ]


def entry_values(
    act: Act, rule: Row[Any], person_id: int, source: str, *, before: int, used: int
) -> dict[str, Any]:
    """The row that gives somebody points for an act; `before` and `used` as `app.lib.points.worth` wants them."""
    percent = rule.priority_percent if act.priority else 100
    given = worth(rule.points, percent=percent, before=before, used=used, cap=rule.daily_cap)
    return {
        "person_id": person_id, "account": rule.account, "against": ISSUE, "delta": given.points, "gives": True,
        "rule_id": rule.id, "rule": rule.code, "fact": act.fact, "source": source, "limited": given.limited,
        "actor_id": act.doer_id, "other_id": act.other_id if person_id == act.doer_id else None,
        "content_id": act.content_id, "topic_id": act.topic_id, "priority": act.priority,
        "happened_at": act.at, "day": act.at // clock.DAY, "recorded_at": clock.now(),
    }  # fmt: skip


def _give(act: Act, rule: Row[Any], person_id: int, source: str) -> None:
    if rule.pays == OTHER:
        before = _praise_between(act, person_id)
    else:
        before = 0 if act.other_id is None else _done_between(act, act.other_id)
    day = (Entry.person_id == person_id, Entry.rule == rule.code, Entry.day == act.at // clock.DAY)
    used = select(func.coalesce(func.sum(Entry.delta), 0)).where(*day, GIVES_FIRST)
    limit = db.session.scalar(used) or 0 if rule.daily_cap is not None else 0
    write(entry_values(act, rule, person_id, source, before=before, used=limit))


def _praise_between(act: Act, person_id: int) -> int:
    """How many other acts between these two, in either direction, have paid whom they were for, within a month."""
    one, other = act.doer_id, person_id
    either = or_(
        and_(Entry.person_id == one, Entry.actor_id == other),
        and_(Entry.person_id == other, Entry.actor_id == one),
    )
    query = select(func.count(distinct(Entry.fact))).where(
        either, Entry.fact != act.fact, *_month_before(act)
    )
    return db.session.scalar(query) or 0


def _done_between(act: Act, other: int) -> int:
    """About how many other texts these two have done something that paid who did it, within a month."""
    either = or_(
        and_(Entry.person_id == act.doer_id, Entry.other_id == other),
        and_(Entry.person_id == other, Entry.other_id == act.doer_id),
    )
    texts = select(func.count(distinct(Entry.content_id)))
    return (
        db.session.scalar(texts.where(either, Entry.content_id != act.content_id, *_month_before(act))) or 0
    )


def _month_before(act: Act) -> tuple[ColumnElement[bool], ...]:
    return GIVES_FIRST, Entry.happened_at > act.at - MONTH, Entry.happened_at <= act.at
