"""What editors decide: rules from a date on, levels, and what comes with them. The past is never rewritten."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from sqlalchemy import select

from app.core import audit, clock, settings
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.reputation.models import BONUS, DOER, NOT_SET, OTHER, REPUTATION, Rule
from app.reputation.policy import DEFAULT_RIGHTS, RIGHTS, demand_rules, rights
from app.reputation.queries import rules_in_force
from app.reputation.queries.standing import LEVELS, levels
from app.reputation.schemas import (
    ACCEPTED,
    ANSWERED,
    ASKED,
    COMMENTED,
    COMMENTED_ARTICLE,
    INVITED,
    LIKED,
    MADE_OFFICIAL,
    PHOTO_ADDED,
    PUBLISHED_ARTICLE,
    PUBLISHED_NEWS,
    THANKED,
    TOPIC_GIVEN,
    NewRule,
    RuleChange,
)

#: What rules can pay for, and whom.
PAYABLE = (
    (PUBLISHED_NEWS, DOER), (ASKED, DOER), (PHOTO_ADDED, DOER), (TOPIC_GIVEN, DOER), (COMMENTED, DOER),
    (COMMENTED, OTHER), (ANSWERED, DOER), (ANSWERED, OTHER), (ACCEPTED, DOER), (ACCEPTED, OTHER), (LIKED, DOER),
    (LIKED, OTHER), (THANKED, DOER), (THANKED, OTHER), (PUBLISHED_ARTICLE, DOER), (COMMENTED_ARTICLE, DOER),
    (COMMENTED_ARTICLE, OTHER),
    (MADE_OFFICIAL, OTHER), (INVITED, DOER),
)  # fmt: skip
#: The rule for thanks with any badge.
GENERAL = "thanks_received"

#: What versions of a rule may differ in.
_TERMS = ("title", "points", "daily_cap", "priority_percent", "only_priority", "account", "valid_until")


def change_rule(actor: Actor, code: str, change: RuleChange) -> int:
    """Let a rule have other terms from a moment on, as a new version of it; its number. Audited.

    Points that were given stay, and acts before that moment are worth what they were. Raises `Forbidden`, `NotFound`,
    and `Invalid` by field. Locks the rule's versions, so that two editors take turns.
    """
    demand_rules(actor)
    with unit_of_work():
        _beginning(change)
        return _add_version(actor, code, change)


def _add_version(actor: Actor, code: str, change: RuleChange) -> int:
    versions = _versions(code)
    latest = versions[-1]
    if latest.title and not change.title:
        raise Invalid(_("Give the rule a name."), field="title")
    terms = {name: getattr(change, name) for name in _TERMS}
    was = {name: getattr(latest, name) for name in _TERMS}
    # What is planned can be had earlier.
    begun = change.valid_from is None and latest.valid_from <= clock.now()
    if terms == was and (begun or change.valid_from == latest.valid_from):
        raise Invalid(_("Nothing is different from the latest version."), field="points")
    made = Rule(
        code=code, version=latest.version + 1, act=latest.act, pays=latest.pays, only_for=latest.only_for, **terms,
        valid_from=clock.now() if change.valid_from is None else change.valid_from,
        made_by=actor.person_id, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    audit.record(
        "reputation.rule_changed", f"rule:{code}", actor_id=actor.person_id, version=made.version, before=was,
        after=asdict(change),
    )  # fmt: skip
    return made.version


def _make(actor: Actor, code: str, new: NewRule) -> str:
    """The first version of a rule."""
    with unit_of_work():
        begins = _beginning(new.terms)
        terms = {name: getattr(new.terms, name) for name in _TERMS}
        db.session.add(
            Rule(
                code=code, version=1, act=new.act, pays=new.pays, only_for=new.only_for, **terms, valid_from=begins,
                made_by=actor.person_id, made_at=clock.now(),
            )
        )  # fmt: skip
        audit.record("reputation.rule_made", f"rule:{code}", actor_id=actor.person_id, after=asdict(new))
    return code


def make_rule(actor: Actor, new: NewRule) -> str:
    """Let an act pay by a further rule from a moment on, beside the rules there are; its code. Audited.

    Raises `Forbidden`, and `Invalid` by field.
    """
    demand_rules(actor)
    demand_payable(new)
    if not new.terms.title:
        raise Invalid(_("Give the rule a name."), field="title")
    return _make(actor, f"own_{secrets.token_hex(6)}", new)


#: What is offered to a company where nothing gives bonus points: code, act, points, most of it a day. Both pay for what
#: a colleague has confirmed, so that nobody earns a reward by writing much.
OFFERED = (("accepted_bonus", ACCEPTED, 60, 180), ("thanks_bonus", THANKED, 40, 120))


def offer_bonus(actor: Actor) -> None:
    """Let accepted answers and thanks give bonus points from now on, by the rules that are offered. Audited.

    A rule that is there already and gives none gets these terms again; one that gives some stays. Raises `Forbidden`.
    """
    demand_rules(actor)
    with unit_of_work():
        in_force = {rule.code for rule in rules_in_force(clock.now()) if rule.points}
        known = set(db.session.scalars(select(Rule.code)))
        for code, act, points, cap in OFFERED:
            terms = RuleChange(
                points=points, daily_cap=cap, priority_percent=100, only_priority=False, account=BONUS,
                valid_from=None, valid_until=None,
            )  # fmt: skip
            if code not in known:
                _make(actor, code, NewRule(act, OTHER, terms))
            elif code not in in_force:
                _add_version(actor, code, terms)


def demand_payable(new: NewRule) -> None:
    """Raises `Invalid` (field "what") for an act that no rule can pay for."""
    if (new.act, new.pays) not in PAYABLE:
        raise Invalid(_("Choose one of the list."), field="what")


def set_points_of(actor: Actor, subject: str, points: int | None) -> None:
    """Let thanks with one badge pay so many points from now on, or with None as many as thanks with any. Audited.

    A rule of its own, with the limit of a day that thanks have, or of so many points if that is more; editors change
    its other terms on the desk of rules. Joins or opens a unit of work. Raises `Forbidden`.
    """
    demand_rules(actor)
    with unit_of_work():
        code = f"badge_{subject}"[:40]
        now = clock.now()
        rules = {rule.code: rule for rule in rules_in_force(now)}
        mine, general = rules.get(code), rules.get(GENERAL)
        had = mine.points if mine is not None else None
        if points == had:
            return
        like = mine or general
        cap = like.daily_cap if like is not None else None
        terms = RuleChange(
            points=(had or 0) if points is None else points, daily_cap=None if cap is None else max(cap, points or 0),
            priority_percent=like.priority_percent if like is not None else 100,
            only_priority=False, account=REPUTATION, valid_from=None, valid_until=None,
        )  # fmt: skip
        if points is None:
            _add_version(actor, code, replace(terms, valid_until=now))
        elif db.session.scalar(select(Rule.id).where(Rule.code == code).limit(1)) is None:
            _make(actor, code, NewRule(THANKED, OTHER, terms, subject))
        else:
            _add_version(actor, code, terms)


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
    now = clock.now()
    begins = now if change.valid_from is None else change.valid_from
    if begins < now:
        raise Invalid(_("A rule counts from today or later; the past stays as it is."), field="valid_from")
    if change.valid_until is not None and change.valid_until <= begins:
        raise Invalid(_("The last day must come after the first."), field="valid_until")
    return begins
