"""Who can help with a question now, from what was known at a moment and nothing later.

The facts are who answered which question when, what it was about, what was accepted, and the words as they read then.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from sqlalchemy import and_, bindparam, case, literal_column, or_, select
from sqlalchemy.orm import aliased

from app.content.models import ANSWER, COMPANY, PUBLISHED, QUESTION, ContentItem, ContentTopic, Revision
from app.core.fulltext.analysis import text_terms
from app.core.prepared import Prepared, among
from app.expertise.models import Absence, HiddenExpertise
from app.lib.helping import Answer, Asked, Past, Scored
from app.people.models import ACTIVE, Person
from app.questions.models import Question

#: Answers whose words are compared with a question's, those about its topics first, then the latest.
MOST_COMPARED = 2500
#: Texts whose words are remembered.
REMEMBERED = 6000
#: No group.
NOWHERE = 0


@dataclass(frozen=True)
class AskedQuestion:
    """A question somebody asks, posted or being written."""

    text: str
    topic_ids: tuple[int, ...] = ()
    asker_id: int | None = None
    title: str = ""
    #: The group whose members alone see it, besides what all see.
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for a helper: how many questions about its topics they answered, and their most similar answer."""

    answered: int
    topic_id: int | None
    #: Content id of their answer to the question most like this one, or None.
    similar_id: int | None
    #: Shares of the best in recent activity, similar answers and topics, 0 to 1.
    recent: float
    similar: float
    topical: float


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who can help; `score` is 0 to 1, only to compare helpers of one question."""

    person_id: int
    score: float
    why: Why


_Root = aliased(ContentItem, name="asked")
#: Written out, so that the index of answers is used.
_IS_ANSWER = and_(
    ContentItem.kind == literal_column(f"'{ANSWER}'"), ContentItem.state == literal_column(f"'{PUBLISHED}'")
)
_ANSWERS = Prepared(
    select(
        ContentItem.id, ContentItem.author_id, ContentItem.root_id, ContentItem.published_at,
        case(
            (and_(Question.accepted_id == ContentItem.id, Question.accepted_at < bindparam("now")), 1), else_=0
        ).label("accepted"),
    )
    .join(_Root, _Root.id == ContentItem.root_id)
    .join(Question, Question.content_id == _Root.id)
    .where(
        _IS_ANSWER,
        _Root.state == PUBLISHED,
        or_(ContentItem.audience == COMPANY, ContentItem.group_id == bindparam("group")),
        ContentItem.published_at < bindparam("now"),
        ContentItem.author_id != _Root.author_id,
        ContentItem.author_id.not_in(select(Person.id).where(Person.state != ACTIVE)),
    )
    .order_by(ContentItem.published_at, ContentItem.id)
)  # fmt: skip
_topics = (
    select(ContentTopic.content_id, ContentTopic.topic_id)
    .join(ContentItem, ContentItem.id == ContentTopic.content_id)
    .where(ContentItem.kind == QUESTION, ContentTopic.added_at < bindparam("now"))
    .order_by(ContentTopic.content_id, ContentTopic.topic_id)
)
_ALL_TOPICS = Prepared(_topics)
_TOPICS = Prepared(_topics.where(among(ContentTopic.topic_id, "topics")))
_TEXTS = Prepared(
    select(
        ContentItem.id,
        ContentItem.edited_at,
        ContentItem.title,
        ContentItem.body_source,
    ).where(among(ContentItem.id, "ids"))
)
#: How texts read that were edited later: after their last edit before the moment, or as first published.
_EARLIER = Prepared(
    select(Revision.content_id, Revision.number, Revision.title, Revision.body_source)
    .where(
        among(Revision.content_id, "ids"), or_(Revision.edited_at < bindparam("now"), Revision.number == 1)
    )
    .order_by(Revision.content_id, Revision.number)
)
_UNASKED = Prepared(
    select(Absence.person_id)
    .where(Absence.until > bindparam("now"))
    .union(select(HiddenExpertise.person_id).where(among(HiddenExpertise.topic_id, "topics")))
)


class _Remembered:
    """The words of texts, the most recently used ones."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._words: OrderedDict[tuple[int, int], Counter[str]] = OrderedDict()
        self._lock = Lock()

    def words(self, content_id: int, text: str) -> Counter[str]:
        key = (content_id, hash(text))
        with self._lock:
            known = self._words.get(key)
            if known is not None:
                self._words.move_to_end(key)
                return known
        found = text_terms(text)
        with self._lock:
            self._words[key] = found
            if len(self._words) > self._size:
                self._words.popitem(last=False)
        return found


