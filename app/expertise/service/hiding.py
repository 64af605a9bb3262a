"""What a person decides about being an expert: to hide a topic, to be away."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, or_, select

from app.content.models import ANSWER, COMPANY, ContentItem, ContentTopic
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.expertise.events import StrengthsChanged
from app.expertise.models import Absence, Expertise, HiddenExpertise
from app.lib.hashtags import fold_topic
from app.topics.models import Topic

#: The longest that somebody is away.
LONGEST_ABSENCE = 366 * clock.DAY


def hide(actor: Actor, topic_name: str, *, on: bool) -> None:
    """The actor does not want to be an expert of a topic, or (`on` false) does again. Again changes nothing.

    Raises `NotFound` for a topic in which nobody ever praised them and they answered nothing that all may see. Emits
    `StrengthsChanged`, from which titles follow.
    """
    with unit_of_work():
        topic_id = db.session.scalar(
            select(Topic.id).where(Topic.name == fold_topic(topic_name), _concerns(actor.person_id))
        )
        if topic_id is None:
            raise NotFound(_("There is no such topic."))
        mine = {"person_id": actor.person_id, "topic_id": topic_id}
        if on:
            db.session.execute(
                insert(HiddenExpertise).values(**mine, since=clock.now()).on_conflict_do_nothing()
            )
        else:
            db.session.execute(
                delete(HiddenExpertise).where(
                    HiddenExpertise.person_id == actor.person_id, HiddenExpertise.topic_id == topic_id
                )
            )
        emit(StrengthsChanged((topic_id,)))


def _concerns(person_id: int) -> ColumnElement[bool]:
    """Topics in which somebody was praised, hides, or answered a question that the whole company may read."""
    answered = (
        select(ContentTopic.topic_id)
        .join(ContentItem, ContentItem.root_id == ContentTopic.content_id)
        .where(
            ContentItem.author_id == person_id, ContentItem.kind == ANSWER, ContentItem.audience == COMPANY
        )
    )
    return or_(
        Topic.id.in_(select(Expertise.topic_id).where(Expertise.person_id == person_id)),
        Topic.id.in_(select(HiddenExpertise.topic_id).where(HiddenExpertise.person_id == person_id)),
        Topic.id.in_(answered),
    )


def be_away(actor: Actor, until: int | None) -> None:
    """The actor is away until a moment, or (None) is back.

    Raises `Invalid` (field "until") for a moment that is over or more than a year off.
    """
    now = clock.now()
    if until is not None and not now < until <= now + LONGEST_ABSENCE:
        raise Invalid(_("Choose a day within the next year."), field="until")
    with unit_of_work():
        db.session.execute(delete(Absence).where(Absence.person_id == actor.person_id))
        if until is not None:
            db.session.add(Absence(person_id=actor.person_id, until=until))


def forget_person(person_id: int) -> None:
    """Nobody knows any more what somebody who was erased knew. In the open unit of work."""
    for table in (HiddenExpertise, Absence):
        db.session.execute(delete(table).where(table.person_id == person_id))
