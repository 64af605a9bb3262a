"""Publications and comments as programs get them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal

from app.api.schemas.base import Answer, moment
from app.api.schemas.people import Person
from app.articles.schemas import ArticleDetails
from app.badges.schemas import ThanksDetails
from app.content.models import ANSWER, ARTICLE, THANKS
from app.content.schemas import CommentCard, FileView, OriginView, PictureView, PublicationCard
from app.files.schemas import UploadedFile
from app.trust.models import OPINION
from app.trust.schemas import TrustMark


class PlaceOf(Answer):
    """Where something was published."""

    kind: Literal["company", "group", "person", "shop", "department"]
    name: str
    url: str


class TopicOf(Answer):
    """A topic of a publication."""

    name: str
    url: str
    priority: bool


class Picture(Answer):
    """A photo. Addresses are of this API; sides are in pixels."""

    id: str
    url: str
    thumb_url: str
    width: int
    height: int
    alt: str

    @classmethod
    def of(cls, picture: PictureView) -> Picture:
        """The photo of a card."""
        return cls(
            id=picture.id,
            url=_file_url(picture.id, "full"),
            thumb_url=_file_url(picture.id, "thumb"),
            width=picture.width,
            height=picture.height,
            alt=picture.alt,
        )


class Document(Answer):
    """A file to download. `size` is in bytes."""

    id: str
    url: str
    name: str
    size: int

    @classmethod
    def of(cls, file: FileView) -> Document:
        """The file of a card."""
        return cls(id=file.id, url=_file_url(file.id, "original"), name=file.name, size=file.size)


class NewFile(Answer):
    """A file that was just uploaded. `size` is in bytes, as uploaded."""

    id: str
    url: str
    name: str
    kind: Literal["picture", "document"]
    size: int

    @classmethod
    def of(cls, file: UploadedFile) -> NewFile:
        """The file that was kept."""
        variant = "full" if file.kind == "picture" else "original"
        return cls.model_validate(
            {
                "id": file.id,
                "url": _file_url(file.id, variant),
                "name": file.name,
                "kind": file.kind,
                "size": file.size,
            }
        )


class Origin(Answer):
    """Where imported content comes from, and whose it is."""

    site_name: str
    url: str
    author_name: str
    author_url: str
    licence: str

    @classmethod
    def of(cls, origin: OriginView) -> Origin:
        """The attribution of a card."""
        return cls(
            site_name=origin.site_name,
            url=origin.url,
            author_name=origin.author_name,
            author_url=origin.author_url,
            licence=origin.licence,
        )


class Trust(Answer):
    """How far something may be trusted, until when, and for whom alone. Empty lists mean everybody.

    Days begin and end at midnight where the reader's shop is.
    """

    state: Literal["opinion", "confirmed", "official", "check"]
    official: bool
    official_by: str | None
    valid_from: date | None
    valid_until: date | None
    expired: bool
    regions: tuple[str, ...]
    shop_formats: tuple[str, ...]
    positions: tuple[str, ...]

    @classmethod
    def of(cls, mark: TrustMark | None, *, accepted: bool) -> Trust:
        """What a card shows; without a mark an opinion, or what the asker has accepted."""
        if mark is None:
            mark = TrustMark(0, OPINION, "", 0)
        return cls(
            state=mark.state(accepted=accepted),  # type: ignore[arg-type]
            official=mark.is_official,
            official_by=mark.official_by or None,
            valid_from=mark.limits.valid_from,
            valid_until=mark.limits.valid_until,
            expired=mark.expired,
            regions=mark.regions,
            shop_formats=mark.shop_formats,
            positions=mark.positions,
        )


class _Item(Answer):
    """What publications and comments have in common. `liked` is by the person the token acts for.

    `revision` counts its versions: whoever vouches for the text says which one was read.
    """

    id: str
    url: str
    revision: int
    author: Person
    published_at: datetime
    edited: bool
    body_html: str
    likes: int
    liked: bool
    state: Literal["published", "hidden"]
    hidden_reason: str | None
    pictures: tuple[Picture, ...]
    files: tuple[Document, ...]
    origin: Origin | None


class Comment(_Item):
    """A comment or answer. `parent` is the id of the comment it replies to."""

    kind: Literal["comment", "answer"]
    publication: str
    parent: str | None
    accepted: bool
    #: Of what is no answer, null.
    trust: Trust | None

    @classmethod
    def of(cls, card: CommentCard, liked: Collection[int]) -> Comment:
        """The comment of a card; `liked` are the ids of what the reader likes."""
        return cls.model_validate(_comment(card, liked))


class ThreadComment(Comment):
    """A comment with the replies to it."""

    replies: tuple[Comment, ...]

    @classmethod
    def of_thread(cls, card: CommentCard, liked: Collection[int]) -> ThreadComment:
        """The comment of a card with its replies."""
        replies = tuple(Comment.of(reply, liked) for reply in card.replies)
        return cls.model_validate({**_comment(card, liked), "replies": replies})


class ThanksOf(Answer):
    """Whom a publication thanks, with which badge, and the address of what it is for, or null."""

    badge: str
    badge_name: str
    people: tuple[Person, ...]
    about: str | None

    @classmethod
    def of(cls, details: ThanksDetails) -> ThanksOf:
        """What a card of thanks shows."""
        return cls(
            badge=details.badge.code,
            badge_name=details.badge.name,
            people=tuple(Person.of(person) for person in details.people),
            about=details.about_url or None,
        )


class ArticleOf(Answer):
    """Who looks after an article, and until when it counts as checked."""

    owner: Person
    review_by: date | None
    overdue: bool

    @classmethod
    def of(cls, details: ArticleDetails) -> ArticleOf:
        """What a card of an article shows."""
        return cls(
            owner=Person.of(details.owner),
            review_by=details.review_by,
            overdue=details.overdue,
        )


class Publication(_Item):
    """A publication. Of a question `question_state` says whether an answer was accepted, and which."""

    kind: str
    title: str
    place: PlaceOf
    topics: tuple[TopicOf, ...]
    comments: int
    answers: int
    question_state: Literal["waiting", "answered"] | None
    accepted_answer: Comment | None
    #: Of what is no thanks, null.
    thanks: ThanksOf | None
    #: Of an article on its own, else null.
    article: ArticleOf | None
    #: Of an article, else null: of a question it is that of its answer.
    trust: Trust | None
    pinned: bool


class FeedPublication(Publication):
    """A publication in a stream, with its last comments."""

    last_comments: tuple[Comment, ...]

    @classmethod
    def of(cls, card: PublicationCard, liked: Collection[int]) -> FeedPublication:
        """The publication of a card; `liked` are the ids of what the reader likes."""
        comments = tuple(Comment.of(comment, liked) for comment in card.last_comments)
        return cls.model_validate({**_publication(card, liked), "last_comments": comments})


class PublicationPage(Publication):
    """A publication with its whole thread."""

    thread: tuple[ThreadComment, ...]

    @classmethod
    def of(
        cls, card: PublicationCard, thread: Sequence[CommentCard], liked: Collection[int]
    ) -> PublicationPage:
        """The publication of a page."""
        comments = tuple(ThreadComment.of_thread(comment, liked) for comment in thread)
        return cls.model_validate({**_publication(card, liked), "thread": comments})


class NewPublication(Publication):
    """What was published. `unreached` names people who were mentioned, may not see the place and were told nothing."""

    unreached: tuple[str, ...]

    @classmethod
    def of(cls, card: PublicationCard, liked: Collection[int], unreached: Sequence[str]) -> NewPublication:
        """The publication of a card."""
        return cls.model_validate({**_publication(card, liked), "unreached": tuple(unreached)})


class NewComment(Comment):
    """The comment that was made. `unreached` as in a new publication."""

    unreached: tuple[str, ...]

    @classmethod
    def of_new(cls, card: CommentCard, liked: Collection[int], unreached: Sequence[str]) -> NewComment:
        """The comment of a card."""
        return cls.model_validate({**_comment(card, liked), "unreached": tuple(unreached)})


class Publications(Answer):
    """A page of a stream. What is pinned in the place stands first on the first page."""

    items: tuple[FeedPublication, ...]
    next: str | None


class Likes(Answer):
    """How many like it, and whether the person does."""

    likes: int
    liked: bool


class Accepted(Answer):
    """The question, and whether the answer is the accepted one now."""

    publication: str
    accepted: bool


def likeable_ids(card: PublicationCard, thread: Sequence[CommentCard] = ()) -> Iterator[int]:
    """Row ids of everything in a card and its thread that can be liked."""
    yield card.id
    for comment in (*card.last_comments, *((card.accepted,) if card.accepted else ()), *thread):
        yield comment.id
        yield from (reply.id for reply in comment.replies)


def _item(card: PublicationCard | CommentCard, liked: Collection[int]) -> dict[str, Any]:
    return {
        "id": card.public_id,
        "url": card.url,
        "revision": card.revision,
        "author": Person.of(card.author),
        "published_at": moment(card.published_at),
        "edited": card.edited,
        "body_html": str(card.body_html),
        "likes": card.likes,
        "liked": card.id in liked,
        "state": card.state,
        "hidden_reason": card.hidden_reason,
        "pictures": tuple(Picture.of(picture) for picture in card.pictures),
        "files": tuple(Document.of(file) for file in card.files),
        "origin": Origin.of(card.origin) if card.origin else None,
        "kind": card.kind,
    }


def _comment(card: CommentCard, liked: Collection[int]) -> dict[str, Any]:
    return {
        **_item(card, liked),
        "publication": card.root_public_id,
        "parent": card.parent_public_id,
        "accepted": card.accepted,
        "trust": Trust.of(card.trust, accepted=card.accepted) if card.kind == ANSWER else None,
    }


def _publication(card: PublicationCard, liked: Collection[int]) -> dict[str, Any]:
    place = card.place
    return {
        **_item(card, liked),
        "title": card.title,
        "place": {
            "kind": place.kind if place else "company",
            "name": place.name if place else "",
            "url": place.url if place else "/",
        },
        "topics": tuple(
            TopicOf(name=topic.name, url=topic.url, priority=topic.priority) for topic in card.topics
        ),
        "comments": card.comments,
        "answers": card.answers,
        "question_state": card.question_state,
        "accepted_answer": Comment.of(card.accepted, liked) if card.accepted else None,
        "thanks": ThanksOf.of(card.details) if card.kind == THANKS and card.details else None,
        "article": ArticleOf.of(card.details) if card.kind == ARTICLE and card.details else None,
        "trust": Trust.of(card.trust, accepted=False) if card.kind == ARTICLE else None,
        "pinned": card.pinned,
    }


def _file_url(public_id: str, variant: str) -> str:
    return f"/api/v1/files/{public_id}/{variant}"
