"""What a plan of threads is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.cli.demo.phrases import Text

NEWS = "news"
QUESTION = "question"
ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was posted: "company", "group", "person", "shop" or "department", and its index in the plan."""

    kind: str = "company"
    index: int = -1


@dataclass(slots=True)
class Like:
    """A person (index) likes at a moment."""

    person: int
    at: int


@dataclass(slots=True)
class Remark:
    """A comment or an answer; `reply_to` is an earlier remark's place in the thread."""

    author: int
    at: int
    text: Text
    answer: bool = False
    reply_to: int | None = None
    likes: list[Like] = field(default_factory=list)


@dataclass(slots=True)
class Complaint:
    """Somebody reported the publication (`remark` None) or a remark; what the moderators made of it."""

    remark: int | None
    reporter: int
    at: int
    reason: str
    #: "open", "upheld" (the text is hidden) or "dismissed".
    outcome: str
    handled_at: int | None = None


@dataclass(slots=True)
class AddedTopics:
    """A colleague added topics to the publication."""

    person: int
    at: int
    topics: tuple[str, ...]


@dataclass(slots=True)
class Shelf:
    """What makes a story an article; its author is its owner. People are indexes in the plan."""

    review_by: date | None
    #: Who opened it, and when.
    readers: list[tuple[int, int]]
    contributors: tuple[int, ...] = ()
    #: The story of whose thread it was made.
    made_of: Story | None = None
    #: When the owner moved, so that somebody has to decide who looks after it.
    handed_at: int | None = None

    def move(self, fit: Callable[[int], int]) -> None:
        """Replace every moment by what `fit` makes of it."""
        self.readers = [(person, fit(at)) for person, at in self.readers]
        self.handed_at = fit(self.handed_at) if self.handed_at else None


@dataclass(slots=True)
class Story:
    """A publication with its whole thread. People, groups, shops are indexes in the plan."""

    author: int
    at: int
    kind: str
    text: Text
    place: Place = field(default_factory=Place)
    title: str = ""
    remarks: list[Remark] = field(default_factory=list)
    likes: list[Like] = field(default_factory=list)
    #: Place of the accepted answer in `remarks`, and when it was accepted.
    accepted: int | None = None
    accepted_at: int | None = None
    added: AddedTopics | None = None
    complaints: list[Complaint] = field(default_factory=list)
    #: The text before an edit, and when it was edited.
    first_text: Text | None = None
    edited_at: int | None = None
    pinned_at: int | None = None
    #: Names of drawn pictures or made files, see `attachments`.
    attachments: tuple[str, ...] = ()
    #: Of an article.
    shelf: Shelf | None = None
    #: Its id in the database, once it is written.
    row: int = 0

    def move(self, fit: Callable[[int], int]) -> None:
        """Replace every moment of the thread by what `fit` makes of it."""
        written: list[Story | Remark] = [self, *self.remarks]
        for each in written:
            each.at = fit(each.at)
            for like in each.likes:
                like.at = fit(like.at)
        if self.added is not None:
            self.added.at = fit(self.added.at)
        for complaint in self.complaints:
            complaint.at = fit(complaint.at)
            complaint.handled_at = fit(complaint.handled_at) if complaint.handled_at else None
        self.accepted_at = fit(self.accepted_at) if self.accepted_at else None
        self.edited_at = fit(self.edited_at) if self.edited_at else None
        self.pinned_at = fit(self.pinned_at) if self.pinned_at else None
        if self.shelf is not None:
            self.shelf.move(fit)

    def hidden(self, remark: int | None) -> Complaint | None:
        """The upheld complaint about the publication (None) or a remark."""
        return next(
            (one for one in self.complaints if one.remark == remark and one.outcome == "upheld"), None
        )
