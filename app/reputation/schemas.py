"""Values of reputation: acts, and what pages and commands are given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.actor import Actor

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
PUBLISHED_ARTICLE = "article"
COMMENTED_ARTICLE = "article_comment"
MADE_OFFICIAL = "official"
INVITED = "invited"
#: Acts that somebody does to somebody else. Between the same two people they are worth less and less.
BETWEEN_TWO = frozenset({COMMENTED, COMMENTED_ARTICLE, ANSWERED, LIKED, ACCEPTED, MADE_OFFICIAL, THANKED})
#: The content item of acts that are done to none.
NOTHING_WRITTEN = 0


@dataclass(frozen=True, slots=True)
class Act:
    """Something somebody did that rules may pay for."""

    kind: str
    #: The text it was done to, or `NOTHING_WRITTEN`.
    content_id: int
    doer_id: int
    #: Whose text it was done to, who is thanked, who came by an invitation; None when nobody else is concerned.
    other_id: int | None
    #: When.
    at: int
    #: A topic it is about, a priority topic if there is one; None where not everybody sees what was done.
    topic_id: int | None = None
    priority: bool = False
    #: Of thanks: the code of the badge.
    of: str = ""

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


#: Names, by code, of what rules may be for alone: badges.
Subjects = Mapping[str, Any]
_subjects: list[Callable[[], Subjects]] = []
_dormant: list[Callable[[], Collection[str]]] = []


def register_subjects(read: Callable[[], Subjects], dormant: Callable[[], Collection[str]]) -> None:
    """Let a feature above name what rules are for alone (`Act.of`); called at bootstrap. Again changes nothing.

    `dormant` says which of them nobody can come by now: their rules stay in force, but are explained to nobody.
    """
    if read not in _subjects:
        _subjects.append(read)
        _dormant.append(dormant)


def subjects() -> Subjects:
    """Everything rules may be for alone, each with its name in the reader's language. A statement a feature."""
    return {code: name for read in _subjects for code, name in read().items()}


def dormant_subjects() -> frozenset[str]:
    """The codes of what nobody can come by now. A statement a feature."""
    return frozenset(code for read in _dormant for code in read())


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

    #: "balance", "day", "delta", "rule", "missing", "surplus", "chain", "expiry", and those of features above.
    kind: str
    subject: str
    expected: int
    found: int


#: What stands as spent, by its fact: whose points, and how many.
Spendings = dict[str, tuple[int, int]]
#: How a feature above compares what was spent with what it was spent on. It takes out what it can explain.
SpendingCheck = Callable[[Spendings], Iterator["Difference"]]

_checks: list[SpendingCheck] = []


def register_spending_check(check: SpendingCheck) -> None:
    """Let `flask reputation verify` ask a feature above; called at bootstrap. Again changes nothing."""
    if check not in _checks:
        _checks.append(check)


def spending_checks() -> tuple[SpendingCheck, ...]:
    """What was registered."""
    return tuple(_checks)


@dataclass(frozen=True)
class BonusPlace:
    """Where bonus points are spent."""

    address: str
    #: Whether there is something to spend them on; asked of the database seldom.
    is_open: Callable[[], bool]
    #: Whether somebody has a use for it all the same, such as points or orders. One statement.
    is_used: Callable[[Actor], bool]


_places: list[BonusPlace] = []


def register_bonus_place(place: BonusPlace) -> None:
    """Let a feature above say where bonus points are spent; called at bootstrap. Again changes nothing."""
    if place not in _places:
        _places.append(place)


def open_bonus_place() -> str:
    """Where bonus points can be spent now, or ""."""
    return next((place.address for place in _places if place.is_open()), "")


def bonus_place(actor: Actor) -> str:
    """Where the actor's bonus points are kept and spent, or "". At most one statement."""
    return open_bonus_place() or next((place.address for place in _places if place.is_used(actor)), "")


