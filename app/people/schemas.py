"""What people look like to pages and to commands: frozen values, no rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from app.core.actor import Actor
from app.lib.paths import segment


@dataclass(frozen=True)
class Naming:
    """The parts of a person's name."""

    first: str
    last: str = ""
    middle: str = ""

    @property
    def full(self) -> str:
        """What cards show, "First Last"."""
        return f"{self.first} {self.last}".strip()

    @property
    def formal(self) -> str:
        """The whole name in the order natural to it: "Фамилия Имя Отчество", but "First Middle Last"."""
        is_cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in self.last)
        parts = (self.last, self.first, self.middle) if is_cyrillic else (self.first, self.middle, self.last)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Workplace:
    """As what and where a person works."""

    position_id: int | None = None
    shop_id: int | None = None
    department_id: int | None = None


@dataclass(frozen=True)
class PersonLine:
    """A person as lists, cards and bylines show them."""

    id: int
    name: str
    handle: str
    url: str
    initials: str
    #: 0–9.
    colour: int
    photo_url: str | None
    position: str
    #: The shop, or the department of somebody who works in none.
    shop: str
    #: The best title as an expert: 0 none, 1 Learner, 2 Connoisseur, 3 Master; and the topics they have it in.
    title: int = 0
    title_topics: str = ""

    @property
    def known_for(self) -> tuple[str, ...]:
        """The topics of the title."""
        return tuple(self.title_topics.split())


#: Topics named with a title; a topic's name is one word.
NAMED_TOPICS = 2


def person_url(handle: str) -> str:
    """The address of a person's profile."""
    return "/people/" + segment(handle)


def shop_url(code: str) -> str:
    """The address of a shop's page."""
    return "/shops/" + segment(code)


def department_url(department_id: int) -> str:
    """The address of a department's page."""
    return f"/departments/{department_id}"


def region_url(code: str) -> str:
    """The address of a region's page."""
    return "/regions/" + segment(code)


def photo_url(handle: str, photo_key: str | None, variant: str = "thumb") -> str | None:
    """The address of a photo, or None for somebody without one; the key in it lets browsers keep it for good."""
    return f"{person_url(handle)}/photo/{variant}?v={photo_key[-8:]}" if photo_key else None


def initials(name: str) -> str:
    """One or two letters that stand for a person without a photo ("Анна Петрова" → "АП")."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper() or "?"


def actor_line(actor: Actor) -> PersonLine:
    """The actor as a line, without a statement: without position and shop."""
    return PersonLine(
        id=actor.person_id,
        name=actor.name,
        handle=actor.handle,
        url=person_url(actor.handle),
        initials=initials(actor.name),
        colour=actor.colour,
        photo_url=photo_url(actor.handle, actor.photo_key),
        position="",
        shop="",
    )


@dataclass(frozen=True)
class ProfileTab:
    """A tab of a profile, contributed by the feature that fills it; `name` tells which is current."""

    name: str
    #: The word shown, a lazy translation.
    label: Any
    url: str
    count: int | None = None
    #: Where it stands: publications 10, about 20, connections 30, groups 40, files 50.
    rank: int = 60


#: Decides whether a person's profile has a tab for this reader.
TabMaker = Callable[[Actor, PersonLine], ProfileTab | None]


@dataclass(frozen=True)
class ProfileMark:
    """A figure in the head of a profile, contributed by the feature that knows it."""

    #: Stands out: "Level 8", a lazy translation.
    value: Any
    #: Stands quietly after it.
    label: Any


#: Says what a profile's head shows of a person besides, if anything.
MarkMaker = Callable[[Actor, PersonLine], ProfileMark | None]


@dataclass(frozen=True)
class ProfileAct:
    """Something a reader may do for a person, as a button of their profile and hover card."""

    #: A lazy translation.
    label: Any
    url: str
    icon: str


#: Says what a reader may do for somebody who works here, if anything.
ActMaker = Callable[[Actor, PersonLine], ProfileAct | None]


#: Says something of a person on a hover card, if there is something to say: a lazy translation.
NoteMaker = Callable[[Actor, PersonLine], Any]


@dataclass(frozen=True)
class ProfileHead:
    """The head of a person's page, with what the reader may do."""

    person: PersonLine
    id: int
    handle: str
    #: The whole name in the order natural to it, see `Naming.formal`.
    full_name: str
    works_here: bool
    followers: int
    publications: int
    followed: bool
    is_me: bool
    can_follow: bool
    tabs: tuple[ProfileTab, ...] = ()
    marks: tuple[ProfileMark, ...] = ()
    acts: tuple[ProfileAct, ...] = ()


