"""What a site's events are worth to one person, one after the other. Plain arithmetic: nothing of the database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.cli.stackexchange.site_rules import (
    ASSOCIATION,
    CAPPED,
    DAY_CAP,
    DOWN,
    EDIT,
    EDIT_CAP,
    FLOOR,
    START,
    TAKING,
)

FULL = ""
BY_DAY = "daily_cap"
BY_SUM = "cap"
BY_FLOOR = "floor"


@dataclass(frozen=True, order=True, slots=True)
class Event:
    """Something that is worth points to a person: `day` in days since the epoch, `number` orders those of a day."""

    day: int
    number: int
    rule: str
    #: What it is there: "vote:12".
    key: str
    #: How often the rule's points count: the amount of a bounty.
    times: int = 1


@dataclass(frozen=True, slots=True)
class Paid:
    """What an event gave or took, and why less than its rule says."""

    event: Event
    delta: int
    limited: str


def replay(
    events: Iterable[Event], points: Mapping[str, int], joined: Event, *, with_bonus: bool
) -> list[Paid]:
    """What every event of one person is worth, from the points that a new account has.

    Votes up and edits stop counting when a day has brought `DAY_CAP`, net of its votes down; answers accepted and
    bounties count beyond it. Edits bring `EDIT_CAP` in all. A total never falls below `FLOOR`.
    """
    paid = [Paid(Event(joined.day, joined.number, START, joined.key), points[START], FULL)]
    if with_bonus:
        bonus = Event(joined.day, joined.number, ASSOCIATION, joined.key)
        paid.append(Paid(bonus, points[ASSOCIATION], FULL))
    total = sum(each.delta for each in paid)
    by_day: dict[int, int] = defaultdict(int)
    by_edits = 0
    for event in sorted(events):
        full = points[event.rule] * event.times * (-1 if event.rule in TAKING else 1)
        delta, limited = full, FULL
        if event.rule == EDIT and delta > EDIT_CAP - by_edits:
            delta, limited = max(0, EDIT_CAP - by_edits), BY_SUM
        if event.rule in CAPPED and delta > DAY_CAP - by_day[event.day]:
            delta, limited = max(0, DAY_CAP - by_day[event.day]), BY_DAY
        if total + delta < FLOOR:
            delta, limited = FLOOR - total, BY_FLOOR
        by_edits += delta if event.rule == EDIT else 0
        by_day[event.day] += delta if event.rule in CAPPED or event.rule == DOWN else 0
        total += delta
        paid.append(Paid(event, delta, limited))
    return paid


def replay_towards(
    events: Iterable[Event], points: Mapping[str, int], joined: Event, reputation: int
) -> list[Paid]:
    """As `replay`, with the bonus for an account on another site when the reputation the site states tells of it.

    No dump says who was given the bonus: it is taken as given where the total with it is nearer to what the site
    states than the total without it.
    """
    known = list(events)
    without = replay(known, points, joined, with_bonus=False)
    if reputation <= FLOOR:
        return without
    having = replay(known, points, joined, with_bonus=True)
    gap_without, gap_with = (abs(reputation - total_of(each)) for each in (without, having))
    return having if gap_with < gap_without else without


def total_of(paid: Iterable[Paid]) -> int:
    """What it comes to."""
    return sum(each.delta for each in paid)
