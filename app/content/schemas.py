"""Values handed in (commands) and out (view models) of the spine. Moments are microseconds since the epoch, UTC."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as data_field
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement

from app.core.actor import Actor
from app.people.schemas import PersonLine
from app.topics.schemas import TopicChip

#: The audit's name for photos and files that were added, removed or put into another order.
FILES_CHANGED = "content.files"

# Commands ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where something is posted, as the person named it: kind and key (handle, code or id)."""

    kind: str = "company"
    key: str = ""
    #: Its name, where the page knows it.
    label: str = ""

    @classmethod
    def parse(cls, text: str) -> Place:
        """The place written "company", "group:<handle>", "person:<handle>", "shop:<code>" or "department:<id>"."""
        kind, _, key = text.strip().partition(":")
        return cls(kind or "company", key)


@dataclass(frozen=True)
class Publish:
    """A publication to be made."""

    kind: str
    body: str
    place: Place = Place()
    title: str = ""
    file_ids: tuple[str, ...] = ()
    #: It was written some time ago: what is being typed by now is another text.
    late: bool = False
    #: What pictures show in words, by public id.
    alts: Mapping[str, str] = data_field(default_factory=dict)


@dataclass(frozen=True)
class AddComment:
    """A comment or answer to be made. `parent` is the public id of what it replies to, or empty."""

    body: str
    parent: str = ""
    answer: bool = False
    file_ids: tuple[str, ...] = ()
    #: As in `Publish`.
    late: bool = False
    #: What pictures show in words, by public id.
    alts: Mapping[str, str] = data_field(default_factory=dict)


@dataclass(frozen=True)
class Edit:
    """A changed text; `revision` is the one the person began from."""

    body: str
    revision: int
    title: str = ""
    file_ids: tuple[str, ...] | None = None
    #: What was changed and why, kept with the revision.
    note: str = ""
    #: What pictures show in words, by public id.
    alts: Mapping[str, str] = data_field(default_factory=dict)
    #: It waited on its writer's device: what they have begun meanwhile stays.
    late: bool = False


@dataclass(frozen=True)
class Made:
    """What came of publishing or commenting."""

    public_id: str
    root_public_id: str
    #: Names of people who were mentioned but may not see the place; they were told nothing.
    unreached: tuple[str, ...] = ()
    #: Whether it was made now, not by an earlier request with the same key.
    fresh: bool = True


# Kinds ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ContentKind:
    """What a feature registers for its kind of publication."""

    name: str
    #: Called inside the publishing transaction with the content id, to make the side row.
    on_create: Callable[[int], None] = lambda content_id: None
    #: Over `ContentItem`: the id of its accepted answer, NULL for other kinds. Part of the statement that reads cards.
    accepted: ColumnElement[Any] | None = None
    #: Made by its feature's own use case alone, never by the composer; its text is needed though files come with it.
    composed: bool = False
    #: Most characters of its text, if fewer than of others.
    longest: int | None = None
    #: Its text answers questions by itself, so that it is offered to who begins to ask.
    answers: bool = False
    #: content id → what its cards show besides, in at most one statement.
    details: Callable[[Sequence[int]], Mapping[int, Any]] = lambda ids: {}
    #: Over `ContentItem`: a word its cards are marked with, NULL for other kinds. Read with the cards.
    mark: ColumnElement[Any] | None = None
    #: Over `ContentItem`: what only its page shows besides, as one text, NULL for other kinds; and how that is read.
    facts: ColumnElement[Any] | None = None
    read_facts: Callable[[str], Any] = str
    #: Over `ContentItem` of any kind: "id title" of what was made of it and all its readers may see, or NULL.
    made_of: ColumnElement[Any] | None = None
    #: Whether it has to have a title.
    titled: bool = False
    #: Who may change and who may delete an item, where that is not its author; asked with the actor and the item.
    may_edit: Callable[[Actor, Any], bool] | None = None
    may_delete: Callable[[Actor, Any], bool] | None = None
    #: Below this address and the item's public id stand its pages "edit" and "history".
    pages: str = "/items"


_kinds: dict[str, ContentKind] = {}
_hidden_reasons: Callable[[Sequence[int]], Mapping[int, str]] = lambda ids: {}  # noqa: E731


def register_kind(kind: ContentKind) -> None:
    """Make a kind of publication known; called at bootstrap by the feature that owns it."""
    _kinds[kind.name] = kind


def kinds() -> Mapping[str, ContentKind]:
    """Every registered kind of publication, by name."""
    return _kinds


def register_hidden_reasons(find: Callable[[Sequence[int]], Mapping[int, str]]) -> None:
    """Say who knows why hidden rows were hidden: content id → reason, in at most one statement."""
    global _hidden_reasons
    _hidden_reasons = find


