"""What the index has to read anew after each event. Marking twice is marking once."""

from __future__ import annotations

from app.content.events import (
    CommentAdded,
    ContentDeleted,
    ContentEdited,
    ContentHidden,
    ContentPublished,
    ContentRestored,
    TopicsAdded,
)  # fmt: skip
from app.core.outbox import Delivered
from app.groups.events import GroupChanged, GroupCreated, GroupVisibilityChanged
from app.people.events import (
    PeopleEntitled,
    PersonChanged,
    PersonJoined,
    PersonLeft,
    PersonMoved,
    PersonReturned,
)  # fmt: skip
from app.questions.events import AnswerAccepted, AnswerUnaccepted
from app.search import service
from app.search.schemas import COMMENT, GROUP, PERSON, PUBLICATION, TOPIC
from app.topics.events import MandatoryRulesChanged, TopicChanged, TopicCreated, TopicsMerged
from app.trust.events import TrustChanged


def read_publication(delivered: Delivered) -> None:
    """A publication appeared, or got topics."""
    event: ContentPublished | TopicsAdded = delivered.event
    service.mark_item(event.content_id, event.content_id, delivered.event_id)


def read_comment(delivered: Delivered) -> None:
    """A comment or answer appeared."""
    event: CommentAdded = delivered.event
    service.mark_item(event.content_id, event.root_id, delivered.event_id)


def read_edited(delivered: Delivered) -> None:
    """A text changed."""
    event: ContentEdited = delivered.event
    service.mark_item(event.content_id, event.root_id, delivered.event_id)
    service.mark([(TOPIC, topic_id) for topic_id in event.topic_ids], delivered.event_id)


def read_trusted(delivered: Delivered) -> None:
    """How far a text may be trusted is another: it and the question whose answer it is have another rank."""
    event: TrustChanged = delivered.event
    kind = PUBLICATION if event.content_id == event.root_id else COMMENT
    service.mark([(kind, event.content_id), (PUBLICATION, event.root_id)], delivered.event_id)


def read_answer(delivered: Delivered) -> None:
    """An answer was accepted, or no longer is: it and its question have another rank."""
    event: AnswerAccepted | AnswerUnaccepted = delivered.event
    service.mark([(COMMENT, event.answer_id), (PUBLICATION, event.question_id)], delivered.event_id)


def read_thread(delivered: Delivered) -> None:
    """Something came out of sight or into sight again, with everything below it."""
    event: ContentDeleted | ContentHidden | ContentRestored = delivered.event
    service.mark_thread(event.content_id, event.root_id, delivered.event_id)


def read_person(delivered: Delivered) -> None:
    """A person came, changed, moved or left."""
    event: PersonJoined | PersonChanged | PersonMoved | PersonLeft | PersonReturned = delivered.event
    service.mark([(PERSON, event.person_id)], delivered.event_id)


def read_moved(delivered: Delivered) -> None:
    """A person works elsewhere: so do the texts, which count more for colleagues there."""
    event: PersonMoved = delivered.event
    service.mark_authored([event.person_id], delivered.event_id)


def read_entitled(delivered: Delivered) -> None:
    """People have another title: what they wrote about what they know has another rank."""
    event: PeopleEntitled = delivered.event
    service.mark_known_for(event.person_ids, delivered.event_id)


def read_topic(delivered: Delivered) -> None:
    """A topic came or changed, or became mandatory and so known."""
    event: TopicCreated | TopicChanged | MandatoryRulesChanged = delivered.event
    if event.topic_id is not None:
        service.mark([(TOPIC, event.topic_id)], delivered.event_id)


def read_merged(delivered: Delivered) -> None:
    """Two topics became one, and what was about the one is about the other."""
    event: TopicsMerged = delivered.event
    service.mark([(TOPIC, event.source_id), (TOPIC, event.target_id)], delivered.event_id)
    service.mark_about(event.target_id, delivered.event_id)


def read_group(delivered: Delivered) -> None:
    """A group came or changed."""
    event: GroupCreated | GroupChanged = delivered.event
    service.mark([(GROUP, event.group_id)], delivered.event_id)


def read_group_content(delivered: Delivered) -> None:
    """A group was opened, closed or made secret, and everything in it with it."""
    event: GroupVisibilityChanged = delivered.event
    service.mark([(GROUP, event.group_id)], delivered.event_id)
    service.mark_group_content(event.group_id, delivered.event_id)


def forget(delivered: Delivered) -> None:
    """Somebody was erased: what they searched and what they began to ask is forgotten."""
    service.forget_asked(delivered.event.person_id)
    service.forget_searcher(delivered.event.person_id)
