"""What people look like to pages and to commands: frozen values, no rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from app.core.actor import Actor


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


def person_url(handle: str) -> str:
    """The address of a person's profile."""
    return "/people/" + quote(handle, safe="")


def shop_url(code: str) -> str:
    """The address of a shop's page."""
    return "/shops/" + quote(code, safe="")


def photo_url(handle: str, photo_key: str | None, variant: str = "thumb") -> str | None:
    """The address of a photo, or None for somebody without one; the key in it lets browsers keep it for good."""
    return f"{person_url(handle)}/photo/{variant}?v={photo_key[-8:]}" if photo_key else None


def initials(name: str) -> str:
    """One or two letters that stand for a person without a photo ("Анна Петрова" → "АП")."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper() or "?"


@dataclass(frozen=True)
class ProfileTab:
    """A tab of a profile, contributed by the feature that fills it; `name` tells which is current."""

    name: str
    label: str
    url: str
    count: int | None = None


#: Decides whether a person's profile has a tab for this reader.
TabMaker = Callable[[Actor, PersonLine], ProfileTab | None]
