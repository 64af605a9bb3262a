"""What the last month would have been under a changed rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import db, steady_reading
from app.lib.points import Tally
from app.people.models import Person
from app.people.schemas import person_url
from app.reputation.policy import demand_rules
from app.reputation.queries import rules_in_force, standing_acts
from app.reputation.queries.explaining import history
from app.reputation.schemas import BETWEEN_TWO, INVITED, Act, NewRule, Preview, RuleChange, Shift
from app.reputation.service.catching_up import give
from app.reputation.service.rules import demand_payable
from app.reputation.service.settling import MONTH

#: People named who would gain most, and as many who would lose most.
NAMED = 5
#: Acts that are counted between two people, though each invitation is another one's.
_COUNTED = BETWEEN_TWO | {INVITED}


class _Terms:
    """A rule as `give` wants it: what is asked of the next version, or of a rule that there is not yet."""

    def __init__(
        self,
        act: str,
        pays: str,
        terms: RuleChange,
        *,
        code: str = "",
        id: int = 0,
        only_for: str | None = None,
    ) -> None:
        self.id, self.code, self.act, self.pays, self.only_for = id, code, act, pays, only_for
        self.account, self.points, self.daily_cap = terms.account, terms.points, terms.daily_cap
        self.priority_percent, self.only_priority = terms.priority_percent, terms.only_priority


def preview(actor: Actor, code: str, change: RuleChange) -> Preview:
    """The last 30 days by the rules of today, and by them with one changed. Changes nothing.

    Computed as points are given: only the changed rule's points are counted, but acts of other kinds between the same
    two people damp them. Reads the acts of one or two months of these kinds; seconds in a large network. Raises
    `Forbidden` and `NotFound`.
    """
    demand_rules(actor)
    latest = history(code).latest
    return _compared(
        _Terms(latest.act, latest.pays, change, code=code, id=latest.id, only_for=latest.only_for)
    )


def preview_new(actor: Actor, new: NewRule) -> Preview:
    """The same for a rule that there is not yet, beside the rules of today. Raises `Invalid` (field "what") too."""
    demand_rules(actor)
    demand_payable(new)
    return _compared(_Terms(new.act, new.pays, new.terms, only_for=new.only_for))


def _compared(asked: _Terms) -> Preview:
    rules: list[Any] = list(rules_in_force(clock.now()))
    damped = asked.act in _COUNTED
    others: list[Any] = [
        rule
        for rule in rules
        if damped and rule.code != asked.code and (rule.pays, rule.act in _COUNTED) == (asked.pays, True)
    ]
    today = [*others, *(rule for rule in rules if rule.code == asked.code)]
    changed = [*others, asked]
    # A rule for one badge takes the place of others, which then give less.
    codes = {asked.code} | {rule.code for rule in others if asked.only_for and rule.act == asked.act}
    begins = clock.now() - MONTH
    since = begins - MONTH if damped else begins
    with steady_reading():
        acts = list(standing_acts(since=since, kinds={rule.act for rule in changed}))
    before = _earned(acts, today, codes, begins)
    after = _earned(acts, changed, codes, begins)
    shifts = {person: after.get(person, 0) - before.get(person, 0) for person in before.keys() | after.keys()}
    ranked = sorted(
        (person for person, shift in shifts.items() if shift), key=lambda each: (shifts[each], each)
    )
    lose = [person for person in ranked[:NAMED] if shifts[person] < 0]
    gain = [person for person in reversed(ranked[-NAMED:]) if shifts[person] > 0]
    people = _people([*gain, *lose])
    named = {person: Shift(*people[person], before.get(person, 0), after.get(person, 0)) for person in people}
    return Preview(
        acts=sum(
            1
            for act in acts
            if act.at >= begins and act.kind == asked.act and asked.only_for in (None, act.of)
        ),
        people=len(ranked),
        before=sum(before.values()),
        after=sum(after.values()),
        gain=tuple(named[person] for person in gain),
        lose=tuple(named[person] for person in lose),
    )


def _earned(acts: Sequence[Act], rules: Sequence[Any], codes: set[str], begins: int) -> dict[int, int]:
    """What some rules gave each person since a moment."""
    tally, sums = Tally(), defaultdict[int, int](int)
    for entry in _entries(acts, rules, tally):
        if entry["rule"] in codes and entry["happened_at"] >= begins:
            sums[entry["person_id"]] += entry["delta"]
    return sums


def _entries(acts: Sequence[Act], rules: Sequence[Any], tally: Tally) -> Iterator[Mapping[str, Any]]:
    for act in acts:
        yield from give(act, rules, tally, "preview")


def _people(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = db.session.execute(select(Person.id, Person.name, Person.handle).where(Person.id.in_(ids)))
    return {row.id: (row.name, person_url(row.handle)) for row in rows}
