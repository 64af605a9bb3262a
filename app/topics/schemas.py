"""What views, templates and other features are given of topics, and what editors hand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from app.lib.paths import segment
from app.people.schemas import PersonLine

#: Longest description, in characters.
MAX_DESCRIPTION = 4000


def topic_url(name: str) -> str:
    """The address of a topic's page, from its folded name."""
    return "/topics/" + segment(name)


@dataclass(frozen=True, slots=True)
class TopicChip:
    """A topic on a card: `name` as titled, without "#"."""

    name: str
    url: str
    priority: bool


@dataclass(frozen=True)
class TopicLink:
    """A topic in the left column."""

    name: str
    url: str


@dataclass(frozen=True)
class TopicDetails:
    """What an editor says about a topic. `title` is a spelling of the same name."""

    title: str
    description: str = ""


@dataclass(frozen=True)
class TopicLine:
    """A topic in a list."""

    id: int
    name: str
    key: str
    url: str
    publications: int
    subscribers: int
    subscribed: bool = False
    mandatory: bool = False
    priority: bool = False


@dataclass(frozen=True)
class TopicListing:
    """A page of the list of topics."""

    topics: tuple[TopicLine, ...]
    #: Cursor of the next page.
    next: str | None


@dataclass(frozen=True)
class TopicHead:
    """The head of a topic's page. Of a topic that is not known, everything but the reader's own is empty."""

    #: None when nobody has written the name yet.
    id: int | None
    #: The spelling shown.
    name: str
    #: The folded name, as in addresses.
    key: str
    url: str
    known: bool
    description: str
    description_html: Markup
    publications: int
    subscribers: int
    subscribed: bool
    mandatory: bool
    priority: bool
    can_curate: bool
    #: Who knows most about it, as features above say; on hover cards.
    experts: tuple[PersonLine, ...] = ()


#: Says who knows most about a topic, by its id: the best first.
ExpertsOf = Callable[[int], tuple[PersonLine, ...]]


@dataclass(frozen=True)
class Merging:
    """What merging two topics would do, for who decides."""

    source: TopicHead
    target: TopicHead
    #: Nobody has written the other name: the topic is only called otherwise.
    renaming: bool
    #: People who read the one and not the other.
    readers: int
    #: What becomes of the editors' decisions: "taken" by the other, "dropped" because it has its own, or "".
    priority: str
    mandatory: str
    description: str


@dataclass(frozen=True)
class PriorityLine:
    """A priority topic on the comms desk."""

    topic: TopicLine
    position: int
    until: int | None


@dataclass(frozen=True)
class MandatoryLine:
    """A mandatory subscription on the comms desk."""

    id: int
    #: "topic" or "group".
    kind: str
    name: str
    url: str
    #: None means everyone.
    region: str | None
    made_at: int
    made_by: str
