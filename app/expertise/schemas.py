"""Values of experts: what pages, cards and routing are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.people.schemas import PersonLine, ProfileHead
from app.topics.schemas import TopicLine


@dataclass(frozen=True, slots=True)
class Reason:
    """What a title rests on: how many acts of each kind, by how many different colleagues."""

    acts: Mapping[str, int]
    givers: int


@dataclass(frozen=True, slots=True)
class ExpertLine:
    """Somebody among the experts of a topic; `person` has the title of this very topic."""

    person: PersonLine
    score: float
    reason: Reason


@dataclass(frozen=True)
class ExpertsPage:
    """The experts of a topic, the best first."""

    experts: tuple[ExpertLine, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """How a score came about, by the arithmetic that made it."""

    #: What the same praise would be worth if it were new, from many strangers, each for the first time.
    full: float
    #: What it is worth today before it is asked from whom it came.
    today: float
    #: Colleagues who praised from the same shop or department, and who were praised in return.
    same_place: int
    in_return: int


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody knows of a topic."""

    topic: TopicLine
    title: int
    score: float
    reason: Reason
    hidden: bool
    why: Why
    #: The next title and the score it begins with; 0 for the last.
    next_title: int
    next_from: float


@dataclass(frozen=True)
class KnowledgePage:
    """The tab "Expertise" of a profile; everything praised for oneself, and titles for others."""

    head: ProfileHead
    known: tuple[Known, ...]
    #: Until when the person is away, or None.
    away_until: int | None


@dataclass(frozen=True)
class Terms:
    """The numbers by which titles are given, as pages say them."""

    weights: Mapping[str, float]
    half_life_days: int
    few: int
    begins: Mapping[int, float]
    #: Places of a title: so many at least, and this per cent of all who have a title.
    places: Mapping[int, tuple[int, int]]
