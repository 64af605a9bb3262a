"""Next steps: what somebody can do right now that is worth points, and which two of it are put before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.lib.points import worth
from app.reputation.models import DOER, OTHER, REPUTATION
from app.reputation.schemas import (
    ACCEPTED,
    ANSWERED,
    ASKED,
    COMMENTED,
    INVITED,
    PHOTO_ADDED,
    PUBLISHED_ARTICLE,
    PUBLISHED_NEWS,
    TOPIC_GIVEN,
)

#: How much work an act is, from a click to a text of one's own; an invited colleague has to come.
EFFORTS = {
    ACCEPTED: 0.5, TOPIC_GIVEN: 2, COMMENTED: 2, PHOTO_ADDED: 3, ANSWERED: 3, ASKED: 3, PUBLISHED_NEWS: 4,
    INVITED: 20, PUBLISHED_ARTICLE: 60,
}  # fmt: skip
#: Steps shown.
MOST = 2


class RuleLike(Protocol):
    """A rule in force, as `rules_in_force` gives it."""

    code: str
    act: str
    pays: str
    account: str
    points: int
    daily_cap: int | None
    priority_percent: int
    only_priority: bool


@dataclass(frozen=True, slots=True)
class Chance:
    """Something that can be done right now, and the address that leads straight to it."""

    act: str
    url: str
    #: First words of what it would be done to.
    subject: str = ""
    #: The topic it is about, as titled.
    topic: str = ""
    priority: bool = False
    #: Whether the text it would be done to is one's own.
    own: bool = False


@dataclass(frozen=True, slots=True)
class Earned:
    """What a rule has given somebody: whether ever anything, and how much for acts of today."""

    ever: bool = False
    today: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A step put before somebody."""

    chance: Chance
    #: What it gives at once.
    points: int
    #: What an answer gives besides, when it is accepted.
    later: int = 0
    #: Whether they have never done it.
    first: bool = False


def choose(
    rules: Sequence[RuleLike], earned: Mapping[str, Earned], chances: Iterable[Chance], most: int = MOST
) -> tuple[Step, ...]:
    """The best steps, one of a kind: what was never done comes first, then what is worth most for least work.

    A step whose rule is switched off, used up for today or only for priority topics elsewhere is worth nothing, and is
    not chosen. Computes only.
    """
    best: dict[str, Step] = {}
    for chance in chances:
        step = _step(rules, earned, chance)
        if step is not None and (chance.act not in best or step.points > best[chance.act].points):
            best[chance.act] = step
    return tuple(sorted(best.values(), key=_merit)[:most])


def _merit(step: Step) -> tuple[Any, ...]:
    return not step.first, -step.points / EFFORTS.get(step.chance.act, 3), step.chance.act


def _step(rules: Sequence[RuleLike], earned: Mapping[str, Earned], chance: Chance) -> Step | None:
    paying = [rule for rule in rules if _counts(rule, chance, chance.act, DOER)]
    points = sum(_worth(rule, chance, earned.get(rule.code, Earned()).today) for rule in paying)
    if points <= 0:
        return None
    later = 0
    if chance.act == ANSWERED:
        later = sum(_worth(rule, chance, 0) for rule in rules if _counts(rule, chance, ACCEPTED, OTHER))
    first = not any(earned.get(rule.code, Earned()).ever for rule in paying)
    return Step(chance, points, later, first)


def _counts(rule: RuleLike, chance: Chance, act: str, pays: str) -> bool:
    if (rule.act, rule.pays, rule.account) != (act, pays, REPUTATION):
        return False
    return chance.priority or not rule.only_priority


def _worth(rule: RuleLike, chance: Chance, used: int) -> int:
    percent = rule.priority_percent if chance.priority else 100
    return worth(rule.points, percent=percent, used=used, cap=rule.daily_cap).points
