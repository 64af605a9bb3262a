"""What views are given of mentions."""

from __future__ import annotations

from dataclasses import dataclass

from app.people.schemas import PersonLine


@dataclass(frozen=True)
class Suggestions:
    """Who can be mentioned by what has been typed so far, the likeliest first."""

    people: tuple[PersonLine, ...]
    groups: tuple[GroupSuggestion, ...]


@dataclass(frozen=True)
class GroupSuggestion:
    """A group that can be mentioned."""

    name: str
    handle: str
    colour: int
    members: int


@dataclass(frozen=True)
class MentionLine:
    """A publication or comment that mentions the reader, or a group of theirs."""

    author: PersonLine
    url: str
    published_at: int
    excerpt: str
    #: The title of the publication, or its first words.
    subject: str
    is_comment: bool
    #: The group that is mentioned, when the reader themselves is not.
    group: str | None


@dataclass(frozen=True)
class MentionsPage:
    """A page of "Mentions of me"."""

    mentions: tuple[MentionLine, ...]
    #: Cursor of the next page.
    next: str | None
