"""What pages of moderation show. Moments are microseconds since the epoch, UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.content.schemas import FileView, PictureView, PlaceLine
from app.core.i18n import lazy_gettext as _
from app.people.schemas import PersonLine

#: Reason of a report → its words and an explanation.
REASON_WORDS: dict[str, tuple[Any, Any]] = {
    "rude": (_("Rude or insulting"), _("Insults, threats, mockery of a person")),
    "confidential": (
        _("Confidential"),
        _("What must not leave a smaller circle: plans, figures, agreements"),
    ),
    "customer_data": (_("Customer's data"), _("Names, numbers, documents or photos of customers")),
    "spam": (_("Advertising or spam"), _("Selling, campaigning, the same thing again and again")),
    "other": (_("Something else"), _("Say below what is wrong")),
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report."""

    reporter: PersonLine
    reason: str
    note: str
    at: int
    #: "open", "upheld", "dismissed" or "gone".
    state: str

    @property
    def words(self) -> Any:
        """The reason in the reader's language."""
        return REASON_WORDS[self.reason][0]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision."""

    #: "hide", "restore" or "keep".
    action: str
    reason: str
    moderator: PersonLine
    at: int


@dataclass(frozen=True, slots=True)
class CaseItem:
    """The text that a case is about: the report discloses it."""

    id: int
    public_id: str
    #: "news", "question", "comment" or "answer".
    kind: str
    state: str
    author: PersonLine
    place: PlaceLine | None
    published_at: int
    title: str
    excerpt: str
    body_html: Markup
    #: Whether there is more of it than `body_html` shows.
    long: bool
    #: Where it stands, for readers who may go there.
    url: str | None
    pictures: tuple[PictureView, ...] = ()
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A text with what was said and decided about it."""

    item: CaseItem
    reports: tuple[ReportLine, ...]
    #: Reports that wait, those not in `reports` included.
    waiting: int
    decisions: tuple[DecisionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Queue:
    """Cases that wait, those waiting longest first."""

    cases: tuple[Case, ...]
    #: How many wait in all.
    waiting: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in the list of all, with the text it was about."""

    item: CaseItem
    decision: DecisionLine


@dataclass(frozen=True, slots=True)
class DecidedPage:
    """Decisions, latest first, and the cursor to go on (None at the end)."""

    lines: tuple[Decided, ...]
    waiting: int
    next: str | None