@dataclass(frozen=True)
class PersonCard:
    """A person on a hover card."""

    person: PersonLine
    works_here: bool
    followers: int
    publications: int
    followed: bool
    can_follow: bool
    acts: tuple[ProfileAct, ...] = ()
    #: Sentences of features above.
    notes: tuple[Any, ...] = ()


@dataclass(frozen=True)
class JobLine:
    """One stretch of a job history."""

    position: str
    place: str
    place_url: str
    started_on: date
    ended_on: date | None


@dataclass(frozen=True)
class AboutPage:
    """The tab "About"."""

    head: ProfileHead
    about_html: Markup
    email: str | None
    phone: str | None
    personnel_number: str
    hired_on: date | None
    left_on: date | None
    shop_name: str
    shop_url: str
    address: str
    region: str
    region_code: str
    department_id: int | None
    manager: PersonLine | None
    reports: tuple[PersonLine, ...]
    more_reports: bool
    jobs: tuple[JobLine, ...]


@dataclass(frozen=True)
class DirectoryRow:
    """A person in a list, and whether the reader follows them."""

    person: PersonLine
    followed: bool


@dataclass(frozen=True)
class ConnectionsPage:
    """The tab "Connections"."""

    head: ProfileHead
    #: "following" or "followers".
    side: str
    people: tuple[DirectoryRow, ...]
    next: str | None


@dataclass(frozen=True)
class DirectoryFilter:
    """What the directory is asked for; empty means all."""

    q: str = ""
    #: Code of a region.
    region: str = ""
    #: Code of a shop.
    shop: str = ""
    department: int | None = None
    position: int | None = None


@dataclass(frozen=True)
class Choice:
    """An option of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class DirectoryPage:
    """A page of the directory."""

    people: tuple[DirectoryRow, ...]
    wanted: DirectoryFilter
    #: Handle after which the next page goes on.
    next: str | None
    regions: tuple[Choice, ...]
    departments: tuple[Choice, ...]
    positions: tuple[Choice, ...]


@dataclass(frozen=True)
class PlaceTab:
    """A tab of a shop's or department's page."""

    name: str
    label: Any
    url: str
    count: int | None = None
    #: Where it stands: publications 10, people 20.
    rank: int = 60


@dataclass(frozen=True)
class PlaceHead:
    """The head of a shop's or department's page."""

    #: "shop" or "department".
    kind: str
    id: int
    name: str
    url: str
    address: str = ""
    time_zone: str = ""
    region: str = ""
    region_url: str = ""
    closed_on: date | None = None
    manager: PersonLine | None = None
    #: Name and address of the department above.
    parent: tuple[str, str] | None = None
    #: Names and addresses of the departments below.
    parts: tuple[tuple[str, str], ...] = ()
    is_mine: bool = False
    tabs: tuple[PlaceTab, ...] = ()

    def with_tabs(self, tabs: tuple[PlaceTab, ...]) -> PlaceHead:
        """The same place with its tabs."""
        return replace(self, tabs=tabs)


#: Decides whether a shop or department has a tab for this reader.
PlaceTabMaker = Callable[[Actor, PlaceHead], PlaceTab | None]


@dataclass(frozen=True)
class PlacePeople:
    """The tab "People" of a shop or department."""

    head: PlaceHead
    people: tuple[DirectoryRow, ...]
    next: str | None


@dataclass(frozen=True)
class ShopLine:
    """A shop in a list."""

    code: str
    name: str
    url: str
    address: str
    manager: str


@dataclass(frozen=True)
class RegionPage:
    """A region with its shops."""

    code: str
    name: str
    is_mine: bool
    subscribed: bool
    shops: tuple[ShopLine, ...]
    next: str | None