def hidden_reasons(ids: Sequence[int]) -> Mapping[int, str]:
    """Why these rows were hidden. No statement for no ids."""
    return _hidden_reasons(ids) if ids else {}


_trust: Callable[[Sequence[int]], Mapping[int, Any]] = lambda ids: {}  # noqa: E731
_trusted: Mapping[str, Any] = {}


def register_trust(read: Callable[[Sequence[int]], Mapping[int, Any]], of_kinds: Mapping[str, Any]) -> None:
    """Say who knows how far items of some kinds may be trusted: content id → what cards show, in one statement."""
    global _trust, _trusted
    _trust, _trusted = read, of_kinds


def trusted(kind: str) -> bool:
    """Whether items of a kind have a state of trust."""
    return kind in _trusted


def trust_of(ids: Sequence[int]) -> Mapping[int, Any]:
    """How far these items may be trusted; absent where nothing is known. No statement for no ids."""
    return _trust(ids) if ids else {}


# View models ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """Where something was posted."""

    kind: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class PictureView:
    """A photo with its previews."""

    id: str
    url: str
    wide_url: str
    thumb_url: str
    full_url: str
    width: int
    height: int
    alt: str
    #: Bytes in the size that a feed shows; 0 while they were not counted.
    size: int = 0


@dataclass(frozen=True, slots=True)
class FileView:
    """A document to download; `size` is in bytes."""

    id: str
    url: str
    name: str
    size: int
    type_label: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A photo or document in a list of files, with the publication it stands on; `size` is in bytes."""

    name: str
    url: str
    #: None for documents.
    thumb_url: str | None
    alt: str
    size: int
    author: PersonLine
    item_url: str
    published_at: int


@dataclass(frozen=True, slots=True)
class FilesPage:
    """A page of files, latest first, of one kind or of all (""), and the cursor to go on."""

    lines: tuple[FileLine, ...]
    kind: str
    next: str | None


@dataclass(frozen=True, slots=True)
class OriginView:
    """The attribution of imported content."""

    site_name: str
    url: str
    author_name: str
    author_url: str
    licence: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """A small event in a thread."""

    kind: str
    actor: PersonLine
    at: int
    topics: tuple[TopicChip, ...]


@dataclass(frozen=True, slots=True)
class CommentCard:
    """A comment or answer."""

    id: int
    public_id: str
    url: str
    root_public_id: str
    parent_public_id: str | None
    kind: str
    author: PersonLine
    published_at: int
    edited: bool
    body_html: Markup
    long: bool
    likes: int
    accepted: bool
    state: str
    revision: int
    #: How far it may be trusted (`register_trust`), or None.
    trust: Any = None
    pictures: tuple[PictureView, ...] = ()
    files: tuple[FileView, ...] = ()
    hidden_reason: str | None = None
    origin: OriginView | None = None
    reply_to_name: str | None = None
    replies: tuple[CommentCard, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeLine:
    """A publication that was made of another one."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class PublicationCard:
    """A publication as the feed shows it, the same for every reader."""

    id: int
    public_id: str
    version: int
    kind: str
    url: str
    author: PersonLine
    place: PlaceLine | None
    published_at: int
    edited: bool
    title: str
    body_html: Markup
    long: bool
    likes: int
    liker: PersonLine | None
    comments: int
    answers: int
    #: None, "waiting" or "answered".
    question_state: str | None
    pinned: bool
    state: str
    revision: int
    #: What its kind shows besides, or None.
    details: Any = None
    #: How far it may be trusted itself (`register_trust`), or None.
    trust: Any = None
    hidden_reason: str | None = None
    accepted: CommentCard | None = None
    origin: OriginView | None = None
    pictures: tuple[PictureView, ...] = ()
    files: tuple[FileView, ...] = ()
    topics: tuple[TopicChip, ...] = ()
    events: tuple[EventLine, ...] = ()
    last_comments: tuple[CommentCard, ...] = ()
    #: Comments that are not among `last_comments`.
    earlier: int = 0
    #: The mark of its kind, or "".
    mark: str = ""
    #: What was made of it, on its own page.
    made: MadeLine | None = None


@dataclass(frozen=True, slots=True)
class StreamRow:
    """A publication's place in a stream: enough to ask the card cache."""

    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A page of publications, and the cursor to go on (None at the end)."""

    rows: tuple[StreamRow, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ItemMenu:
    """What the reader may do with an item."""

    public_id: str
    root_public_id: str
    is_publication: bool
    revision: int
    actions: tuple[str, ...] = data_field(default=())
    pinned: bool = False
    state: str = "published"
    #: Below this address stand its pages "edit" and "history".
    pages: str = "/items"
    kind: str = ""
