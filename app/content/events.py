"""What happens to content."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class ContentPublished(Event):
    """A publication appeared."""

    content_id: int
    kind: str
    author_id: int
    topic_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class CommentAdded(Event):
    """A comment or answer appeared in a thread."""

    content_id: int
    root_id: int
    kind: str
    author_id: int
    parent_id: int | None = None


@dataclass(frozen=True)
class ContentEdited(Event):
    """A text changed. `root_id` is the publication itself or the one it belongs to."""

    content_id: int
    root_id: int
    editor_id: int
    #: People and groups whom the new text mentions and the old one did not.
    new_person_ids: tuple[int, ...] = ()
    new_group_ids: tuple[int, ...] = ()
    #: Topics it is no longer about.
    topic_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class ContentDeleted(Event):
    """Its author, or somebody with the right, took it away."""

    content_id: int
    root_id: int
    actor_id: int


@dataclass(frozen=True)
class ContentHidden(Event):
    """A moderator hid it."""

    content_id: int
    root_id: int
    author_id: int
    moderator_id: int


@dataclass(frozen=True)
class ContentRestored(Event):
    """A moderator showed it again."""

    content_id: int
    root_id: int
    author_id: int
    moderator_id: int


@dataclass(frozen=True)
class ContentLiked(Event):
    """Somebody likes it."""

    content_id: int
    root_id: int
    author_id: int
    person_id: int


@dataclass(frozen=True)
class ContentUnliked(Event):
    """Somebody took their like back."""

    content_id: int
    root_id: int
    author_id: int
    person_id: int


@dataclass(frozen=True)
class ContentPinned(Event):
    """It was put on top of its place, or taken from there."""

    content_id: int
    pinned: bool
    actor_id: int


@dataclass(frozen=True)
class TopicsAdded(Event):
    """Somebody added topics to a publication."""

    content_id: int
    topic_ids: tuple[int, ...]
    actor_id: int
    #: The author, when somebody else added them.
    author_id: int
