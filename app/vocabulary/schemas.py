"""What the desk's pages are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

#: Words of a group, and parts of a phrase.
LEAST_WORDS, MOST_WORDS = 2, 10
MOST_PARTS = 4
LONGEST_WORD = 60
#: Groups that are shown at once; the field above finds the others.
MOST_SHOWN = 200
#: Groups in a file.
MOST_ROWS = 5_000

#: How long is kept what was looked for in vain, in days.
KEPT_DAYS = 90
#: From so many different people on is shown what they typed.
LEAST_PEOPLE = 2
#: Longer questions are no words to look for, but sentences.
MOST_MISSED_WORDS = 8
LONGEST_MISSED = 80
#: So many digits in a row may be a phone or a document.
TELLTALE_DIGITS = 5
MOST_MISSED_SHOWN = 200


@dataclass(frozen=True)
class GroupLine:
    """Words that mean the same."""

    id: int
    words: tuple[str, ...]
    changed_at: int


@dataclass(frozen=True)
class WordsPage:
    """The desk of synonyms."""

    q: str
    total: int
    groups: tuple[GroupLine, ...]


@dataclass(frozen=True)
class BroughtIn:
    """What a file brought: groups that are new, that got words, and that were there."""

    added: int = 0
    extended: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class MissedLine:
    """Something that was looked for in vain."""

    words: str
    times: int
    #: At least so many different people.
    people: int
    first: date
    last: date
    #: Whether editors have made it a synonym of something meanwhile.
    has_synonym: bool


@dataclass(frozen=True)
class MissedPage:
    """What was looked for in vain in a period, the most wanted first."""

    first: date
    last: date
    lines: tuple[MissedLine, ...]


#: The words of each group by the stems of each of its words.
Vocabulary = Mapping[str, tuple[str, ...]]
