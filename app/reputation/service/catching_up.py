"""Bringing a ledger up to date with everything that was ever done: after an upgrade, after a demo was loaded.

What `app.reputation.service.settling` does for one item as it happens, this does for all, with the past held in memory
instead of asked for. The results are the same, as both go through `entry_values`.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy import Row, select

from app.core import clock
from app.core.db import db, steady_reading
from app.core.outbox import repeat
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert, insert_new
from app.lib.points import Tally
from app.people.models import Person
from app.reputation.models import OTHER, Balance, Entry, Rule, WaitingAct
from app.reputation.queries import rules_in_force, standing_acts
from app.reputation.schemas import Act
from app.reputation.service.settling import MONTH, NEWCOMER, entry_values, payees, waiting_values
from app.reputation.service.writing import hold

#: Acts settled in one transaction.
BATCH = 5000
#: Entries read at once.
READ = 5000

Advance = Callable[[int], object]


class RuleBook:
    """The rules in force at any moment, asked of the database once for each version."""

    def __init__(self) -> None:
        self._begins = sorted(db.session.scalars(select(Rule.valid_from).distinct()))
        self._known: dict[int, Sequence[Row[Any]]] = {}

    def at(self, moment: int) -> Sequence[Row[Any]]:
        """The rules for acts at `moment`, without those that were made for a period that is over."""
        begun = max((each for each in self._begins if each <= moment), default=0)
        if begun not in self._known:
            self._known[begun] = rules_in_force(begun)
        return [rule for rule in self._known[begun] if rule.valid_until is None or rule.valid_until >= moment]


def catch_up(advance: Advance = lambda number: None) -> int:
    """Give what stands and was never settled; how many entries were written. Safe to repeat and to interrupt.

    First reads everything as of one moment, into a file of its own; then writes, a transaction for each `BATCH` acts,
    oldest first. What people do meanwhile is settled once more at the end. `advance` is told how many acts were looked
    at. Nobody is told of it.
    """
    began, written = clock.now(), 0
    with TemporaryFile() as spool:
        with steady_reading():
            newcomers, tally = _newcomers(), remembered()
            count = _spool(standing_acts(), spool)
        rules = RuleBook()
        spool.seek(0)
        for _batch in range(count):
            acts: list[Act] = pickle.load(spool)  # noqa: S301 - written above, and nobody else has the file
            known = _known_facts([act.content_id for act in acts])
            rows, waiting = [], []
            for act in acts:
                if act.fact in known:
                    continue
                if act.doer_id in newcomers:
                    waiting.append(waiting_values(act, newcomers[act.doer_id]))
                else:
                    rows += give(act, rules.at(act.at), tally, "settled")
            with unit_of_work():
                written += _store(rows)
                if waiting:
                    db.session.execute(insert(WaitingAct).on_conflict_do_nothing(), waiting)
            advance(len(acts))
    with unit_of_work():
        repeat("reputation.settle.", since=began)
    return written


def _spool(acts: Iterator[Act], spool: IO[bytes]) -> int:
    """Write acts to a file, `BATCH` together; how many such."""
    count = 0
    while batch := list(islice(acts, BATCH)):
        pickle.dump(batch, spool, pickle.HIGHEST_PROTOCOL)
        count += 1
    return count


def give(act: Act, rules: Sequence[Row[Any]], tally: Tally, source: str) -> list[dict[str, Any]]:
    """The entries for an act, as `tally` remembers the past; it remembers them too."""
    made = []
    day, paired = act.at // clock.DAY, False
    for rule, person_id in payees(act, rules):
        before = tally.before(act.doer_id, person_id, act.at, MONTH) if rule.pays == OTHER else 0
        used = tally.used(person_id, rule.code, day) if rule.daily_cap is not None else 0
        entry = entry_values(act, rule, person_id, source, before=before, used=used)
        tally.note_points(person_id, rule.code, day, entry["delta"])
        paired = paired or rule.pays == OTHER
        made.append(entry)
    if paired and act.other_id is not None:
        tally.note_pair(act.doer_id, act.other_id, act.at)
    return made


def remembered() -> Tally:
    """A tally of the whole ledger as it is. Reads every entry that was not a reversal."""
    tally, paired = Tally(), set[str]()
    for row in entries():
        if row.reverses_id is None:
            tally.note_points(row.person_id, row.rule, row.day, row.delta)
            if row.actor_id not in (None, row.person_id) and row.fact not in paired:
                tally.note_pair(row.actor_id, row.person_id, row.happened_at)
                paired.add(row.fact)
    return tally


def entries() -> Iterator[Row[Any]]:
    """Every entry in the order they were written; holds `READ` of them."""
    statement = select(*Entry.__table__.c).order_by(Entry.id).execution_options(yield_per=READ)
    yield from db.session.execute(statement)


def _known_facts(content_ids: Sequence[int]) -> set[str]:
    return set(db.session.scalars(select(Entry.fact).where(Entry.content_id.in_(set(content_ids)))))


def _newcomers() -> dict[int, int]:
    """When those came who have not been here long."""
    since = clock.now() - NEWCOMER
    rows = db.session.execute(select(Person.id, Person.created_at).where(Person.created_at > since))
    return {row.id: row.created_at for row in rows}


def _store(rows: list[dict[str, Any]]) -> int:
    if not rows:
        return 0
    hold({row["person_id"] for row in rows})  # before the sums of days, as `settle_item` does
    written = insert_new(Entry, rows, Entry.person_id, Entry.account, Entry.delta)
    sums: dict[tuple[int, str], int] = {}
    for row in written:
        sums[row.person_id, row.account] = sums.get((row.person_id, row.account), 0) + row.delta
    more = insert(Balance)
    db.session.execute(
        more.on_conflict_do_update(
            index_elements=["person_id", "account"], set_={"points": Balance.points + more.excluded.points}
        ),
        [
            {"person_id": person_id, "account": account, "points": points}
            for (person_id, account), points in sorted(sums.items())
        ],
    )
    return len(written)
