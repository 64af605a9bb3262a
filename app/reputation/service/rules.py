"""What editors decide: rules from a date on, levels, and what comes with them. The past is never rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import select

from app.core import audit, clock, settings, shared
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.reputation.models import NOT_SET, Rule
from app.reputation.policy import DEFAULT_RIGHTS, RIGHTS, demand_rules, rights
from app.reputation.queries.standing import LEVELS, levels
from app.reputation.schemas import RuleChange

#: What versions of a rule may differ in.
_TERMS = ("points", "daily_cap", "priority_percent", "only_priority", "account", "valid_until")


def change_rule(actor: Actor, code: str, change: RuleChange) -> int:
    """Let a rule have other terms from a moment on, as a new version of it; its number. Audited.

    Points that were given stay, and acts before that moment are worth what they were. Raises `Forbidden`, `NotFound`,
    and `Invalid` by field. Locks the rule's versions, so that two editors take turns.
    """
    demand_rules(actor)
    with unit_of_work():
        versions = _versions(code)
        latest = versions[-1]
        begins = _beginning(change)
        terms = {name: getattr(change, name) for name in _TERMS}
        was = {name: getattr(latest, name) for name in _TERMS}
        if terms == was and change.valid_from in (None, latest.valid_from):
            raise Invalid(_("Nothing is different from the latest version."), field="points")
        made = Rule(
            code=code, version=latest.version + 1, act=latest.act, pays=latest.pays, **terms, valid_from=begins,
            made_by=actor.person_id, made_at=clock.now(),
        )  # fmt: skip
        db.session.add(made)
        audit.record(
            "reputation.rule_changed", f"rule:{code}", actor_id=actor.person_id, version=made.version, before=was,
            after=asdict(change),
        )  # fmt: skip
        return made.version


def set_levels(actor: Actor, ends: Sequence[int], granted: Mapping[str, int]) -> None:
    """Choose the points at which levels end, and from which level on each right is had. Audited.

    Nobody's points change. Raises `Forbidden`, and `Invalid` by field for a right of a level that there is not.
    """
    demand_rules(actor)
    for name, number in granted.items():
        if number > len(ends) + 1:
            raise Invalid(_("There are only %(number)s levels.", number=len(ends) + 1), field=name)
    with unit_of_work():
        audit.record(
            "reputation.levels_changed", "reputation", actor_id=actor.person_id,
            before={"ends": list(levels()), **rights()}, after={"ends": list(ends), **granted},
        )  # fmt: skip
        settings.put(LEVELS, list(ends))
        settings.put(RIGHTS, {name: granted.get(name, level) for name, level in DEFAULT_RIGHTS.items()})
        shared.forget()


def _versions(code: str) -> Sequence[Rule]:
    rows = (
        select(Rule)
        .where(Rule.code == code, Rule.act.not_in(NOT_SET))
        .order_by(Rule.version)
        .with_for_update()
    )
    versions = db.session.scalars(rows).all()
    if not versions:
        raise NotFound
    # Whoever waited for the lock sees what was made meanwhile.
    return db.session.scalars(rows).all()


def _beginning(change: RuleChange) -> int:
    begins = clock.now() if change.valid_from is None else change.valid_from
    if begins < clock.now():
        raise Invalid(_("A rule counts from today or later; the past stays as it is."), field="valid_from")
    if change.valid_until is not None and change.valid_until <= begins:
        raise Invalid(_("The last day must come after the first."), field="valid_until")
    return begins
