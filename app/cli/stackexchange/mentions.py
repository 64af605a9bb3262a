"""Whom an @ in a comment means: only somebody of the same thread, and only when there is no doubt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: As many letters as the other site needs before it takes a beginning for a name.
_SHORTEST_PREFIX = 3
_MENTION = re.compile(r"(?<![\w@`/])@([\w][\w.'-]*)")
_NOT_IN_NAMES = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]`, the @ included, means the user."""

    start: int
    end: int
    user_id: int


def find_spans(text: str, people: Iterable[tuple[int, str]]) -> tuple[Span, ...]:
    """The mentions in `text` that mean exactly one of `people` (user id and display name), from left to right.

    A name is written without its spaces, and may be cut short after three letters or have an 's behind it; the
    whole name goes before a beginning.
    """
    if "@" not in text:
        return ()
    folded = [(user_id, _folded(name)) for user_id, name in people]
    spans = []
    for found in _MENTION.finditer(text):
        whole = found[1].rstrip(".'-")
        for written in dict.fromkeys((whole, whole.partition("'")[0])):
            meant = _meant(_folded(written), folded)
            if meant is not None:
                spans.append(Span(found.start(), found.start(1) + len(written), meant))
                break
    return tuple(spans)


def _meant(written: str, people: list[tuple[int, str]]) -> int | None:
    whole = [user_id for user_id, name in people if name == written]
    if whole or len(written) < _SHORTEST_PREFIX:
        return whole[0] if len(whole) == 1 else None
    begun = [user_id for user_id, name in people if name.startswith(written)]
    return begun[0] if len(begun) == 1 else None


def _folded(name: str) -> str:
    return _NOT_IN_NAMES.sub("", name.casefold())
