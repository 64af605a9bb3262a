"""Values of rewards: commands, and what pages are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core import clock
from app.core.i18n import locale_code
from app.files.schemas import file_url
from app.people.schemas import PersonLine

#: Levels of loyalty, the lowest first; rewards name them by their place here.
LEVELS = ("bronze", "silver", "gold", "platinum")
#: The drawings there are, by the names of their files.
DRAWINGS = (
    "gift", "mug", "hoodie", "thermos", "headphones", "powerbank", "tickets", "book", "backpack", "coffee", "day-off",
    "course",
)  # fmt: skip

# Commands ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RewardDetails:
    """A reward as editors write it. `picture` is the public id of a photo, or empty."""

    title_ru: str = ""
    title_en: str = ""
    terms_ru: str = ""
    terms_en: str = ""
    drawing: str = DRAWINGS[0]
    picture: str = ""
    price: int = 0
    total: int | None = None
    region_id: int | None = None
    shop_format: str | None = None
    level: int = 0
    active_from: int | None = None
    active_until: int | None = None


@dataclass(frozen=True)
class LoyaltyTerms:
    """From how many points on each level above bronze is had, and what each level brings, by language."""

    thresholds: tuple[int, ...]
    benefits: Mapping[str, Mapping[str, str]]


# View models ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Picture:
    """How a reward looks: its photo, or one of the drawings."""

    drawing: str
    photo: str = ""

    def url(self, variant: str) -> str:
        """The address of the photo in a size, or "" when there is none."""
        return file_url(self.photo, variant) if self.photo else ""


@dataclass(frozen=True, slots=True)
class RewardLine:
    """A reward; which of its texts is read is decided when it is."""

    public_id: str
    titles: Mapping[str, str]
    terms: Mapping[str, str]
    picture: Picture
    price: int
    #: How many are left, or None for no limit.
    left: int | None
    level: int
    active_until: int | None
    #: Why it cannot be ordered by this reader: "", "closed", "others", "gone", "level" or "points".
    obstacle: str = ""
    #: Points that are lacking.
    lacking: int = 0

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return self.titles[locale_code()]

    @property
    def text(self) -> str:
        """What it is and how one gets it, in the reader's language."""
        return self.terms[locale_code()]

    @property
    def url(self) -> str:
        """Where it is shown."""
        return f"/rewards/{self.public_id}"

    @property
    def level_code(self) -> str:
        """The level of loyalty from which it can be ordered."""
        return LEVELS[self.level]


@dataclass(frozen=True, slots=True)
class Loyalty:
    """A level of loyalty: what was earned in twelve months, and between which points the level lies."""

    level: int
    earned: int
    begins: int
    #: Points from which the next level is had; None for the highest.
    ends: int | None

    @property
    def code(self) -> str:
        """The level's name in the code: "gold"."""
        return LEVELS[self.level]

    @property
    def next_code(self) -> str:
        """The name of the next level; the highest one's own."""
        return LEVELS[min(self.level + 1, len(LEVELS) - 1)]

    @property
    def percent(self) -> int:
        """How much of the way to the next level is done, 0 to 100."""
        if self.ends is None:
            return 100
        return max(0, min(100, (self.earned - self.begins) * 100 // max(1, self.ends - self.begins)))


@dataclass(frozen=True, slots=True)
class LoyaltyLine:
    """A level as everyone reads it."""

    code: str
    begins: int
    benefits: Mapping[str, str]
    #: Rewards of the catalogue that can be ordered from this level on.
    rewards: tuple[RewardLine, ...] = ()

    @property
    def text(self) -> str:
        """What it brings, in the reader's language."""
        return self.benefits.get(locale_code(), "")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The catalogue as one reader sees it."""

    balance: int
    loyalty: Loyalty
    rewards: tuple[RewardLine, ...]


@dataclass(frozen=True, slots=True)
class RewardPage:
    """One reward before its reader."""

    balance: int
    loyalty: Loyalty
    reward: RewardLine


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order, and what the reader may do with it: "approve", "hand_out", "close", "cancel"."""

    public_id: str
    titles: Mapping[str, str]
    reward_url: str
    picture: Picture
    price: int
    state: str
    ordered_at: int
    changed_at: int
    note: str
    steps: tuple[str, ...]
    #: Who ordered it; None on one's own page.
    person: PersonLine | None = None

    @property
    def title(self) -> str:
        """The reward's name in the reader's language."""
        return self.titles[locale_code()]


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Orders, latest first, and the cursor to go on."""

    orders: tuple[OrderLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A row of the statement with the balance after it."""

    #: "earned", "taken", "again", "spent", "returned", "expired" or "revived".
    kind: str
    act: str
    pays: str
    #: What it was spent on, by language; empty for other rows.
    titles: Mapping[str, str]
    delta: int
    balance: int
    at: int
    #: First words of the text that earned it, and where the row leads to; "" for what may not be seen.
    quote: str = ""
    url: str = ""

    @property
    def title(self) -> str:
        """The reward's name in the reader's language."""
        return self.titles.get(locale_code(), "")


@dataclass(frozen=True, slots=True)
class Expiring:
    """Points that count until a moment."""

    points: int
    until: int

    @property
    def last_day(self) -> int:
        """A moment of the last day on which they count, the same day in every time zone of the company."""
        return self.until - 18 * clock.HOUR


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's bonus points: the balance, what expires when, and every row, latest first."""

    balance: int
    #: For how many months points count that are earned now.
    months: int
    expiring: tuple[Expiring, ...]
    lines: tuple[StatementLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class DeskReward:
    """A reward as editors see it."""

    id: int
    reward: RewardLine
    taken: int
    total: int | None
    region: str
    shop_format: str
    retired: bool
    #: "open", "planned", "over" or "retired".
    state: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One person's line of the export for the motivation programme."""

    personnel_number: str
    earned: int
    spent: int
    expired: int
    balance: int
    orders: int
