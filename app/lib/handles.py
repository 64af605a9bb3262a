"""Handles: the unique names by which people and groups are mentioned (`@анна.петрова`, `@help-desk`)."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from app.lib.characters import MARKS
from app.lib.paths import segment
from app.lib.text import fold

#: Shortest and longest handle, in characters.
MIN_HANDLE = 2
MAX_HANDLE = 64

# A suggested handle stays short enough for a number behind it and for a phone's screen.
_MAX_PART = 24

_CHAR = rf"(?:[^\W_]|[{MARKS}])"
_HANDLE = rf"[^\W_]{_CHAR}*+(?:[._-]{_CHAR}++)*+"
_MENTION = re.compile(rf"[@＠]({_HANDLE})(?![@＠]|://)")
_MARKER = re.compile("[@＠]")
_CANNOT_PRECEDE = re.compile(rf"[\w{MARKS}&/@＠]")
_BETWEEN_WORDS = re.compile(r"[\s‐‑–—-]+")
_NOT_IN_A_NAME = re.compile(rf"[^\w{MARKS}-]|_")

#: A whole handle as it is stored: folded, parts joined by single dots, hyphens or underscores.
HANDLE_RE = re.compile(rf"(?=.{{{MIN_HANDLE},{MAX_HANDLE}}}\Z){_HANDLE}\Z")

#: Handles nobody gets: they mean everybody, an office, or a page.
RESERVED_HANDLES = frozenset(
    """
    admin administrator all anonymous api card channel company deleted edit everybody everyone group groups guest
    help here me moderator new nobody null people root search security settings shopfloor static support system topics
    undefined админ администратор безопасность все всем группа группы здесь имя компания коллеги люди модератор
    никто поддержка поиск помощь система темы удален я
    """.split()
)


@dataclass(frozen=True, slots=True)
class MentionMatch:
    """A mention found in a text: `text[start:end]` is the marker and the handle; `handle` is folded."""

    start: int
    end: int
    handle: str


def fold_handle(handle: str) -> str:
    """Return a handle as it is stored and compared ("@Алёна.Ким" → "алена.ким")."""
    return fold(handle.lstrip("@＠"))


def is_handle(handle: str) -> bool:
    """Tell whether `handle` may be given to a person or a group (folded, well formed, not reserved)."""
    return HANDLE_RE.match(handle) is not None and fold(handle) == handle and handle not in RESERVED_HANDLES


def match_mention(text: str, at: int) -> MentionMatch | None:
    """Return the mention whose `@` stands at `text[at]`, or None when there is none (an e-mail address, say)."""
    found = _MENTION.match(text, at)
    if found is None or (at > 0 and _CANNOT_PRECEDE.match(text, at - 1)):
        return None
    handle = fold_handle(found.group(1))
    if HANDLE_RE.match(handle) is None:
        return None
    return MentionMatch(at, found.end(), handle)


def find_mentions(text: str) -> Iterator[MentionMatch]:
    """Yield the mentions of a plain text from left to right. Linear."""
    for marker in _MARKER.finditer(text):
        mention = match_mention(text, marker.start())
        if mention is not None:
            yield mention


def mention_path(handle: str) -> str:
    """Return the path that leads to whoever has `handle`."""
    return "/@" + segment(fold_handle(handle))


def suggest_handle(first: str, last: str) -> str:
    """Return a readable handle for a name: "Анна", "Петрова" → "анна.петрова". It may be taken; see `unique_handle`."""
    handle = ".".join(part for part in (_name_part(first), _name_part(last)) if part)
    return handle if HANDLE_RE.match(handle) else "employee"


def _name_part(name: str) -> str:
    """Fold one name, words joined by hyphens, anything but letters and digits dropped."""
    hyphenated = _BETWEEN_WORDS.sub("-", fold(name).strip())
    letters = _NOT_IN_A_NAME.sub("", hyphenated)
    words = [word for word in letters.split("-") if word]
    part = "-".join(words)[:_MAX_PART].strip("-")
    return part if re.fullmatch(_HANDLE, part) else ""


def unique_handle(base: str, taken: Container[str]) -> str:
    """Return `base`, or `base` with the smallest number from 2 on that is neither in `taken` nor reserved.

    Asks `taken` once a number: give a set, not a query, when handles are made by the thousand.
    """
    base = fold_handle(base)
    if base not in taken and is_handle(base):
        return base
    stem = base[: MAX_HANDLE - 6].rstrip("._-") if HANDLE_RE.match(base) else "employee"
    number = 2
    while (candidate := f"{stem}{number}") in taken or not is_handle(candidate):
        number += 1
    return candidate
