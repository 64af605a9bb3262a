"""What is given and asked about trust: marks on cards, limits of validity, who a reader is to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.content.models import ContentItem
from app.core import clock
from app.core.actor import Actor
from app.people.schemas import PersonLine
from app.trust.events import CHECK, CONFIRMED, OFFICIAL, OPINION

#: What a shop can be; scopes name one of them.
SHOP_FORMATS = ("standard", "flagship", "island", "franchise", "office")

# Limits -----------------------------------------------------------------------------------------------------------

VALID = ""
NOT_YET = "not_yet"
OVER = "over"
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Where:
    """What limits ask of a reader: the day it is where their shop is, and what shop and position that is."""

    today: date
    region_id: int | None = None
    shop_format: str | None = None
    position_id: int | None = None

    @classmethod
    def of(cls, actor: Actor) -> Where:
        """Where the actor is now: by the clock of their shop, or of the company. No SQL."""
        return cls(day_in(actor.shop_time_zone), actor.region_id, actor.shop_format, actor.position_id)


def day_in(time_zone: str) -> date:
    """The date that it is now in a time zone."""
    return clock.as_datetime(clock.now()).astimezone(ZoneInfo(time_zone)).date()


@dataclass(frozen=True, slots=True)
class Limits:
    """From which to which day, and for whom alone, something is valid. Without any it always is, for everybody."""

    valid_from: date | None = None
    valid_until: date | None = None
    region_ids: frozenset[int] = frozenset()
    shop_formats: frozenset[str] = frozenset()
    position_ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return self != Limits()

    def judge(self, where: Where) -> str:
        """Why it is not valid for this reader: `OVER`, `NOT_YET`, `ELSEWHERE`; or `VALID`."""
        if self.valid_until is not None and where.today > self.valid_until:
            return OVER
        if self.valid_from is not None and where.today < self.valid_from:
            return NOT_YET
        return VALID if self.concerns(where) else ELSEWHERE

    def concerns(self, where: Where) -> bool:
        """Whether it is for such a reader, whatever the day."""
        return (
            (not self.region_ids or where.region_id in self.region_ids)
            and (not self.shop_formats or where.shop_format in self.shop_formats)
            and (not self.position_ids or where.position_id in self.position_ids)
        )

    def ends_sooner(self, before: Limits) -> bool:
        """Whether it has an end that it had not, or an earlier one."""
        return self.valid_until is not None and (
            before.valid_until is None or self.valid_until < before.valid_until
        )

    def leaves_out(self, before: Limits) -> bool:
        """Whether somebody for whom it was valid has to wait for a later first day, or is left out altogether."""
        later = self.valid_from is not None and (
            before.valid_from is None or self.valid_from > before.valid_from
        )
        pairs = (
            (self.region_ids, before.region_ids), (self.shop_formats, before.shop_formats),
            (self.position_ids, before.position_ids),
        )  # fmt: skip
        return later or any(now and not (had and had <= now) for now, had in pairs)

    def code(self) -> str:
        """The limits as one short text without spaces, which stands in cached cards; "" without any."""
        if not self:
            return ""
        days = (each.isoformat() if each else "" for each in (self.valid_from, self.valid_until))
        numbers = (
            ",".join(map(str, sorted(some)))
            for some in (self.region_ids, self.shop_formats, self.position_ids)
        )
        return ";".join((*days, *numbers))


@lru_cache(maxsize=4096)
def limits_in(code: str) -> Limits:
    """The limits that `Limits.code` wrote."""
    if not code:
        return Limits()
    first, last, regions, formats, positions = code.split(";")
    return Limits(
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
        frozenset(int(each) for each in regions.split(",") if each),
        frozenset(each for each in formats.split(",") if each),
        frozenset(int(each) for each in positions.split(",") if each),
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


# Marks ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrustMark:
    """What cards, search and suggestions show of an item's trust; the same for every reader."""

    content_id: int
    #: As it is stored: "opinion", "confirmed", "official" or "check".
    stored: str
    #: Of "check": what it was before.
    was: str
    since: int
    #: The revision that is official, or was looked at last.
    revision: int = 1
    #: Who made it official, or "".
    official_by: str = ""
    limits: Limits = Limits()
    #: Whom it is for alone: names of regions and positions, and keys of shop formats.
    regions: tuple[str, ...] = ()
    shop_formats: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    #: Whether it is over in every shop.
    expired: bool = False

    def state(self, *, accepted: bool) -> str:
        """What the item is to be called: an accepted answer is confirmed at least."""
        if self.stored == OPINION:
            return CONFIRMED if accepted else OPINION
        if self.stored == CHECK and self.was == OPINION and not accepted:
            return OPINION
        return self.stored

    @property
    def is_official(self) -> bool:
        """Whether somebody who owns the topic stands behind it, be it to be checked now."""
        return OFFICIAL in (self.stored, self.was)

    @property
    def limits_code(self) -> str:
        """The limits for the overlays of cards; "" without any."""
        return self.limits.code()

    @property
    def standing(self) -> int:
        """How search ranks it: -1 expired, 0, 1 confirmed, 2 official."""
        if self.expired:
            return -1
        return {CONFIRMED: 1, OFFICIAL: 2}.get(self.stored, 0)


