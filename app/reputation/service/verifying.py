"""Checking the ledger against itself and against everything that was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row, func, literal, select, union_all

from app.core import clock
from app.core.db import db, steady_reading
from app.lib.points import Tally, worth
from app.people.models import Person
from app.reputation.models import LAPSED, ORDERED, OTHER, REPUTATION, Balance, DaySum, Entry, Rule, WaitingAct
from app.reputation.queries import standing_acts
from app.reputation.queries.bonus import bonus_pasts, expiry_overdue, holders
from app.reputation.schemas import Act, Difference, Spendings, spending_checks
from app.reputation.service.catching_up import RuleBook, entries, note
from app.reputation.service.settling import MONTH, NEWCOMER, payees

#: Beginning of the sources of entries that were imported, which no act of people here explains.
_IMPORTED = "import:"
#: A version that was made so shortly before an entry may not have been seen by who wrote the entry.
_MADE_MEANWHILE = clock.MINUTE

#: Points by fact, and by rule and person of it.
Standing = dict[str, dict[tuple[str, int], int]]


def verify() -> Iterator[Difference]:
    """Every difference between the ledger and what it should be. Changes nothing.

    Each entry is computed again from those before it and its rule; each balance from the entries; and what stands in
    the ledger is compared with what stands in the network. Reads everything once, as of one moment, and holds a number
    for each act.
    """
    standing: Standing = {}
    with steady_reading():
        yield from _replayed(standing)
        yield from _balances()
        yield from _day_sums()
        yield from _spent(standing)
        yield from _expired(standing)
        yield from _facts(standing)


def _replayed(standing: Standing) -> Iterator[Difference]:
    """Recompute every entry in order. Leaves in `standing` what the ledger holds for standing."""
    versions = _versions()
    rules = {rule.id: rule for each in versions.values() for rule in each}
    heads: dict[int, tuple[int, bool]] = {}
    tally, paired = Tally(), set[str]()
    for row in entries():
        name = f"entry {row.id} ({row.fact}, {row.rule})"
        if row.reverses_id is not None:
            delta, gave = heads.pop(row.reverses_id, (0, row.gives))
            if gave == row.gives or delta != -row.delta:
                yield Difference("chain", name, -delta, row.delta)
        elif not row.source.startswith(_IMPORTED) and row.rule not in (ORDERED, LAPSED):
            rule = rules[row.rule_id]
            before = _before(row, tally, paired)
            expected = worth(
                rule.points,
                percent=rule.priority_percent if row.priority else 100,
                before=before,
                used=tally.used(row.person_id, row.rule, row.day),
                cap=rule.daily_cap,
            )
            if expected.points != row.delta:
                yield Difference("delta", name, expected.points, row.delta)
            yield from _by_its_rule(row, name, versions.get(row.rule, []))
            tally.note_points(row.person_id, row.rule, row.day, row.delta)
            note(tally, paired, row)
        heads[row.id] = (row.delta, row.gives)
        paid = standing.setdefault(row.fact, {})
        if row.gives:
            paid[row.rule, row.person_id] = row.delta
        else:
            paid.pop((row.rule, row.person_id), None)


def _before(row: Row[Any], tally: Tally, paired: set[str]) -> int:
    """What passed between two people before an entry that concerns both."""
    if row.other_id is not None:
        return tally.done_before(row.person_id, row.other_id, row.happened_at, MONTH, row.content_id)
    if row.actor_id in (None, row.person_id):
        return 0
    before = tally.before(row.actor_id, row.person_id, row.happened_at, MONTH)
    return max(0, before - 1) if row.fact in paired else before  # paid by another rule before


def _versions() -> dict[str, list[Rule]]:
    """Every rule with its versions, the last one first. One statement."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in db.session.scalars(select(Rule).order_by(Rule.version.desc())):
        found[rule.code].append(rule)
    return found


