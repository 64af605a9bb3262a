"""What accounts look like to pages and commands: frozen values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.people.schemas import PersonLine

#: What waits for who is here for the first time, after consent.
PHOTO = "photo"
INTERESTS = "interests"
FIRST_STEPS = (PHOTO, INTERESTS)


@dataclass(frozen=True)
class SignIn:
    """What came of name and password: a session, or the duty to choose a new password first."""

    person_id: int
    #: The session's token for the cookie; empty while a new password must be chosen.
    token: str = ""
    #: Moment at which the one-time password was set; the right to replace it hangs on it.
    one_time_since: int | None = None
    #: Whether they are here for the first time.
    is_new: bool = False


@dataclass(frozen=True)
class Preferences:
    """What a person has set for themselves; empty means the default."""

    #: "ru", "en", or empty for the network's language.
    locale: str = ""
    #: "auto", "light" or "dark".
    theme: str = "auto"
    #: IANA name, or empty for the shop's.
    time_zone: str = ""
    #: "activity" or "useful".
    feed_order: str = "activity"
    #: Whether single letters are shortcuts.
    letter_keys: bool = True
    pictures: str = "auto"


@dataclass(frozen=True)
class OwnProfile:
    """What a person may change about themselves."""

    person: PersonLine
    about: str
    email: str
    phone: str
    has_photo: bool


@dataclass(frozen=True)
class SessionLine:
    """A running session in the list."""

    id: int
    device: str
    address: str
    created_at: int
    seen_at: int
    is_this: bool


@dataclass(frozen=True)
class TokenLine:
    """An API token in the list."""

    id: int
    name: str
    hint: str
    created_at: int
    last_used_at: int | None


@dataclass(frozen=True)
class StaffLine:
    """A person in the administrators' list."""

    id: int
    person: PersonLine
    personnel_number: str
    works_here: bool
    #: Those that were granted.
    roles: tuple[str, ...]
    #: Has the role of a manager without a grant, for they manage somebody or run a shop.
    manages: bool = False
    #: Whether nobody knows any more who it was.
    erased: bool = False


@dataclass(frozen=True)
class AuditLine:
    """An act of which a person was the subject."""

    happened_at: int
    action: str
    actor: str
    details: dict[str, Any]


@dataclass(frozen=True)
class StaffPage:
    """A person in the hands of an administrator."""

    line: StaffLine
    has_password: bool
    must_change: bool
    sessions: int
    tokens: int
    audit: tuple[AuditLine, ...]


_BROWSERS = (
    ("YaBrowser", "Yandex"), ("EdgA?|Edge", "Edge"), ("OPR|Opera", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"), ("Chrome|CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X|Macintosh", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_of(user_agent: str) -> str:
    """What a browser calls itself, in words for people ("Chrome · Android"); its own first words when unknown."""
    names = [
        next((name for pattern, name in known if re.search(pattern, user_agent)), "")
        for known in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(name for name in names if name) or user_agent[:40]
