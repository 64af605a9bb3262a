"""What everyone is told of the rules and levels, and what editors see of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.lib.points import PAIR_STEP, worth
from app.people.models import Person
from app.reputation.models import NOT_SET, Rule
from app.reputation.policy import rights
from app.reputation.queries.recognition import is_recognised
from app.reputation.queries.standing import levels, standing
from app.reputation.schemas import (
    BETWEEN_TWO,
    Guide,
    LevelLine,
    RuleHistory,
    RuleLine,
    Subjects,
    dormant_subjects,
    subjects,
)

#: Halvings that are shown of an act that is repeated between the same two people.
SHOWN_HALVINGS = 3

_VERSIONS = Prepared(
    select(
        Rule.id, Rule.code, Rule.version, Rule.act, Rule.pays, Rule.account, Rule.points, Rule.daily_cap,
        Rule.priority_percent, Rule.only_priority, Rule.valid_from, Rule.valid_until, Rule.made_at,
        Rule.title, Rule.only_for,
        Person.name.label("made_by"),
    )
    .outerjoin(Person, Person.id == Rule.made_by)
    .where(Rule.act.not_in(NOT_SET))
    .order_by(Rule.code, Rule.version.desc())
)  # fmt: skip


def histories() -> tuple[RuleHistory, ...]:
    """Every rule of ours with its versions, none of imported sites. One statement, two with rules for badges."""
    now = clock.now()
    versions: dict[str, list[RuleLine]] = {}
    rows = _VERSIONS.all()
    names = subjects() if any(row.only_for for row in rows) else {}
    for row in rows:
        versions.setdefault(row.code, []).append(_line(row, names))
    return tuple(RuleHistory(code, tuple(lines), _in_force(lines, now)) for code, lines in versions.items())


def history(code: str) -> RuleHistory:
    """One rule with its versions. One statement. Raises `NotFound`."""
    for each in histories():
        if each.code == code:
            return each
    raise NotFound


def points_for(act: str) -> Mapping[str, int]:
    """What thanks with one badge pay by a rule of its own, by the badge's code. One or two statements."""
    return {
        each.current.only_for: each.current.points
        for each in histories()
        if each.current is not None and each.current.act == act and each.current.only_for is not None
    }


def guide(actor: Actor) -> Guide:
    """How the actor raises their reputation; where they stand only with recognition.

    Two statements, four with rules for badges, and two more now and then for what all share.
    """
    known = _explained(histories())
    rules = [each.current for each in known if each.current is not None and each.current.points]
    rules.sort(key=lambda rule: (-rule.points, rule.code))
    now = clock.now()
    planned = [line for each in known for line in each.versions if each.state(line, now) == "planned"]
    planned.sort(key=lambda rule: (rule.valid_from, rule.code))
    most = max((rule.points for rule in rules if rule.act in BETWEEN_TWO), default=0)
    fading = [worth(most, before=step * PAIR_STEP).points for step in range(SHOWN_HALVINGS + 1)]
    mine = standing(actor.person_id) if is_recognised(actor) else None
    return Guide(mine, tuple(rules), tuple(planned), level_lines(), tuple(fading) if most else ())


def level_lines() -> tuple[LevelLine, ...]:
    """The levels with what comes with them."""
    ends, granted = levels(), rights()
    begins = (0, *ends)
    return tuple(
        LevelLine(
            number,
            begins[number - 1],
            ends[number - 1] if number <= len(ends) else None,
            tuple(sorted(right for right, level in granted.items() if level == number)),
        )
        for number in range(1, len(ends) + 2)
    )


def _explained(known: Sequence[RuleHistory]) -> list[RuleHistory]:
    """Without the rules for badges alone that nobody gives now. One statement, none without such rules."""
    dormant = dormant_subjects() if any(each.latest.only_for for each in known) else frozenset[str]()
    return [each for each in known if each.latest.only_for not in dormant]


def _in_force(versions: list[RuleLine], now: int) -> RuleLine | None:
    """The version that counts now, as `rules_in_force` chooses it."""
    begun = next((line for line in versions if line.valid_from <= now), None)
    if begun is None or (begun.valid_until is not None and begun.valid_until < now):
        return None
    return begun


def _line(row: Any, names: Subjects) -> RuleLine:
    return RuleLine(
        row.id, row.code, row.version, row.act, row.pays, row.account, row.points, row.daily_cap,
        row.priority_percent, bool(row.only_priority), row.valid_from, row.valid_until, row.made_at,
        row.made_by or "", row.title, row.only_for, names.get(row.only_for, row.only_for or ""),
    )  # fmt: skip
