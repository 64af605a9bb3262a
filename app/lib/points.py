"""What an act is worth: caps, the same two people again and again, and the multiplier of priority topics.

Plain arithmetic over what is handed in, so that points can be computed when an act happens, computed again by who
checks the ledger, and computed under other rules by who wants to change them, with one and the same result.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field

#: So many acts between the same two people within `PAIR_DAYS` count in full; each further so many half as much.
PAIR_STEP = 3
#: Days within which acts between two people are counted.
PAIR_DAYS = 30

#: Sorts after every text.
_LAST = 2**63

#: Why an act is worth less than its rule says.
FULL = ""
SAME_PAIR = "same_pair"
DAILY_CAP = "daily_cap"


@dataclass(frozen=True, slots=True)
class Worth:
    """Points, and why they are fewer than the rule says, if they are."""

    points: int
    limited: str = FULL


def worth(
    points: int, *, percent: int = 100, before: int = 0, used: int = 0, cap: int | None = None
) -> Worth:
    """What an act is worth by a rule of `points` each.

    `percent` is the multiplier (100 outside priority topics), `before` how many acts of praise there were between the
    same two people within a month, in either direction, or how many texts they did something to for points of their
    own, and `used` what the rule has given this person today, of at most `cap`.
    Points are whole; halves round up, and a full point is left as long as the halved worth is at least half a point.
    """
    full = (points * percent + 50) // 100
    halvings = before // PAIR_STEP
    damped = (full + (1 << halvings) // 2) >> halvings if halvings < 20 else 0
    given = damped if cap is None else max(0, min(damped, cap - used))
    if given < damped:
        return Worth(given, DAILY_CAP)
    return Worth(given, SAME_PAIR if damped < full else FULL)


@dataclass
class Tally:
    """Remembers, over acts in the order they were recorded, what `worth` must be told of the past."""

    #: Points given by (person, rule, day).
    _used: dict[Hashable, int] = field(default_factory=lambda: defaultdict(int))
    #: Sorted moments of acts by pair of people, the smaller id first.
    _pairs: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    #: Sorted moments and texts of what two people did to each other's texts for points of their own.
    _done: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def before(self, one: int, other: int, at: int, month: int) -> int:
        """How many acts there were between two people in the `month` (a length of time) that ends with `at`."""
        moments = self._pairs.get(_pair(one, other), [])
        return bisect_right(moments, at) - bisect_right(moments, at - month)

    def done_before(self, one: int, other: int, at: int, month: int, text: int) -> int:
        """About how many other texts than `text` the two had done something in the `month` that ends with `at`."""
        done = self._done.get(_pair(one, other), [])
        begin, end = bisect_right(done, (at - month, _LAST)), bisect_right(done, (at, _LAST))
        return len({each for _at, each in done[begin:end]} - {text})

    def used(self, person: int, rule: str, day: int) -> int:
        """What a rule has given a person on a day."""
        return self._used.get((person, rule, day), 0)

    def note_points(self, person: int, rule: str, day: int, points: int) -> None:
        """A rule has given a person points."""
        self._used[person, rule, day] += points

    def note_pair(self, one: int, other: int, at: int) -> None:
        """There was an act between two people."""
        insort(self._pairs[_pair(one, other)], at)

    def note_done(self, one: int, other: int, at: int, text: int) -> None:
        """One of two people has done something to a text of the other, for points of their own."""
        insort(self._done[_pair(one, other)], (at, text))


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def level(points: int, ends: tuple[int, ...]) -> int:
    """The level, from 1, of somebody with so many points; `ends` are the points at which each level ends."""
    return bisect_right(ends, points) + 1
