"""What the steps of one import share: the dump, the database's side of it, and the count of what happened."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from app.cli.stackexchange.outline import Outline
from app.cli.stackexchange.problems import Problems
from app.cli.stackexchange.reader import DumpReader
from app.cli.stackexchange.suggested import SuggestedEdits
from app.search import service as search

_Item = TypeVar("_Item")


class Outcome(StrEnum):
    """What became of one thing."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    #: Gone at the source, but people here refer to it.
    KEPT = "kept"
    #: Changed at the source and here: ours stays.
    OURS = "ours"


class Progress(Protocol):
    """Shows how far a step is."""

    def __call__(self, label: str, length: int) -> AbstractContextManager["Advance"]:
        """Begin a step of `length` units."""


class Advance(Protocol):
    """Moves the running step on."""

    def update(self, n_steps: int) -> None:
        """Move on by so many units."""


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person here who stands for somebody there."""

    id: int
    handle: str
    name: str


@dataclass
class Tally:
    """How many things of a kind had which outcome."""

    counts: Counter[tuple[str, Outcome]] = field(default_factory=Counter)

    def add(self, what: str, outcome: Outcome, number: int = 1) -> None:
        """Count `number` things."""
        if number:
            self.counts[what, outcome] += number

    def of(self, what: str, outcome: Outcome) -> int:
        """How many things there were."""
        return self.counts[what, outcome]


@dataclass
class Run:
    """One import under way."""

    reader: DumpReader
    outline: Outline
    problems: Problems
    progress: Progress
    source_id: int
    #: Whether there is a search index to keep up with what is written; otherwise it is built afterwards.
    is_indexed: bool = False
    tally: Tally = field(default_factory=Tally)
    #: People by the source's key.
    people: dict[str, PersonRef] = field(default_factory=dict)
    #: People of earlier imports whom this dump does not name.
    gone_people: dict[str, PersonRef] = field(default_factory=dict)
    #: Content rows by the source's key.
    content: dict[str, int] = field(default_factory=dict)
    #: Topics by tag.
    topics: dict[str, int] = field(default_factory=dict)
    #: Topics of tags that this dump no longer has, kept for what refers to them here.
    gone_topics: list[int] = field(default_factory=list)
    #: Publications of which a card shows something new.
    touched: set[int] = field(default_factory=set)
    #: Edits that others approved, noted while the post history is read.
    suggested: SuggestedEdits = field(default_factory=SuggestedEdits)

    @property
    def site(self) -> str:
        """The site's host name."""
        return self.reader.site

    def note(self, kind: str, ids: Iterable[int]) -> None:
        """Have search read these documents anew once the open unit of work has committed."""
        if self.is_indexed:
            search.mark([(kind, id_) for id_ in ids], search.REPAIR)

    def note_thread(self, content_id: int, root_id: int) -> None:
        """As `note`, for a publication or comment with all that is seen only as long as it is."""
        if self.is_indexed:
            search.mark_thread(content_id, root_id, search.REPAIR)

    def steps(self, label: str, items: Iterable[_Item], length: int) -> Iterator[_Item]:
        """The items, shown as a step while they are taken."""
        with self.progress(label, length) as bar:
            for item in items:
                yield item
                bar.update(1)
