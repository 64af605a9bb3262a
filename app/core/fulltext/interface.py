"""What a search engine takes and gives, whichever engine it is."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass, field
from typing import Literal, Protocol


class SearchUnavailable(Exception):
    """There is no usable index right now. Searching and indexing resume after a rebuild."""


class RebuildRunning(Exception):
    """Another rebuild holds the lane; let it finish."""


ASKED = "asked"
ANSWERS = "answers"
TELLS = "tells"
#: What a document can be to somebody who asks: a question, an answer to one, or a text that answers by itself.
ROLES = (ASKED, ANSWERS, TELLS)

#: Flags of a document: what can be asked for besides its words. Numbers stay as they are; a document has some of them.
QUESTION = 1
#: A question whose answer was accepted.
ANSWERED = 2
ARTICLE = 4
#: Somebody who owns the topic stands behind it; of a question, behind the answer it shows.
OFFICIAL = 8
#: Colleagues confirmed it, or it is an accepted answer; of a question, the answer it shows.
CONFIRMED = 16
HAS_FILES = 32
NEWS = 64
THANKS = 128
#: An answer to a question, and the one of them that was accepted.
ANSWER = 256
ACCEPTED = 512
FLAGS = (QUESTION, ANSWERED, ARTICLE, OFFICIAL, CONFIRMED, HAS_FILES, NEWS, THANKS, ANSWER, ACCEPTED)

#: The highest level of authority.
MOST_AUTHORITY = 3


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
    #: What it is to somebody who asks: one of `ROLES`, or empty for none.
    role: str = ""
    #: With a role: the question or article it is, or the question it answers.
    thread_id: int | None = None
    #: What it is and has: a sum of `FLAGS`.
    flags: int = 0
    #: Where the author works: the region, and a small positive number for the format of the shop.
    region_id: int | None = None
    format: int | None = None
    #: The author's highest title in one of the document's topics: 0 none to `MOST_AUTHORITY`.
    authority: int = 0
    #: The last day on which it is valid, in days since 1970; None when it always is.
    valid_until: int | None = None

    def __post_init__(self) -> None:
        if self.members_only and self.group_id is None:
            raise ValueError("members_only needs a group")
        if bool(self.role) != (self.thread_id is not None) or self.role not in ("", *ROLES):
            raise ValueError("a role needs a thread, and the other way round")

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

    #: Words that any document may have; the more telling ones it has, the better.
    text: str
    #: Groups whose closed content the asking person may see; what is open to everyone is always included.
    visible_groups: tuple[int, ...] = ()
    #: Only these kinds; empty means all.
    kinds: tuple[str, ...] = ()
    #: Only by one of these authors; empty means all.
    author_ids: tuple[int, ...] = ()
    #: Only content of these groups; empty means all. What the person may not see stays unseen.
    group_ids: tuple[int, ...] = ()
    #: Only content that carries all these topics (folded names).
    topics: tuple[str, ...] = ()
    created_from: int | None = None
    created_until: int | None = None
    #: Only documents with all these flags, and with none of those.
    flags_all: int = 0
    flags_none: int = 0
    #: Every one has to stand in the title or the text word by word: the words as they are written, apart from case and
    #: ё/е, stop words too. They also count as words of the text.
    phrases: tuple[str, ...] = ()
    #: No document with any of these: a single word in all its forms, several words as a phrase is meant.
    without: tuple[str, ...] = ()
    #: Groups of words, or short phrases, that mean the same. A group takes the place of what of it stands in ``text``;
    #: what has any of it has the word, and the best of the group counts, not the sum. Of a phrase all words count.
    alternatives: tuple[tuple[str, ...], ...] = ()
    #: Also accept words that are nearly the same, at a lower weight: a letter amiss, or most runs of letters alike.
    fuzzy: bool = False
    order: Literal["relevance", "newest"] = "relevance"
    #: The asker's region and format of shop: what comes from there counts a little more.
    near_region: int | None = None
    near_format: int | None = None
    #: The moment, in seconds since 1970: what is fresh counts a little more. None: age does not count.
    now: int | None = None
    #: The day it is where the asker works, in days since 1970: what is no longer valid then comes last.
    today: int | None = None
    limit: int = 20
    offset: int = 0
    #: Give the best ``limit`` of each kind instead of a page of all, in the order of ``kinds``, which must be given.
    of_each_kind: bool = False
    #: The last word may be unfinished: also match titles that go on from there.
    prefix: bool = False
    #: Also count the matches of each group; of the kinds together, not with `of_each_kind`.
    count_groups: bool = False


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
    #: Matches per flag, before the filters by kind and by flags; flags without any are absent.
    flag_counts: Mapping[int, int] = field(default_factory=dict)
    #: Matches per group, after all filters, when they were asked for; groups without any are absent.
    group_counts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as far as it is typed; what is wanted are questions like it and texts that answer it."""

    text: str
    title: str = ""
    #: Folded names of topics that it is about.
    topics: tuple[str, ...] = ()
    #: As in `Query`.
    visible_groups: tuple[int, ...] = ()
    #: Only what was written before, of answers too.
    created_until: int | None = None
    #: The question itself, when it has been asked already.
    thread_id: int | None = None
    #: As in `Query`: groups of words, or short phrases, that mean the same.
    alternatives: tuple[tuple[str, ...], ...] = ()
    #: Only what has something to tell: questions with an answer that may be seen, and texts that answer by themselves.
    answered: bool = False
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Near:
    """A question or text that is like what somebody asks."""

    #: Its thread.
    id: int
    score: float
    #: How much of the weight of the words asked it has, from 0 to 1; said in an answer or a long text counts in part.
    covered: float
    #: How many of them it has.
    words: int


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
    #: How many documents the engine is made for; None for as many as there will ever be.
    most_documents: int | None = None


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

    def similar(self, asked: Asked) -> tuple[Near, ...]:
        """What is like a question, best first. What may not be seen counts for nothing. Raises SearchUnavailable."""

    def correct(self, words: Sequence[str], *, visible_groups: Sequence[int] = ()) -> tuple[str, ...]:
        """Each word as it was probably meant: itself when it is known, else a known word near it, or itself.

        Known is what stands in a document this person may see; no other word is ever given. Raises SearchUnavailable.
        """

    def scratch(self) -> AbstractContextManager["SearchBackend"]:
        """An empty index of the same engine and kinds, in a place of its own; it is gone when the context ends."""

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