def who_can_help(
    asked: AskedQuestion, *, now: int, limit: int, only: Collection[int] | None = None
) -> list[Helper]:
    """Who can help with a question, the best first, with what speaks for each.

    Neither the asker, nor who has left, is away or hides one of its topics; of `only` these people, if given. Whether
    they see its place, are on duty or have enough to do is for the caller. Five statements that read every answer once
    and the words of some thousand: for workers, not for pages.
    """
    past = past_at(now, group_id=asked.group_id, topic_ids=asked.topic_ids)
    unasked = {row.person_id for row in _UNASKED.all(now=now, topics=list(asked.topic_ids))}
    return _ranked(
        past,
        asked,
        limit,
        lambda person_id: person_id not in unasked and (only is None or person_id in only),
    )


def rank(past: Past, asked: AskedQuestion, limit: int) -> list[Helper]:
    """Who can help as far as a past tells. No statement."""
    return _ranked(past, asked, limit, lambda _person_id: True)


def _ranked(past: Past, asked: AskedQuestion, limit: int, fits: Callable[[int], bool]) -> list[Helper]:
    words = text_terms(f"{asked.title} {asked.text}")
    return [_helper(each) for each in past.rank(Asked(asked.asker_id, asked.topic_ids, words), limit, fits)]


def past_at(now: int, *, group_id: int | None = None, topic_ids: Collection[int] | None = None) -> Past:
    """What was known at a moment of who answered what. Four statements.

    It can be asked about `topic_ids` alone, about any if that is None. Of very many answers the words of those about
    these topics and of the latest are compared.
    """
    topics: dict[int, list[int]] = defaultdict(list)
    about = _ALL_TOPICS.all(now=now) if topic_ids is None else _TOPICS.all(now=now, topics=sorted(topic_ids))
    for row in about:
        topics[row.content_id].append(row.topic_id)
    answers = [
        Answer(
            row.id,
            row.author_id,
            row.root_id,
            row.published_at,
            tuple(topics.get(row.root_id, ())),
            bool(row.accepted),
        )
        for row in _ANSWERS.all(now=now, group=NOWHERE if group_id is None else group_id)
    ]
    return Past(answers, now, _words_of(_compared(answers, set(topic_ids or ())), now))


def _compared(answers: Sequence[Answer], topic_ids: set[int]) -> list[Answer]:
    if len(answers) <= MOST_COMPARED:
        return list(answers)
    order = sorted(answers, key=lambda each: (topic_ids.isdisjoint(each.topics), -each.at))
    return order[:MOST_COMPARED]


def _words_of(answers: Iterable[Answer], now: int) -> dict[int, Counter[str]]:
    """The words of answers, each together with its question's, by the answer's id."""
    kept = list(answers)
    words = words_at({*(each.id for each in kept), *(each.question_id for each in kept)}, now)
    nothing: Counter[str] = Counter()
    return {each.id: words.get(each.id, nothing) + words.get(each.question_id, nothing) for each in kept}


def text_at(content_id: int, now: int) -> str:
    """A text as it read at a moment, or as first published before any. Two statements at most."""
    row = _TEXTS.first(ids=[content_id])
    if row is None:
        return ""
    if row.edited_at is not None and row.edited_at >= now:
        earlier = _EARLIER.all(ids=[content_id], now=now)
        row = earlier[-1] if earlier else row
    return str(row.body_source)


def words_at(content_ids: Collection[int], now: int) -> dict[int, Counter[str]]:
    """The words of texts as they read at a moment. Two statements at most."""
    rows = _TEXTS.all(ids=sorted(content_ids))
    later = [row.id for row in rows if row.edited_at is not None and row.edited_at >= now]
    earlier: Mapping[int, Any] = (
        {row.content_id: row for row in _EARLIER.all(ids=later, now=now)} if later else {}
    )
    return {
        row.id: _memory.words(row.id, f"{text.title} {text.title} {text.body_source}")
        for row in rows
        for text in (earlier.get(row.id, row),)
    }


_memory = _Remembered(REMEMBERED)


def _helper(scored: Scored) -> Helper:
    why = Why(
        scored.answered, scored.topic_id, scored.most_like, scored.recent, scored.similar, scored.topical
    )
    return Helper(scored.person_id, scored.score, why)