# What pages are given ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One version of a rule, as pages say it in words."""

    id: int
    code: str
    version: int
    act: str
    #: "doer" or "other".
    pays: str
    #: "reputation" or "bonus".
    account: str
    points: int
    daily_cap: int | None
    priority_percent: int
    only_priority: bool
    valid_from: int
    valid_until: int | None
    #: When and by whom it was made; 0 and "" for a rule the network began with.
    made_at: int = 0
    made_by: str = ""
    #: How editors call a rule of their own.
    title: str = ""
    #: Of a rule for one badge alone: its code and its name.
    only_for: str | None = None
    subject: Any = ""

    @property
    def fades(self) -> bool:
        """Whether it gives less and less for what passes between the same two people."""
        return self.act in BETWEEN_TWO

    @property
    def priority_points(self) -> int:
        """What it gives in a priority topic."""
        return (self.points * self.priority_percent + 50) // 100


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level: where it begins, where it ends (None for the last), and the rights that come with it."""

    number: int
    begins: int
    ends: int | None
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """How to raise one's reputation."""

    #: None where recognition is off.
    mine: Standing | None
    #: In force and worth something, the most valuable first.
    rules: tuple[RuleLine, ...]
    #: Versions that begin later.
    planned: tuple[RuleLine, ...]
    levels: tuple[LevelLine, ...]
    #: What the most valuable act between two people is worth, done again and again between the same two.
    fading: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PointLine:
    """An entry of the reader's own ledger."""

    id: int
    act: str
    pays: str
    account: str
    delta: int
    #: "given", "taken" or "again".
    state: str
    #: Why it is less than the rule says: "", "same_pair", "daily_cap".
    limited: str
    at: int
    #: Who did it for the reader; "" when it was the reader, or when the text may not be seen.
    who: str
    #: First words of the text and its address; "" when it may not be seen.
    quote: str
    url: str
    #: How editors call the rule, if it is one of their own.
    title: str = ""


@dataclass(frozen=True, slots=True)
class PointGroup:
    """Entries that follow each other: one that changed the points, or several together that were worth nothing."""

    lines: tuple[PointLine, ...]

    @property
    def folded(self) -> bool:
        """Whether they are shown as one line that opens."""
        return len(self.lines) > 1


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An act that waits until the newcomer who did it has been here a while."""

    act: str
    pays: str
    due_at: int


@dataclass(frozen=True, slots=True)
class PointsPage:
    """A page of one's own ledger, latest first."""

    #: None where recognition is off.
    mine: Standing | None
    #: Points that can be spent.
    bonus: int
    groups: tuple[PointGroup, ...]
    waiting: tuple[WaitingLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What an editor asks of a rule from a moment on; None as `valid_from` is now."""

    points: int
    daily_cap: int | None
    priority_percent: int
    only_priority: bool
    account: str
    valid_from: int | None
    valid_until: int | None
    #: Of a rule that editors made: what they call it.
    title: str = ""


@dataclass(frozen=True, slots=True)
class NewRule:
    """A further rule for an act, beside those there are; or for thanks with one badge, in their place."""

    act: str
    #: "doer" or "other".
    pays: str
    terms: RuleChange
    only_for: str | None = None


@dataclass(frozen=True, slots=True)
class RuleHistory:
    """A rule on the desk: its versions, latest first, and which of them counts now."""

    code: str
    versions: tuple[RuleLine, ...]
    current: RuleLine | None

    @property
    def latest(self) -> RuleLine:
        """The version made last, from which the next one starts."""
        return self.versions[0]

    def state(self, version: RuleLine, now: int) -> str:
        """One of "now", "planned", "over", "never".

        A later decision that began earlier takes the place of a planned one, which then never counts.
        """
        if version is self.current:
            return "now"
        replaced = any(
            each.version > version.version and each.valid_from <= version.valid_from for each in self.versions
        )
        if version.valid_from > now:
            return "never" if replaced else "planned"
        return "never" if replaced else "over"


@dataclass(frozen=True, slots=True)
class Shift:
    """What a change of a rule would have meant for one person."""

    name: str
    url: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What the last month would have been under a changed rule, and what it was by today's."""

    acts: int
    people: int
    before: int
    after: int
    gain: tuple[Shift, ...]
    lose: tuple[Shift, ...]
