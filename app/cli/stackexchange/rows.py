"""The rows of a dump as typed values. Moments are aware, in UTC; texts are as published."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum


class PostKind(IntEnum):
    """PostTypeId. Kinds that are not listed here are reported and left out."""

    QUESTION = 1
    ANSWER = 2
    ORPHANED_WIKI = 3
    TAG_EXCERPT = 4
    TAG_WIKI = 5
    NOMINATION = 6
    WIKI_PLACEHOLDER = 7
    PRIVILEGE_WIKI = 8


class VoteKind(IntEnum):
    """The VoteTypeId values that mean something to us; a vote row keeps any number."""

    ACCEPTED = 1
    UP = 2
    DOWN = 3
    OFFENSIVE = 4
    FAVOURITE = 5
    BOUNTY_START = 8
    BOUNTY_CLOSE = 9
    DELETION = 10


class LinkKind(IntEnum):
    """LinkTypeId."""

    LINKED = 1
    DUPLICATE = 3


class HistoryKind(IntEnum):
    """The PostHistoryTypeId values that mean something to us: versions of a title, body or tag list, and approval."""

    INITIAL_TITLE = 1
    INITIAL_BODY = 2
    INITIAL_TAGS = 3
    EDIT_TITLE = 4
    EDIT_BODY = 5
    EDIT_TAGS = 6
    ROLLBACK_TITLE = 7
    ROLLBACK_BODY = 8
    ROLLBACK_TAGS = 9
    #: Says of the edit with the same revision that somebody else suggested it.
    SUGGESTION_APPLIED = 24


@dataclass(frozen=True, slots=True)
class User:
    """An account. User −1 ("Community") is the site's own background process."""

    id: int
    name: str
    reputation: int
    created: datetime
    last_seen: datetime | None
    location: str
    about_html: str
    website: str
    account_id: int | None


@dataclass(frozen=True, slots=True)
class Post:
    """A question, an answer, or a text about a tag; `kind` decides which fields mean something.

    `owner_id` is missing when the account was removed; then `owner_name` may still say who wrote it.
    """

    id: int
    kind: PostKind
    created: datetime
    body_html: str
    score: int
    parent_id: int | None
    accepted_answer_id: int | None
    owner_id: int | None
    owner_name: str
    editor_id: int | None
    edited: datetime | None
    last_activity: datetime | None
    title: str
    tags: tuple[str, ...]
    views: int
    licence: str
    closed: datetime | None
    community_owned: datetime | None


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark under a post, in the site's small Markdown."""

    id: int
    post_id: int
    text: str
    score: int
    created: datetime
    user_id: int | None
    user_name: str
    licence: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote on a post: the day is known, the voter nearly never (favourites and bounties name one)."""

    id: int
    post_id: int
    kind: int
    day: date
    user_id: int | None
    bounty: int | None


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic of the site; its texts are posts of their own."""

    id: int
    name: str
    count: int
    excerpt_post_id: int | None
    wiki_post_id: int | None


@dataclass(frozen=True, slots=True)
class PostLink:
    """`post_id` refers to `related_id`, or is a duplicate of it; `kind` keeps any number."""

    id: int
    post_id: int
    related_id: int
    kind: int
    created: datetime


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step in a post's life; the steps of one edit share `revision`; `text` is Markdown, tags or JSON."""

    id: int
    post_id: int
    kind: int
    revision: str
    created: datetime
    user_id: int | None
    user_name: str
    comment: str
    text: str
    licence: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge that a user was given; class 1 is gold, 2 silver, 3 bronze."""

    id: int
    user_id: int
    name: str
    given: datetime
    badge_class: int
    tag_based: bool
