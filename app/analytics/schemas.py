"""What the page of figures is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both whole, in the reader's time zone."""

    first: date
    last: date
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """One question; times are microseconds after it was asked, or None."""

    id: int
    asked_at: int
    #: IANA name of the asker's zone.
    zone: str
    region_id: int | None
    first: int | None
    accepted: int | None
    #: How many people were found who know its matter; None when it never went out.
    knowers: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who began to ask found the answer; where and when, and in which thread."""

    content_id: int
    at: int
    zone: str
    region_id: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set of questions comes to; times in microseconds."""

    asked: int
    answered: int
    accepted: int
    median_first: int | None
    p90_first: int | None
    median_accepted: int | None
    p90_accepted: int | None
    without_expert: int
    #: Questions that needed no asking: what stood there was the answer.
    deflected: int = 0

    @property
    def deflected_share(self) -> int:
        """Per cent of all who wanted to know something who found it without asking."""
        return percent(self.deflected, self.asked + self.deflected)

    @property
    def share(self) -> int:
        """Per cent answered, rounded half up."""
        return percent(self.answered, self.asked)

    @property
    def accepted_share(self) -> int:
        """Per cent with an accepted answer."""
        return percent(self.accepted, self.asked)


def percent(part: int, whole: int) -> int:
    """Per cent, rounded half up; of nothing, 0."""
    return (200 * part + whole) // (2 * whole) if whole else 0


@dataclass(frozen=True, slots=True)
class FiguresLine:
    """The figures of a topic, a region or an hour."""

    name: str
    url: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Lonely:
    """A question for which nobody was found who knows its matter."""

    url: str
    title: str
    asked_at: int
    answered: bool


@dataclass(frozen=True)
class FiguresPage:
    """Everything on the page."""

    period: Period
    whole: Figures
    topics: tuple[FiguresLine, ...]
    regions: tuple[FiguresLine, ...]
    #: One for each hour of the asker's day, 0 to 23.
    hours: tuple[FiguresLine, ...]
    lonely: tuple[Lonely, ...]
    #: The region the reader is held to, or "".
    only_region: str = ""
