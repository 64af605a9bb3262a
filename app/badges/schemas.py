"""Values of thanks and badges: commands, and what pages are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.i18n import locale_code
from app.people.schemas import PersonLine

#: The drawings there are, by the names of their files.
PICTURES = (
    "thank-you", "idea-generator", "achiever", "heart", "team-player", "rocket", "superhero", "teacher",
    "black-belt", "woollen-medal", "hard-worker", "best-boss", "volunteer", "best-ideas", "career-growth",
    "best-mentor", "league", "best-shop", "quality-leader", "mark-of-quality", "first-answer", "ten-answers", "year",
)  # fmt: skip
#: People who can be thanked at once.
MOST_PEOPLE = 50
#: Characters of the sentence.
MOST_WORDS = 1000

# Commands ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SayThanks:
    """Thanks to be said. `people` are handles or whole names; `about` is a public id, or empty."""

    people: tuple[str, ...]
    badge: str
    body: str
    about: str = ""
    file_ids: tuple[str, ...] = ()
    #: What pictures show in words, by public id.
    alts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BadgeDetails:
    """A badge as editors write it."""

    name_ru: str = ""
    name_en: str = ""
    description_ru: str = ""
    description_en: str = ""
    picture: str = PICTURES[0]
    given_by: str = "anyone"
    allowance: int | None = None
    pair_limit: int | None = None
    active_from: int | None = None
    active_until: int | None = None


# View models ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """A badge; which of its names is read is decided when it is."""

    code: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    picture: str

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return self.names[locale_code()]

    @property
    def description(self) -> str:
        """What it is given for, in the reader's language."""
        return self.descriptions[locale_code()]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ThanksDetails:
    """What a card of thanks shows besides: the badge, the people, and the address of what it is about."""

    badge: BadgeLine
    people: tuple[PersonLine, ...]
    about_url: str = ""
    #: Whether that is an answer or comment.
    about_reply: bool = False


@dataclass(frozen=True, slots=True)
class BadgeChoice:
    """A badge one may give; `left` is how many more this month, or None for no limit."""

    badge: BadgeLine
    given_by: str
    left: int | None


@dataclass(frozen=True, slots=True)
class About:
    """What thanks are for."""

    public_id: str
    url: str
    author: PersonLine
    quote: str


@dataclass(frozen=True)
class GivingPage:
    """What the form for saying thanks needs."""

    choices: tuple[BadgeChoice, ...]
    about: About | None = None
    #: Whether anybody works for the person.
    a_manager: bool = False
    #: Colleagues who are thanked by one tap on their face.
    near: tuple[PersonLine, ...] = ()


@dataclass(frozen=True, slots=True)
class WornBadge:
    """A badge in somebody's cabinet, with how many times they have it and what for."""

    badge: BadgeLine
    count: int
    last_at: int
    #: Of a badge that a rule gave: the topics it was given for.
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One thanks in somebody's cabinet."""

    badge: BadgeLine
    public_id: str
    url: str
    giver: PersonLine
    quote: str
    at: int


@dataclass(frozen=True, slots=True)
class ForeignBadge:
    """A badge from an imported site: its name there, 1 gold to 3 bronze, how often, and the site."""

    name: str
    grade: int
    count: int
    site: str


@dataclass(frozen=True)
class Cabinet:
    """Everything somebody wears, the latest thanks, the cursor to go on, and what an imported site gave."""

    worn: tuple[WornBadge, ...]
    awards: tuple[AwardLine, ...]
    next: str | None
    elsewhere: tuple[ForeignBadge, ...] = ()


@dataclass(frozen=True)
class Certificate:
    """One award, to be printed."""

    badge: BadgeLine
    person: PersonLine
    giver: PersonLine
    words: str
    at: int
    url: str


@dataclass(frozen=True, slots=True)
class DeskBadge:
    """A badge as editors see it."""

    id: int
    badge: BadgeLine
    given_by: str
    allowance: int | None
    pair_limit: int | None
    active_from: int | None
    active_until: int | None
    retired: bool
    given: int
    #: What thanks with it pay, if that differs from thanks with any badge.
    points: int | None = None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """Somebody in a manager's team: when they were last thanked (None for never), and by how many badges."""

    person: PersonLine
    last_at: int | None
    badges: int
    #: Whether it is long ago.
    long: bool


@dataclass(frozen=True, slots=True)
class TeamBadge:
    """A badge that people of a team wear, and how often all of them together."""

    badge: BadgeLine
    number: int


@dataclass(frozen=True)
class TeamPage:
    """A manager's people, those longest without thanks first, what the manager has left to give, and what they wear."""

    people: tuple[TeamLine, ...]
    #: How many people there are below the manager, on all pages together.
    number: int
    #: Cursor of the next page.
    next: str | None
    choices: tuple[BadgeChoice, ...] = ()
    badges: tuple[TeamBadge, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who thank each other: how often each way, and what share that is of all they gave."""

    one: PersonLine
    other: PersonLine
    there: int
    back: int
    percent: int


@dataclass(frozen=True, slots=True)
class Circle:
    """People who thank only each other."""

    people: tuple[PersonLine, ...]
    thanks: int


@dataclass(frozen=True)
class Concentration:
    """How evenly thanks are spread: pairs, circles, and the whole they are part of."""

    total: int
    givers: int
    pairs: tuple[Pair, ...] = ()
    circles: tuple[Circle, ...] = ()