def _by_its_rule(row: Row[Any], name: str, versions: list[Rule]) -> Iterator[Difference]:
    """An entry names the version that was in force, pays from its account, and stands on the day of the act."""
    begun = [rule for rule in versions if rule.valid_from <= row.happened_at]
    while begun and begun[0].id != row.rule_id and begun[0].made_at > row.recorded_at - _MADE_MEANWHILE:
        del begun[0]
    due = begun[0] if begun else None
    if due is not None and due.valid_until is not None and due.valid_until < row.happened_at:
        due = None
    if due is None or due.id != row.rule_id:
        found = next((rule.version for rule in versions if rule.id == row.rule_id), 0)
        yield Difference("rule", name, 0 if due is None else due.version, found)
    elif due.account != row.account:
        yield Difference("rule", f"{name}, account {row.account}", 0, row.delta)
    if row.day != row.happened_at // clock.DAY:
        yield Difference("day", name, row.happened_at // clock.DAY, row.day)


def _balances() -> Iterator[Difference]:
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for row in entries():
        sums[row.person_id, row.account] += row.delta
    kept = {
        (row.person_id, row.account): row.points
        for row in db.session.execute(select(Balance.person_id, Balance.account, Balance.points))
    }
    for person_id, account in sorted(sums.keys() | kept.keys()):
        expected, found = sums.get((person_id, account), 0), kept.get((person_id, account), 0)
        if expected != found:
            yield Difference("balance", f"person {person_id} ({account})", expected, found)


def _day_sums() -> Iterator[Difference]:
    """Sums of days that are not what the entries say. One statement; the database adds up every entry twice."""
    earned = Entry.account == REPUTATION
    columns = (Entry.day, Entry.person_id, Entry.delta.label("expected"), literal(0).label("found"))
    both = union_all(
        select(literal(0).label("topic_id"), *columns).where(earned),
        select(Entry.topic_id, *columns).where(earned, Entry.topic_id.is_not(None)),
        select(DaySum.topic_id, DaySum.day, DaySum.person_id, literal(0), DaySum.points),
    ).subquery("both")
    key = (both.c.topic_id, both.c.day, both.c.person_id)
    expected, found = func.sum(both.c.expected), func.sum(both.c.found)
    wrong = select(*key, expected.label("expected"), found.label("found")).group_by(*key)
    for row in db.session.execute(wrong.having(expected != found).order_by(*key)):
        name = f"person {row.person_id}, day {row.day}, topic {row.topic_id}"
        yield Difference("day", name, row.expected, row.found)


def _spent(standing: Standing) -> Iterator[Difference]:
    """Points that were spent, and what they were spent on, which the features above know. Leaves what nobody knows."""
    spent: Spendings = {}
    for fact in [fact for fact, paid in standing.items() if any(rule == ORDERED for rule, _person in paid)]:
        for (_rule, person_id), delta in standing.pop(fact).items():
            spent[fact] = (person_id, -delta)
    for check in spending_checks():
        yield from check(spent)
    for fact, (_person, points) in spent.items():
        yield Difference("surplus", fact, 0, -points)


def _expired(standing: Standing) -> Iterator[Difference]:
    """Points that have expired, and those that should have. What fell due in the last days may wait for the job."""
    for fact in [fact for fact, paid in standing.items() if any(rule == LAPSED for rule, _person in paid)]:
        del standing[fact]
    now = clock.now()
    for ids in holders(everybody=True):
        for person_id, past in bonus_pasts(ids).items():
            should = past.purse(now).expired
            for until in sorted(should.keys() | past.expired.keys()):
                row = past.expired.get(until)
                found, expected = (0 if row is None else -row.delta), should.get(until, 0)
                if found != expected and (found or expiry_overdue(until)):
                    yield Difference("expiry", f"person {person_id}, moment {until}", -expected, -found)


def _facts(standing: Standing) -> Iterator[Difference]:
    """What stands in the network and not in the ledger, or the other way round."""
    waiting = set(db.session.scalars(select(WaitingAct.fact)))
    since = clock.now() - NEWCOMER
    newcomers = set(db.session.scalars(select(Person.id).where(Person.created_at > since)))
    rules, versions = RuleBook(), _versions()
    for act in standing_acts():
        paid = standing.pop(act.fact, {})
        for (code, person_id), delta in paid.items():
            if delta and not _may_pay(versions, code, act, person_id):
                yield Difference("surplus", f"{act.fact} ({code}, person {person_id})", 0, delta)
        if act.fact in waiting or act.doer_id in newcomers:
            continue
        for rule, person_id in payees(act, rules.at(act.at)):
            if (rule.code, person_id) not in paid:
                yield Difference("missing", f"{act.fact} ({rule.code})", rule.points, 0)
    imported = select(Entry.fact).where(Entry.source.startswith(_IMPORTED))
    explained = set(db.session.scalars(imported)) if standing else set()
    for fact, paid in standing.items():
        if paid and fact not in explained:
            yield Difference("surplus", fact, 0, sum(paid.values()))


def _may_pay(versions: Mapping[str, list[Rule]], code: str, act: Act, person_id: int) -> bool:
    """Whether a rule is for such an act and pays this person; what all its versions have in common."""
    rule = versions[code][0]
    whom = act.other_id if rule.pays == OTHER else act.doer_id
    return (
        act.doer_id != act.other_id
        and (rule.act, whom) == (act.kind, person_id)
        and rule.only_for in (None, act.of)
    )
