"""Points that are made to be spent: which are left, until when, and which have expired.

Plain arithmetic over what was earned and spent. Points expire with the month in which they were earned, some months
later, and those that expire first are spent first. The same past always gives the same purse, whenever it is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
#: Points of an order that somebody else cancelled can be spent for at least so long after they came back.
GRACE = 30 * _DAY


@dataclass(frozen=True, slots=True)
class Earned:
    """Points that were given and stand."""

    at: int
    points: int
    #: The moment from which they cannot be spent any more.
    until: int


@dataclass(frozen=True, slots=True)
class Spent:
    """Points of an order; `returned_at` says when they came back, `own_wish` whether the person gave it up."""

    at: int
    points: int
    returned_at: int | None = None
    own_wish: bool = False


@dataclass(frozen=True, slots=True)
class Purse:
    """What somebody has: points left and points expired, each by the moment until which they counted."""

    left: dict[int, int]
    expired: dict[int, int]
    #: What was spent of points that were taken back afterwards; what is earned next makes up for it.
    debt: int

    @property
    def balance(self) -> int:
        """Points that can be spent; below zero after earned points were taken back."""
        return sum(self.left.values()) - self.debt


def expires_at(earned_at: int, months: int) -> int:
    """The first moment after `months` full months that follow the month of a moment, in UTC."""
    earned = datetime.fromtimestamp(earned_at / _SECOND, UTC)
    number = earned.year * 12 + earned.month + months
    return int(datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC).timestamp()) * _SECOND


def term_at(terms: Sequence[tuple[int, int]], moment: int) -> int:
    """The months for which points earned at a moment count, of `terms` (from when, months) in ascending order."""
    return next((months for begins, months in reversed(terms) if begins <= moment), terms[0][1])


@dataclass
class _Till:
    """The purse while the past is gone through, one thing after another."""

    left: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    expired: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    #: Orders, by their place in the list, with what of them no point was there for.
    debts: dict[int, int] = field(default_factory=dict)
    #: Which points an order took, by the moment until which they counted.
    taken: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def expire(self, at: int) -> None:
        for until in [each for each in self.left if each <= at]:
            self.expired[until] += self.left.pop(until)

    def earn(self, points: int, until: int) -> None:
        for order in list(self.debts):
            paid = min(points, self.debts[order])
            points -= paid
            self.taken[order][until] += paid
            self.debts[order] -= paid
            if not self.debts[order]:
                del self.debts[order]
        if points:
            self.left[until] += points

    def spend(self, order: int, points: int) -> None:
        for until in sorted(self.left):
            used = min(points, self.left[until])
            points -= used
            self.taken[order][until] += used
            self.left[until] -= used
            if not self.left[until]:
                del self.left[until]
        if points:
            self.debts[order] = points

    def give_back(self, order: int, at: int, *, own_wish: bool) -> None:
        self.debts.pop(order, None)
        least = at if own_wish else at + GRACE
        for until, points in self.taken.pop(order, {}).items():
            self.earn(points, max(until, least))


def purse(earned: Iterable[Earned], spent: Sequence[Spent], now: int) -> Purse:
    """What is left and what has expired at a moment, of everything before it."""
    happened: list[tuple[int, int, int, Earned | Spent]] = [
        (each.at, 0, number, each) for number, each in enumerate(earned)
    ]
    for order, each in enumerate(spent):
        happened.append((each.at, 1, order, each))
        if each.returned_at is not None:
            happened.append((max(each.at, each.returned_at), 2, order, each))
    till = _Till()
    for at, kind, number, what in sorted(happened, key=lambda one: one[:3]):
        till.expire(at)
        if isinstance(what, Earned):
            till.earn(what.points, what.until)
        elif kind == 1:
            till.spend(number, what.points)
        else:
            till.give_back(number, at, own_wish=what.own_wish)
    till.expire(now)
    return Purse(dict(till.left), dict(till.expired), sum(till.debts.values()))
