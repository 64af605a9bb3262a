"""Strengths follow the facts: every event that may change praise has its people counted anew."""

from __future__ import annotations

from sqlalchemy import func, select

from app.content.models import ANSWER, THANKS, ContentItem
from app.core.db import db
from app.core.outbox import Delivered
from app.expertise import service
from app.expertise.models import Expertise
from app.expertise.queries import facts


def count_thread(delivered: Delivered) -> None:
    """A text was changed, hidden, restored or deleted, or got topics: count who has praise from its thread."""
    event = delivered.event
    _count_thread(getattr(event, "root_id", event.content_id))


def count_thanks(delivered: Delivered) -> None:
    """Somebody was thanked."""
    if delivered.event.kind == THANKS:
        _count_thread(delivered.event.content_id)


def count_liked(delivered: Delivered) -> None:
    """An answer is liked, or no longer: it counts for its author, and as praise in return for who likes it."""
    event = delivered.event
    kind = db.session.scalar(select(ContentItem.kind).where(ContentItem.id == event.content_id))
    if kind == ANSWER:
        service.refresh({event.author_id, event.person_id})


def count_accepted(delivered: Delivered) -> None:
    """An answer was accepted, or no longer is."""
    _count_thread(delivered.event.question_id)


def count_trusted(delivered: Delivered) -> None:
    """An answer or article was made official or confirmed, or no longer is. Readers are counted once a day."""
    _count_thread(delivered.event.root_id)


def count_person(delivered: Delivered) -> None:
    """Somebody works in another place, has left or is back: for them and for whom they praised."""
    person_id = delivered.event.person_id
    service.refresh({person_id, *facts.praised_by(person_id)})


def forget(delivered: Delivered) -> None:
    """Somebody was erased."""
    service.forget_person(delivered.event.person_id)


def entitle(delivered: Delivered) -> None:
    """Strengths in these topics are others: give the titles that follow."""
    service.entitle(delivered.event.topic_ids)


def rename(delivered: Delivered) -> None:
    """A topic has another spelling: write it under the names of those who have a title in it."""
    entitled = select(Expertise.person_id).where(
        Expertise.topic_id == delivered.event.topic_id, Expertise.title > 0
    )
    service.name_titles(set(db.session.scalars(entitled)))


def _count_thread(content_id: int) -> None:
    root_id = db.session.scalar(
        select(func.coalesce(ContentItem.root_id, ContentItem.id)).where(ContentItem.id == content_id)
    )
    if root_id is not None:
        service.refresh(facts.concerned(root_id))
