"""Search results and notifications as programs get them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.base import Answer, moment
from app.api.schemas.people import Person, Unread
from app.api.schemas.places import Group, Topic
from app.core.fulltext.snippets import Piece
from app.notifications.schemas import NotificationLine, NotificationPage
from app.search.schemas import FoundText, SearchPage


class PersonResult(Answer):
    """A person that was found."""

    type: Literal["person"] = "person"
    person: Person


class TopicResult(Answer):
    """A topic that was found."""

    type: Literal["topic"] = "topic"
    topic: Topic


class GroupResult(Answer):
    """A group that was found."""

    type: Literal["group"] = "group"
    group: Group


class TextResult(Answer):
    """A publication or comment that was found. `title` of a comment is its publication's.

    `trust` of a question is that of its answer; `not_valid` says why it is not valid for the person.
    """

    type: Literal["publication", "comment"]
    id: str
    kind: str
    url: str
    title: str
    snippet: str
    author: Person
    published_at: datetime
    question_state: Literal["waiting", "answered"] | None
    accepted: bool
    trust: Literal["confirmed", "official", "check"] | None
    not_valid: Literal["over", "not_yet", "elsewhere"] | None
    comments: int
    likes: int

    @classmethod
    def of(cls, text: FoundText) -> TextResult:
        """The text that was found."""
        return cls.model_validate(
            {
                "type": "comment" if text.kind in ("comment", "answer") else "publication",
                "id": text.public_id,
                "kind": text.kind,
                "url": text.url,
                "title": _joined(text.title),
                "snippet": _joined(text.snippet),
                "author": Person.of(text.author),
                "published_at": moment(text.published_at),
                "question_state": text.question_state,
                "accepted": text.accepted,
                "trust": text.trust or None,
                "not_valid": text.limit or None,
                "comments": text.comments,
                "likes": text.likes,
            }
        )


Result = Annotated[PersonResult | TopicResult | GroupResult | TextResult, Field(discriminator="type")]


class SearchResults(Answer):
    """A page of results: first what was found by its name, then texts. `read_as` is what was searched instead, when
    the words were typed in the other keyboard layout.
    """

    items: tuple[Result, ...]
    total: int
    counts: dict[str, int]
    read_as: str
    next_page: int | None

    @classmethod
    def of(cls, page: SearchPage) -> SearchResults:
        """The results of a page."""
        items: list[Result] = [PersonResult(person=Person.of(found.person)) for found in page.people]
        items += [TopicResult(topic=Topic.of(line)) for line in page.topics]
        items += [GroupResult(group=Group.of(line)) for line in page.groups]
        items += [TextResult.of(text) for text in page.texts]
        return cls(
            items=tuple(items),
            total=page.total,
            counts=dict(page.counts),
            read_as=page.read_as,
            next_page=page.next_page,
        )


class NotificationOf(Answer):
    """One line of the bell: everything of one reason about one thing, together. Its `url` marks it as read."""

    reason: str
    person: Person | None
    people: int
    at: datetime
    unread: bool
    kind: str
    quote: str
    group: str
    url: str

    @classmethod
    def of(cls, line: NotificationLine) -> NotificationOf:
        """The line of a page."""
        return cls(
            reason=line.reason,
            person=Person.of(line.person) if line.person else None,
            people=line.people,
            at=moment(line.at),
            unread=line.unread,
            kind=line.kind,
            quote=line.about,
            group=line.group,
            url=f"/notifications/{line.id}/open",
        )


class Notifications(Answer):
    """A page of the bell, latest first."""

    items: tuple[NotificationOf, ...]
    unread: Unread
    next: str | None

    @classmethod
    def of(cls, page: NotificationPage) -> Notifications:
        """The lines of a page."""
        items = tuple(NotificationOf.of(line) for line in page.lines)
        return cls(items=items, unread=Unread.of(page.unread), next=page.next)


def _joined(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
