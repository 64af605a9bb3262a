"""What happens to the trust in what was written, and the names of its states."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event

OPINION = "opinion"
CONFIRMED = "confirmed"
OFFICIAL = "official"
CHECK = "check"


@dataclass(frozen=True)
class TrustChanged(Event):
    """The state, validity or scope of an item is another: cards, search and points follow."""

    content_id: int
    #: The publication it belongs to, or the item itself.
    root_id: int


@dataclass(frozen=True)
class MadeOfficial(Event):
    """Somebody who owns its topic stands behind an item."""

    content_id: int
    root_id: int
    author_id: int
    actor_id: int


@dataclass(frozen=True)
class OfficialChanged(Event):
    """Something official no longer says what it said: whoever relied on it has to look again."""

    content_id: int
    root_id: int
    #: "edited", "withdrawn", "gone"; "expired" (ended early), "over" (ended on its day), "limited" (valid from a later
    #: day or for fewer people), "ends" (it has an earlier end).
    why: str
    #: The revision that was official until now.
    revision: int
    #: Who did it, or None.
    actor_id: int | None = None


@dataclass(frozen=True)
class ValidAgain(Event):
    """Something official that was over everywhere is valid again, its text as it was."""

    content_id: int
    root_id: int
    #: Since when it was over.
    over_since: int


@dataclass(frozen=True)
class CheckAsked(Event):
    """An item is to be checked: these people are asked to look at it."""

    content_id: int
    root_id: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class Reworded(Event):
    """What was accepted or confirmed, or its question, says something else now: who vouched for it is asked anew."""

    content_id: int
    root_id: int
    person_ids: tuple[int, ...]
    #: The revision that they vouched for.
    revision: int
    #: Who wrote the new text.
    editor_id: int
    #: Whether the question was rewritten and not the answer; the revision is that of the question then.
    of_question: bool = False


@dataclass(frozen=True)
class StillTrueAsked(Event):
    """The validity of an item has ended somewhere: who answers for it is asked whether it is still true."""

    content_id: int
    root_id: int
    person_ids: tuple[int, ...]
    #: The last day of its validity, as ISO says it.
    until: str
