"""What happens to people."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class PersonJoined(Event):
    """Somebody is new here."""

    person_id: int


@dataclass(frozen=True)
class PersonChanged(Event):
    """What cards, search or completion show of a person is different now: name, contacts, photo, about."""

    person_id: int


@dataclass(frozen=True)
class PeopleEntitled(Event):
    """Another title as an expert stands under the names of these people, or none any more."""

    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class PersonMoved(Event):
    """A person has another position, shop or department. `PersonChanged` is not emitted besides."""

    person_id: int
    from_shop_id: int | None
    to_shop_id: int | None
    from_region_id: int | None
    to_region_id: int | None


@dataclass(frozen=True)
class PersonLeft(Event):
    """A person works here no more."""

    person_id: int


@dataclass(frozen=True)
class PersonReturned(Event):
    """A person who had left works here again."""

    person_id: int


@dataclass(frozen=True)
class PersonErased(Event):
    """Nobody may tell any more who a person was. `PersonLeft` and `PersonChanged` are emitted besides."""

    person_id: int
    #: The handle by which texts mention the person, and the one that takes its place.
    handle: str
    new_handle: str
    #: Whether what they wrote is deleted too.
    texts: bool


@dataclass(frozen=True)
class PersonFollowed(Event):
    """One person began to read another."""

    follower_id: int
    followed_id: int


@dataclass(frozen=True)
class PersonUnfollowed(Event):
    """One person stopped reading another."""

    follower_id: int
    followed_id: int