# Kinds ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TrustedKind:
    """A kind of content that can be official, confirmed and limited, as its feature registers it."""

    name: str
    #: Called in the transaction in which an item becomes official (True) or no longer is.
    #: Given are the item, its publication, which of the two, and by whom.
    on_official: Callable[[ContentItem, ContentItem, bool, int | None], None] = lambda item, root, on, by: (
        None
    )


_kinds: dict[str, TrustedKind] = {}


def register_trusted(kind: TrustedKind) -> None:
    """Let items of a kind have a state of trust; called at bootstrap by the feature that owns the kind."""
    _kinds[kind.name] = kind


def trusted_kinds() -> Mapping[str, TrustedKind]:
    """What was registered, by name."""
    return _kinds


# Pages and commands -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrustPage:
    """Everything that is known of how far an item may be trusted, and what the reader may do about it."""

    public_id: str
    address: str
    kind: str
    author: PersonLine
    excerpt: str
    mark: TrustMark
    state: str
    #: Why it is not valid for the reader, or "".
    verdict: str
    official_at: int | None
    official_by: PersonLine | None
    owner: PersonLine | None
    confirmed_by: tuple[PersonLine, ...]
    #: Who confirmed what it said before it was rewritten.
    confirmed_before: tuple[PersonLine, ...]
    #: Of "check" for its own text or its question: the revision that was vouched for, or None.
    changed_from: int | None
    #: Whether that is one of the question.
    of_question: bool
    #: The revision of the text that the page is about.
    revision: int
    #: That of the question that it answers; None of an article.
    question_revision: int | None
    #: Confirmations that make it confirmed.
    needed: int
    #: Address and first words of what has changed, of "check".
    because: tuple[str, str] | None
    #: "official", "withdraw", "confirm", "unconfirm", "unaccept", "check", "limits", "extend".
    actions: tuple[str, ...]

    @property
    def versions(self) -> Mapping[str, int]:
        """The versions that whoever vouches here has read, as forms send them."""
        return versions(self.revision, self.question_revision)

    @property
    def changes(self) -> str | None:
        """The address of the comparison with what was vouched for, of what was rewritten."""
        if self.changed_from is None:
            return None
        text = "question" if self.of_question else "from"
        return f"/items/{self.public_id}/changes?{text}={self.changed_from}"


def versions(revision: int, question_revision: int | None) -> Mapping[str, int]:
    """The versions of a text and of the question that it answers, as forms send them."""
    asked = {} if question_revision is None else {"question_revision": question_revision}
    return {"revision": revision, **asked}


@dataclass(frozen=True, slots=True)
class Seen:
    """Which versions somebody who vouches for a text has read; None is whichever there is."""

    revision: int | None = None
    #: Of the question that it answers.
    question: int | None = None


@dataclass(frozen=True, slots=True)
class SetLimits:
    """Limits to be set, and who answers for them (a handle, "" for whoever owns the topic)."""

    limits: Limits
    owner: str = ""


def names_among(wanted: Iterable[int], names: Mapping[int, str]) -> tuple[str, ...]:
    """The names of these ids, in the order of names."""
    return tuple(sorted(names[each] for each in wanted if each in names))
