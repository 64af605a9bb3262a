"""What happens to groups and their members."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class GroupCreated(Event):
    """A new group."""

    group_id: int
    actor_id: int


@dataclass(frozen=True)
class GroupChanged(Event):
    """Its name, description or rules changed."""

    group_id: int
    actor_id: int


@dataclass(frozen=True)
class GroupVisibilityChanged(Event):
    """It was opened, closed or made secret."""

    group_id: int
    actor_id: int
    before: str
    after: str


@dataclass(frozen=True)
class GroupJoined(Event):
    """A person became a member; `actor_id` let them in or is themselves. Mandatory memberships are made in silence."""

    group_id: int
    person_id: int
    actor_id: int | None


@dataclass(frozen=True)
class GroupLeft(Event):
    """A person is a member no more; `actor_id` is themselves, who removed them, or None when they left the company."""

    group_id: int
    person_id: int
    actor_id: int | None


@dataclass(frozen=True)
class GroupRoleChanged(Event):
    """A member became owner, moderator or plain member."""

    group_id: int
    person_id: int
    actor_id: int | None
    role: str


@dataclass(frozen=True)
class GroupInvited(Event):
    """A member invited a colleague, who has not answered yet."""

    group_id: int
    person_id: int
    actor_id: int


@dataclass(frozen=True)
class GroupRequested(Event):
    """A person asks to be let in."""

    group_id: int
    person_id: int


@dataclass(frozen=True)
class GroupRequestAnswered(Event):
    """A moderator let a person in, or not."""

    group_id: int
    person_id: int
    actor_id: int
    approved: bool
