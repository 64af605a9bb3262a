"""What is handed in and out: plans, whom to ask and why, where a question stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.people.schemas import PersonLine

#: Of whom a wave is made; "passed" are those whom colleagues named.
NEAR = "near"
EXPERTS = "experts"
CURATORS = "curators"
DEPARTMENT = "department"
AUDIENCES = (NEAR, EXPERTS, CURATORS, DEPARTMENT)
PASSED = "passed"

#: Bounds of what editors set.
MOST_WAIT = 7 * 24 * 60
MOST_ASKED = 30
MOST_A_DAY = 50
MOST_HOLD = 24 * 60
MOST_CURATORS = 10

#: Why a person is asked: by what they answered in a topic or like it, that they answer much, are an expert, where they
#: work, what they look after.
ANSWERED = "answered"
SIMILAR = "similar"
HELPS = "helps"
EXPERT = "expert"
SHOP = "shop"
CURATES = "curates"
OWNS = "owns"
NAMED = "named"


@dataclass(frozen=True)
class Wave:
    """So many people of an audience, when nobody has answered for so many working minutes of those asked before."""

    audience: str
    wait: int
    most: int


@dataclass(frozen=True)
class Plan:
    """The waves in their order. The first goes out at once."""

    waves: tuple[Wave, ...]

    def stored(self) -> list[dict[str, Any]]:
        """As rows keep it."""
        return [asdict(wave) for wave in self.waves]

    @classmethod
    def from_stored(cls, rows: Sequence[Mapping[str, Any]]) -> Plan:
        """The plan again; audiences that this release does not know are left out."""
        known = (row for row in rows if row["audience"] in AUDIENCES)
        return cls(tuple(Wave(row["audience"], int(row["wait"]), int(row["most"])) for row in known))

    @property
    def minutes(self) -> int:
        """How long the whole takes when nobody answers."""
        return sum(wave.wait for wave in self.waves[1:])


#: The plan of topics without one of their own, until editors choose another.
DEFAULT_PLAN = Plan((Wave(NEAR, 0, 6), Wave(EXPERTS, 15, 5), Wave(CURATORS, 30, 3), Wave(DEPARTMENT, 60, 5)))


@dataclass(frozen=True)
class Terms:
    """What holds for all questions: the usual plan, questions a day, and how long a promise is waited for."""

    plan: Plan = DEFAULT_PLAN
    a_day: int = 5
    #: Working minutes of the person who promised.
    hold: int = 30


@dataclass(frozen=True)
class Asked:
    """A question as those see it who look for helpers: plain facts."""

    content_id: int
    author_id: int
    shop_id: int | None
    topic_ids: tuple[int, ...]
    text: str
    #: The group whose members alone see it.
    group_id: int | None = None


@dataclass(frozen=True)
class Helper:
    """Somebody who can help, and why: so many answers in a topic, or answers to similar questions."""

    person_id: int
    score: float
    reason: str = ANSWERED
    topic_id: int | None = None
    number: int = 0


@dataclass(frozen=True)
class Why:
    """Why somebody was asked, as a line says it."""

    reason: str
    #: The topic's spelling and address, or "".
    topic: str = ""
    topic_url: str = ""
    number: int = 0
    #: The name of the colleague who named them, or "".
    colleague: str = ""


@dataclass(frozen=True)
class AskLine:
    """A question that was put to a person."""

    id: int
    public_id: str
    url: str
    author: PersonLine
    title: str
    quote: str
    asked_at: int
    why: Why
    #: Whether it still waits for somebody.
    waiting: bool
    declined: bool
    #: Whether the person themselves said "I'll answer".
    mine: bool
    #: Who else did, or None.
    claimed_by: PersonLine | None = None


@dataclass(frozen=True)
class AskPage:
    """A page of "Questions for me", and the cursor to go on."""

    lines: tuple[AskLine, ...]
    next: str | None


@dataclass(frozen=True)
class Standing:
    """Where a question stands on its way, for one reader."""

    content_id: int
    public_id: str
    claimed_by: PersonLine | None
    #: Whether the reader said "I'll answer".
    mine: bool
    #: Whether the reader was asked, and has not said "not me".
    may_answer: bool
    why: Why | None
    #: For the asker and editors: how many were asked and have seen it; otherwise None.
    asked: int | None = None
    seen: int = 0
    #: The audience asked next, and when; "" when nobody is left.
    next_audience: str = ""
    next_at: int | None = None
    #: Whether the reader was asked and sees it for the first time.
    unseen: bool = False

    @property
    def shown(self) -> bool:
        """Whether there is anything to say."""
        return self.asked is not None or self.claimed_by is not None or self.may_answer


@dataclass(frozen=True)
class Keepers:
    """Who looks after a topic."""

    curators: tuple[PersonLine, ...]
    department: str
    department_url: str


@dataclass(frozen=True)
class CareForm:
    """What editors set for a topic."""

    curators: tuple[str, ...]
    department_id: int | None
    #: None for the plan of all topics.
    plan: Plan | None


@dataclass(frozen=True)
class CareLine:
    """A topic somebody looks after, or one of the desk's list."""

    name: str
    url: str
    #: The folded name, as in addresses.
    key: str = ""
    curators: tuple[PersonLine, ...] = ()
    department: str = ""
    own_plan: bool = False
    #: Who looked after it before, when the reader has yet to decide; "" when that is not known any more.
    handed_by: str = ""
    #: Whether it waits for the editors, of whom the reader is one.
    waits: bool = False


@dataclass(frozen=True)
class DeskPage:
    """The desk of routing."""

    terms: Terms
    topics: tuple[CareLine, ...]
    #: Topics that many ask about and nobody looks after.
    orphans: tuple[CareLine, ...]
    #: How many topics of people who left wait for the editors.
    waiting: int = 0
