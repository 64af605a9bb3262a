"""Search results and notifications as programs get them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.base import Answer, moment
from app.api.schemas.people import Person, Unread
from app.api.schemas.places import Group, Topic
from app.core.fulltext.snippets import Piece
from app.notifications.schemas import NotificationLine, NotificationPage
from app.search.schemas import (
    Filters,
    FoundAnswer,
    FoundFile,
    FoundText,
    Option,
    SearchPage,
    Suggestion,
    Suggestions,
    Told,
)  # fmt: skip


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


class FileResult(Answer):
    """A file that was found by its name; `url` is that of the publication or comment it hangs on."""

    type: Literal["file"] = "file"
    id: str
    name: str
    size: Annotated[int, Field(description="In bytes.")]
    alt: str
    url: str
    author: Person
    published_at: datetime

    @classmethod
    def of(cls, file: FoundFile) -> FileResult:
        """The file that was found."""
        return cls(
            id=file.public_id,
            name=_joined(file.name),
            size=file.size,
            alt=file.alt,
            url=file.url,
            author=Person.of(file.author),
            published_at=moment(file.published_at),
        )


class BestAnswer(Answer):
    """What a question is answered with: the accepted answer, a confirmed one, or the most liked."""

    id: str
    text: str
    url: str
    author: Person
    answered_at: datetime
    accepted: bool
    trust: Literal["confirmed", "official", "check"] | None
    vouched_by: Annotated[str, Field(description="Who made it official, or empty.")]
    valid_until: date | None
    not_valid: Literal["over", "not_yet", "elsewhere"] | None

    @classmethod
    def of(cls, answer: FoundAnswer) -> BestAnswer:
        """The answer that is shown."""
        told = answer.told
        return cls.model_validate(
            {
                "id": told.public_id,
                "text": told.text,
                "url": answer.url,
                "author": Person.of(told.author),
                "answered_at": moment(told.at),
                "accepted": told.accepted,
                "trust": told.trust or None,
                "vouched_by": told.vouched_by,
                "valid_until": told.valid_until,
                "not_valid": told.limit or None,
            }
        )


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
    answer: BestAnswer | None

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
                "answer": BestAnswer.of(text.answer) if text.answer else None,
            }
        )


Result = Annotated[
    PersonResult | TopicResult | GroupResult | FileResult | TextResult, Field(discriminator="type")
]


class Narrower(Answer):
    """A value for a parameter of the search, and the matches it would leave under all others."""

    value: str
    count: int


class Narrowers(Answer):
    """How the texts that were found can be narrowed; values that would leave nothing are left out."""

    state: tuple[Narrower, ...]
    period: tuple[Narrower, ...]
    group: tuple[Narrower, ...]

    @classmethod
    def of(cls, filters: Filters) -> Narrowers:
        """What is counted."""

        def counted(options: Sequence[Option]) -> tuple[Narrower, ...]:
            return tuple(Narrower(value=each.value, count=each.count or 0) for each in options)

        return cls(
            state=counted(filters.states), period=counted(filters.periods), group=counted(filters.groups)
        )


class SearchResults(Answer):
    """A page of results: first what was found by its name, then texts. `read_as` is what was searched in place of what
    was typed, in the other keyboard layout or repaired; `instead` is then what was typed: `exact` searches that.
    """

    items: tuple[Result, ...]
    total: int
    counts: dict[str, int]
    filters: Narrowers
    read_as: str
    instead: str
    next_page: int | None

    @classmethod
    def of(cls, page: SearchPage) -> SearchResults:
        """The results of a page."""
        items: list[Result] = [PersonResult(person=Person.of(found.person)) for found in page.people]
        items += [TopicResult(topic=Topic.of(line)) for line in page.topics]
        items += [GroupResult(group=Group.of(line)) for line in page.groups]
        items += [FileResult.of(file) for file in page.files]
        items += [TextResult.of(text) for text in page.texts]
        return cls(
            items=tuple(items),
            total=page.total,
            counts=dict(page.counts),
            filters=Narrowers.of(page.filters),
            read_as=page.read_as,
            instead=page.instead,
            next_page=page.next_page,
        )


class AnswerFound(Answer):
    """The beginning of what a question was answered with: the accepted answer, a confirmed one, or the most liked."""

    text: str
    author: Person
    answered_at: datetime
    accepted: bool

    @classmethod
    def of(cls, told: Told) -> AnswerFound:
        """The answer that is shown."""
        return cls(
            text=told.text,
            author=Person.of(told.author),
            answered_at=moment(told.at),
            accepted=told.accepted,
        )


class SimilarQuestion(Answer):
    """A question that has an answer, or another text that answers by itself; the beginning of that is its `text`."""

    id: str
    kind: str
    url: str
    title: str
    published_at: datetime
    answers: int
    helped: Annotated[int, Field(description="Colleagues who found their answer here without asking.")]
    text: str
    answer: AnswerFound | None
    trust: Literal["confirmed", "official", "check"] | None
    not_valid: Literal["over", "not_yet", "elsewhere"] | None

    @classmethod
    def of(cls, found: Suggestion) -> SimilarQuestion:
        """What is offered."""
        return cls.model_validate(
            {
                "id": found.public_id,
                "kind": found.kind,
                "url": found.url,
                "title": found.title,
                "published_at": moment(found.published_at),
                "answers": found.answers,
                "helped": found.helped,
                "text": found.text,
                "answer": AnswerFound.of(found.told) if found.told else None,
                "trust": found.trust or None,
                "not_valid": found.limit or None,
            }
        )


class SimilarQuestions(Answer):
    """What may answer a question before it is asked, the likest first, and topics it may be about."""

    items: tuple[SimilarQuestion, ...]
    topics: tuple[Topic, ...]

    @classmethod
    def of(cls, found: Suggestions) -> SimilarQuestions:
        """What is offered."""
        items = tuple(SimilarQuestion.of(each) for each in found.items)
        return cls(items=items, topics=tuple(Topic.of(line) for line in found.topics))


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
