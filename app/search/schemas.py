"""What is asked of search, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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
FILE = "file"

#: All kinds of documents. The order is part of the index's format.
KINDS = (PERSON, PUBLICATION, COMMENT, TOPIC, GROUP, FILE)
#: Things found by their name, and things found by what they say.
NAMED = (PERSON, TOPIC, GROUP, FILE)
WRITTEN = (PUBLICATION, COMMENT)

#: What texts can be narrowed to.
ASKED = "question"
ANSWERED = "answered"
UNANSWERED = "unanswered"
OFFICIAL = "official"
ARTICLE = "article"
STATES = (ASKED, ANSWERED, UNANSWERED, OFFICIAL, ARTICLE)
#: How long ago something was written at most, in microseconds; the reader chooses by name.
PERIODS = {"day": clock.DAY, "week": 7 * clock.DAY, "month": 31 * clock.DAY, "year": 366 * clock.DAY}
#: As a group to look in: all that the reader is a member of.
MINE = "mine"

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
    #: Only such texts: one of `STATES`, or empty.
    state: str = ""
    #: Only what was written lately: one of `PERIODS`, or empty.
    period: str = ""
    #: Only in this group, by its handle; `MINE`, or empty.
    group: str = ""
    #: Only from this person, by their handle, or empty.
    person: str = ""
    #: Only about this topic, by its name, or empty.
    topic: str = ""
    #: Whether the words are meant as they are: nothing else is searched in their place.
    exact: bool = False

    def address(self, **changes: str) -> dict[str, str]:
        """What stands in the address of this search with `changes`, on its first page; what is as usual is left out."""
        fields = ("q", "kind", "state", "period", "group", "person", "topic")
        parts = {**{name: getattr(self, name) for name in fields}, "order": self.order, **changes}
        if self.exact:
            parts.setdefault("exact", "1")
        return {
            name: value for name, value in parts.items() if value and (name, value) != ("order", RELEVANCE)
        }

    @property
    def narrowed(self) -> bool:
        """Whether anything but the kind narrows it; people, topics and groups have nothing of that."""
        return bool(self.state or self.period or self.group or self.person or self.topic)


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person, with the parts of the name that were asked for."""

    person: PersonLine
    name: tuple[Piece, ...]
    #: The stretch of "about me" where the words stand; empty when they don't.
    about: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file, with the parts of its name that were asked for; its address is that of what it hangs on."""

    public_id: str
    name: tuple[Piece, ...]
    size: int
    #: Of a picture; None of a document.
    thumb_url: str | None
    alt: str
    url: str
    author: PersonLine
    place: PlaceLine | None
    published_at: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a question was answered with: the accepted answer, else a confirmed one, else the one most people liked."""

    id: int
    text: str
    author: PersonLine
    at: int
    accepted: bool
    public_id: str = ""
    #: "confirmed", "official" or "check"; empty for an opinion.
    trust: str = ""
    #: Of "check": what it was before.
    was: str = ""
    #: Who made it official, or "".
    vouched_by: str = ""
    #: Why it is not valid for the reader: "over", "not_yet", "elsewhere"; or empty.
    limit: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """The answer of a question that was found, with the words that were asked for."""

    told: Told
    text: tuple[Piece, ...]
    url: str
    #: All its answers, this one among them.
    answers: int


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
    #: Of a question.
    answer: FoundAnswer | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One way to narrow what was found: its value in the address, and what people read."""

    value: str
    label: str = ""
    #: Matches under all other filters; None where they are not counted.
    count: int | None = None


@dataclass(frozen=True)
class Filters:
    """How what was found can be narrowed, and what it is narrowed to. States and periods have words of their own."""

    states: tuple[Option, ...] = ()
    periods: tuple[Option, ...] = ()
    groups: tuple[Option, ...] = ()
    people: tuple[Option, ...] = ()
    topics: tuple[Option, ...] = ()


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
    files: tuple[FoundFile, ...] = ()
    texts: tuple[FoundText, ...] = ()
    #: Number of the next page, or None.
    next_page: int | None = None
    #: What was searched in place of what was typed; empty when that itself was searched.
    read_as: str = ""
    #: With `read_as`: what was typed, which can be searched as it is.
    instead: str = ""
    filters: Filters = Filters()
    #: Operators that name nothing the reader may know of, so that nothing could be found.
    unknown: tuple[str, ...] = ()
    #: With `unknown`: what may have been meant, as it can be typed.
    choices: tuple[str, ...] = ()
    #: Whether the topic it was to be narrowed to is none the reader may know of.
    is_topic_unknown: bool = False
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


# While typing in the field of search ------------------------------------------------------------------------------

#: Of past searches shown before anything is typed, beside other suggestions, and on the page of search.
PAST_SHOWN = 6
PAST_BESIDE = 2
PAST_LISTED = 30
#: What is kept of one person's searches, and how long.
PAST_KEPT = 50
KEEP_PAST = 180 * clock.DAY
#: People, topics and titles offered.
MOST_HINTED = 4


@dataclass(frozen=True, slots=True)
class PastLine:
    """Something the reader searched before."""

    id: int
    words: str


@dataclass(frozen=True, slots=True)
class HintedText:
    """A publication whose title has what is being typed."""

    url: str
    #: As of `FoundText`.
    kind: str
    title: tuple[Piece, ...]
    #: Of a question: whether an answer was accepted.
    answered: bool


@dataclass(frozen=True, slots=True)
class Completion:
    """How an operator that is being typed may go on."""

    #: The whole field as it is then.
    words: str
    #: As of `app.lib.typedquery.Piece`.
    kind: str
    #: What it names: one of its states, the name of a person, group or topic, a day; empty while there is no value.
    value: str = ""
    person: PersonLine | None = None

    @property
    def typed(self) -> str:
        """The operator alone."""
        return self.words.rsplit(maxsplit=1)[-1]


@dataclass(frozen=True, slots=True)
class Hints:
    """What is offered below the field of search."""

    q: str
    past: tuple[PastLine, ...] = ()
    people: tuple[FoundPerson, ...] = ()
    topics: tuple[TopicLine, ...] = ()
    texts: tuple[HintedText, ...] = ()
    completions: tuple[Completion, ...] = ()

    @property
    def number(self) -> int:
        """How many lines there are."""
        return len(self.completions) + len(self.past) + len(self.people) + len(self.topics) + len(self.texts)
