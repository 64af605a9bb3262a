"""What views, templates and other features are given of groups, and what they hand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.actor import Actor
from app.lib.paths import segment
from app.people.schemas import PersonLine

#: Longest name and description, in characters.
MAX_NAME = 120
MAX_DESCRIPTION = 2000


def group_url(handle: str) -> str:
    """The address of a group's page."""
    return "/groups/" + segment(handle)


@dataclass(frozen=True)
class GroupDetails:
    """What an owner says about a group."""

    name: str
    description: str = ""
    visibility: str = "open"
    who_posts: str = "members"


@dataclass(frozen=True)
class GroupLink:
    """A group in the left column."""

    name: str
    handle: str
    url: str
    colour: int
    #: Whether the person may publish there.
    can_post: bool = True


@dataclass(frozen=True)
class GroupLine:
    """A group in a list."""

    id: int
    name: str
    handle: str
    url: str
    colour: int
    visibility: str
    description: str
    members: int
    #: The reader's own role, or None.
    role: str | None = None
    #: "request" (the reader asked to be let in), "invitation", or None.
    standing: str | None = None
    mandatory: bool = False


@dataclass(frozen=True)
class InvitationLine:
    """An invitation the reader has not answered."""

    group: GroupLine
    invited_by: str


@dataclass(frozen=True)
class GroupListing:
    """A page of the list of groups."""

    groups: tuple[GroupLine, ...]
    #: Cursor of the next page.
    next: str | None
    invitations: tuple[InvitationLine, ...] = ()


@dataclass(frozen=True)
class GroupTab:
    """A tab of a group's page."""

    name: str
    #: The word shown, a lazy translation.
    label: Any
    url: str
    count: int | None = None


@dataclass(frozen=True)
class GroupHead:
    """The head of a group's page, with what the reader may do."""

    id: int
    name: str
    handle: str
    url: str
    colour: int
    visibility: str
    who_posts: str
    description: str
    members: int
    publications: int
    created_at: int
    role: str | None
    #: "request", "invitation" or None.
    standing: str | None
    invited_by: str | None
    mandatory: bool
    #: People who wait for an answer; 0 unless the reader may give it.
    requests: int
    is_member: bool
    can_see_inside: bool
    can_post: bool
    can_invite: bool
    can_moderate: bool
    can_manage: bool
    tabs: tuple[GroupTab, ...] = ()


#: Makes a feature's tab of a group, or None when it has nothing to show the reader.
TabMaker = Callable[[Actor, GroupHead], GroupTab | None]


@dataclass(frozen=True)
class MemberLine:
    """A member in the list of members."""

    person: PersonLine
    role: str
    mandatory: bool
    joined_at: int
    #: What the reader may do with this member.
    can_remove: bool = False
    #: Roles the reader may give.
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class RequestLine:
    """Somebody who waits: asked to be let in, or was invited."""

    person: PersonLine
    created_at: int
    invited_by: str | None = None


@dataclass(frozen=True)
class MembersPage:
    """The members tab."""

    members: tuple[MemberLine, ...]
    next: str | None
    requests: tuple[RequestLine, ...] = ()
    invitations: tuple[RequestLine, ...] = ()
