"""Values of reputation: acts, and what pages and commands are given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

# Acts -------------------------------------------------------------------------------------------------------------

PUBLISHED_NEWS = "published"
ASKED = "asked"
TOPIC_GIVEN = "topic_given"
PHOTO_ADDED = "photo"
COMMENTED = "commented"
ANSWERED = "answered"
LIKED = "liked"
ACCEPTED = "accepted"
THANKED = "thanked"


@dataclass(frozen=True, slots=True)
class Act:
    """Something somebody did that rules may pay for."""

    kind: str
    content_id: int
    doer_id: int
    #: Whose text it was done to, or who is thanked; None when nobody else is concerned.
    other_id: int | None
    #: When.
    at: int
    #: A topic it is about, a priority topic if there is one.
    topic_id: int | None = None
    priority: bool = False

    @property
    def fact(self) -> str:
        """What makes it one and the same act, whenever it is looked at."""
        return f"{self.kind}:{self.content_id}:{self.doer_id}:{self.other_id or ''}"


@dataclass(frozen=True)
class ActSource:
    """How a feature above says which acts stand."""

    #: Acts that stand concerning one content item.
    of_item: Callable[[int], Iterable[Act]]
    #: Every act that stands, oldest first.
    stream: Callable[[], Iterator[Act]]


_sources: list[ActSource] = []


def register_acts(source: ActSource) -> None:
    """Let a feature above add acts of its own; called at bootstrap. Again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def act_sources() -> tuple[ActSource, ...]:
    """What was registered."""
    return tuple(_sources)


# What came of it --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands: points, level, and the points between which the level lies (`ends` None for the last)."""

    points: int
    level: int
    begins: int
    ends: int | None

    @property
    def percent(self) -> int:
        """How much of the level is done, 0 to 100."""
        if self.ends is None:
            return 100
        return max(0, min(100, (self.points - self.begins) * 100 // max(1, self.ends - self.begins)))


@dataclass(frozen=True)
class Difference:
    """Something `flask reputation verify` found wrong."""

    #: "balance", "day", "delta", "missing", "surplus", "chain".
    kind: str
    subject: str
    expected: int
    found: int
