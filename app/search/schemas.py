"""What is asked of search, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.content.schemas import PlaceLine
from app.core import clock
from app.core.errors import DomainError
from app.core.fulltext.snippets import Piece
from app.groups.schemas import GroupLine
from app.people.schemas import PersonLine
from app.topics.schemas import TopicLine

PERSON = "person"
PUBLICATION = "publication"
COMMENT = "comment"
TOPIC = "topic"
GROUP = "group"

#: All kinds of documents. The order is part of the index's format.
KINDS = (PERSON, PUBLICATION, COMMENT, TOPIC, GROUP)
#: Things found by their name, and things found by what they say.
NAMED = (PERSON, TOPIC, GROUP)
WRITTEN = (PUBLICATION, COMMENT)

RELEVANCE = "relevance"
NEWEST = "newest"

#: Results on a page.
PAGE = 20
#: Nobody reads further; rephrasing helps more.
LAST_PAGE = 50
#: Of each named kind, so many stand above the texts when everything is searched.
BEST_NAMED = 3
#: Longer questions are cut; the rest would change nothing.
MAX_QUERY = 300


class SearchIsDown(DomainError):
    """There is no index at the moment; it is being rebuilt."""

    status = 503
    code = "search-is-down"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for."""

    q: str
    #: One of `KINDS`, or empty for everything.
    kind: str = ""
    #: `RELEVANCE` or `NEWEST`.
    order: str = RELEVANCE
    page: int = 1
    #: Search for what was typed, whatever else may have been meant.
    exact: bool = False


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person, with the parts of the name that were asked for."""

    person: PersonLine
    name: tuple[Piece, ...]
    #: The stretch of "about me" where the words stand; empty when they don't.
    about: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundText:
    """A publication or comment, with the stretch of it where the words stand."""

    id: int
    public_id: str
    #: "news", "question", "thanks", "article", "comment" or "answer".
    kind: str
    url: str
    author: PersonLine
    place: PlaceLine | None
    published_at: int
    #: Of a comment: the title or first words of its publication.
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    #: None, "waiting" or "answered" (of a question).
    question_state: str | None
    #: Whether this is the accepted answer.
    accepted: bool
    #: "confirmed", "official", "check" or ""; of a question, what its answer is.
    trust: str
    #: Why it is not valid for the reader: "over", "not_yet", "elsewhere"; or "".
    limit: str
    comments: int
    likes: int


@dataclass(frozen=True)
class SearchPage:
    """A page of results."""

    wanted: Wanted
    #: Matches of the wanted kind.
    total: int
    #: Matches by kind; kinds without any are absent.
    counts: Mapping[str, int] = field(default_factory=dict)
    people: tuple[FoundPerson, ...] = ()
    topics: tuple[TopicLine, ...] = ()
    groups: tuple[GroupLine, ...] = ()
    texts: tuple[FoundText, ...] = ()
    #: Number of the next page, or None.
    next_page: int | None = None
    #: What was searched instead: the words in the other keyboard layout, or without slips of the finger.
    read_as: str = ""
    #: Operators that name nothing the reader may know of, so that nothing could be found.
    unknown: tuple[str, ...] = ()
    #: Words that found nothing, for the report; empty when there is nothing to report.
    missed: str = ""


# Similar questions -------------------------------------------------------------------------------------------------

#: Before so many words nothing is looked for: less says too little.
LEAST_WORDS = 3
#: What is looked at of a text that is being typed.
MOST_TYPED = 4000
#: So many are offered; on the page of a question, and while one is being typed.
MOST_OFFERED = 4
#: Topics offered to who asks.
MOST_TOPICS = 4
#: What is kept of the text of a question that needed no asking, and how long.
MOST_KEPT = 500
KEEP_ASKED = 30 * clock.DAY


@dataclass(frozen=True, slots=True)
class Typed:
    """A question as far as it is typed; `place` as `Place.parse` reads it."""

    body: str
    title: str = ""
    place: str = "company"


@dataclass(frozen=True, slots=True)
class Told:
    """What a question was answered with: the accepted answer, else a confirmed one, else the one most people liked."""

    id: int
    text: str
    author: PersonLine
    at: int
    accepted: bool
    #: "confirmed", "official" or "check"; empty for an opinion.
    trust: str = ""
    #: Why it is not valid for the reader: "over", "not_yet", "elsewhere"; or empty.
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may answer a question before it is asked."""

    id: int
    public_id: str
    #: "question", or another kind of publication that answers by itself.
    kind: str
    url: str
    title: str
    published_at: int
    answers: int
    #: Colleagues who found their answer here without asking.
    helped: int
    place: PlaceLine | None = None
    #: Of a question.
    told: Told | None = None
    #: The beginning of what answers by itself.
    text: str = ""
    #: As of the answer.
    trust: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is shown below a question that is being typed."""

    items: tuple[Suggestion, ...] = ()
    topics: tuple[TopicLine, ...] = ()
