"""What a search engine takes and gives, whichever engine it is."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Literal, Protocol


class SearchUnavailable(Exception):
    """There is no usable index right now. Searching and indexing resume after a rebuild."""


class RebuildRunning(Exception):
    """Another rebuild holds the lane; let it finish."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found."""

    #: One of the kinds the backend was opened with.
    kind: str
    #: The row's primary key; unique within its kind.
    id: int
    #: Name of a person, topic or group, headline of a publication; words in it weigh more.
    title: str
    #: Everything else worth finding, as plain text.
    text: str
    #: When it was written, in seconds since 1970 UTC.
    created: int
    #: The group it stands in.
    group_id: int | None = None
    #: Whether only members of that group may find it; every employee may otherwise.
    members_only: bool = False
    author_id: int | None = None
    #: Folded topic names without "#".
    topics: tuple[str, ...] = ()
    #: Other spellings of the title, such as a transliteration or a handle.
    aliases: tuple[str, ...] = ()
    #: How far it may be trusted: -1 it has expired, 0, 1 confirmed, 2 official.
    standing: int = 0

    def __post_init__(self) -> None:
        if self.members_only and self.group_id is None:
            raise ValueError("members_only needs a group")

    def fingerprint(self) -> int:
        """32 bits that differ when anything searchable differs, for comparing the index with the database."""
        return zlib.crc32(repr(astuple(self)).encode("utf-8", "backslashreplace"))


@dataclass(frozen=True, slots=True)
class Put:
    """Add the document, replacing an earlier one of the same kind and id."""

    document: Document


@dataclass(frozen=True, slots=True)
class Remove:
    """Forget a document; nothing happens when it is not there."""

    kind: str
    id: int


Change = Put | Remove


@dataclass(frozen=True, slots=True)
class Query:
    """What one person asks for. Blank text asks for everything the filters let through, newest first."""

    text: str
    #: Groups whose closed content the asking person may see; what is open to everyone is always included.
    visible_groups: tuple[int, ...] = ()
    #: Only these kinds; empty means all.
    kinds: tuple[str, ...] = ()
    author_id: int | None = None
    #: Only content of this group.
    group_id: int | None = None
    #: Only content that carries all these topics (folded names).
    topics: tuple[str, ...] = ()
    created_from: int | None = None
    created_until: int | None = None
    order: Literal["relevance", "newest"] = "relevance"
    limit: int = 20
    offset: int = 0
    #: Give the best ``limit`` of each kind instead of a page of all, in the order of ``kinds``, which must be given.
    of_each_kind: bool = False
    #: The last word may be unfinished: also match titles that go on from there.
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: which document, and how good it is among the results of the same query."""

    kind: str
    id: int
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of results."""

    #: All matches of the query, of which ``hits`` is a page.
    total: int
    hits: tuple[Hit, ...] = ()
    #: Matches per kind, before the ``kinds`` filter; kinds without any are absent.
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What an operator wants to know about the index."""

    healthy: bool
    #: Why it is not healthy, for operators; empty when it is.
    reason: str
    generation: str
    documents: int
    segments: int
    size_bytes: int
    rebuilding: bool


Progress = Callable[[int], None]


class SearchBackend(Protocol):
    """A search engine. Implementations are safe to share between threads, and between processes on one machine."""

    def apply(self, batch: Sequence[Change]) -> None:
        """Bring the index up to date; the last change of a document in the batch wins, and repeating is harmless.

        Raises SearchUnavailable when there is no sound index to change.
        """

    def apply_loaded(self, load: Callable[[], Sequence[Change]]) -> None:
        """As `apply`, with a batch that is read while nobody else changes the index.

        So what ``load`` reads from the database is newer than everything that was applied before.
        """

    def search(self, query: Query) -> Hits:
        """Find what the query asks for. Raises SearchUnavailable."""

    def count(self) -> int:
        """Number of documents in the index. Raises SearchUnavailable."""

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        """Build a new index beside the current one, then swap; searching goes on meanwhile.

        ``documents`` is consumed lazily and must be read from the database no earlier than that; changes applied
        meanwhile are kept. ``progress`` gets the number of documents done. Returns the number of documents.
        Raises RebuildRunning.
        """

    def status(self) -> IndexStatus:
        """Open the index afresh and look at it. Never raises for a damaged index."""

    def all_ids(self) -> Iterator[tuple[str, int, int]]:
        """(kind, id, fingerprint) of every document, for comparing with the database. Raises SearchUnavailable."""
