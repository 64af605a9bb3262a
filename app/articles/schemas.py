"""Values handed in and out of articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.content.schemas import Place
from app.files.schemas import UploadedFile
from app.lib.comparing import Comparison
from app.people.schemas import PersonLine
from app.trust.schemas import TrustMark

#: How the note of a revision begins that brought an earlier one back; its number follows.
RESTORED = "↺ "

# Commands ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ArticleText:
    """What the editor's page sends: the text, its topics as typed, and the last day on which it counts as checked."""

    title: str
    body: str
    topics: str = ""
    review_by: date | None = None
    file_ids: tuple[str, ...] = ()
    #: What pictures show in words, by public id.
    alts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WriteArticle:
    """An article to be published; `source` and `answers` are public ids of what it was made of."""

    text: ArticleText
    place: Place = Place()  # noqa: RUF009 - frozen
    source: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangeArticle:
    """A changed article; `revision` is the one the person began from."""

    text: ArticleText
    revision: int
    note: str = ""


# What pages are given ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """The publication of whose thread an article was made."""

    title: str
    url: str
    is_question: bool


@dataclass(frozen=True, slots=True)
class ArticleDetails:
    """What the page of an article shows below its title."""

    owner: PersonLine
    #: Whether the owner works here no more: nobody looks after it.
    owner_left: bool
    review_by: date | None
    #: Whether it has to be checked again.
    overdue: bool
    reviewed_at: int | None


@dataclass(frozen=True, slots=True)
class ArticleMore:
    """What follows the page of an article: whose words it was made of; and when the reader read it last."""

    contributors: tuple[PersonLine, ...]
    source: Source | None
    revision: int
    read_at: int | None
    read_revision: int | None


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list."""

    public_id: str
    title: str
    url: str
    owner: PersonLine
    #: When its text was last another.
    changed_at: int
    review_by: date | None
    overdue: bool
    #: Different people who opened it in the last seven days.
    readers: int = 0
    #: "confirmed", "official" or "check"; "" for an opinion.
    state: str = ""
    #: Why it is not valid for the reader ("over", "not_yet", "elsewhere"), or "".
    limit: str = ""
    #: The first day on which it has to be checked or is valid no more.
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A topic that is asked about without an answer: how many questions wait, and the one most people stand behind."""

    topic: str
    topic_url: str
    questions: int
    title: str
    url: str
    public_id: str


@dataclass(frozen=True, slots=True)
class KnowledgePage:
    """The start page of the knowledge base."""

    popular: tuple[ArticleLine, ...]
    changed: tuple[ArticleLine, ...]
    expiring: tuple[ArticleLine, ...]
    asked: tuple[AskedLine, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question with its accepted answer, for the answers of a topic."""

    title: str
    url: str
    answered_at: int
    author: PersonLine
    answer_html: str
    #: Public id of the answer.
    answer_id: str
    #: How far it may be trusted, if more is known than that it was accepted; and the same as of an article.
    mark: TrustMark | None
    state: str
    limit: str


@dataclass(frozen=True, slots=True)
class TopicKnowledge:
    """What is known about a topic: its articles and its answered questions, the most useful first.

    What is not valid for the reader comes last.
    """

    articles: tuple[ArticleLine, ...] = ()
    answers: tuple[AnswerLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.articles or self.answers)


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """An article that waits for somebody to say who looks after it."""

    article: ArticleLine
    #: Whose it was.
    before: PersonLine
    #: "left" or "moved".
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class CarePage:
    """What a person looks after."""

    handed: tuple[HandoverLine, ...]
    #: Mine that are overdue or soon will be.
    due: tuple[ArticleLine, ...]
    mine: tuple[ArticleLine, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a thread of which an article can be made."""

    public_id: str
    author: PersonLine
    excerpt: str
    accepted: bool
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread of which an article can be made: what was asked or said, and what was answered."""

    public_id: str
    title: str
    is_question: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """An article as the editor opens it, made of a thread."""

    title: str
    body: str
    topics: str
    place: str
    #: Whether it may stand in that place alone.
    bound: bool
    #: Photos and files of the thread and the chosen texts, as many as a text may have.
    files: tuple[UploadedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of an article."""

    before: int
    after: int
    titles: Comparison
    bodies: Comparison
