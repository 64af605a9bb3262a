"""Accepting answers, and changing one's mind."""

from __future__ import annotations

from app.content.models import ANSWER, PUBLISHED, ContentItem
from app.content.policy import access_item, can_accept, can_confirm
from app.content.service.publishing import rank
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.questions.events import AnswerAccepted, AnswerUnaccepted
from app.questions.models import Question


def create(content_id: int) -> None:
    """Make the side row of a question being published."""
    db.session.add(Question(content_id=content_id))


def accept(actor: Actor, answer_public_id: str, *, on: bool) -> ContentItem:
    """Accept an answer, or take the acceptance back; the question. Accepting another one replaces the first.

    Who has earned it by their level confirms an answer to a question that has none accepted, and takes back what they
    confirmed themselves. Doing it twice changes nothing. Raises `NotFound`, `Forbidden`, `Invalid` for what is no
    answer, `Conflict` for one that is hidden and where the asker has accepted another. Locks the question.
    """
    with unit_of_work():
        answer, asked = access_item(actor, answer_public_id, lock=True)
        if answer.kind != ANSWER:
            raise Invalid(_("Only an answer can be accepted."), field="on")
        by_right = not can_accept(actor, asked)
        if by_right and not can_confirm(actor, answer, asked):
            raise Forbidden(_("Only who asked can accept an answer."))
        if on and answer.state != PUBLISHED:
            raise Conflict(_("This answer is hidden now."))
        question = db.session.get_one(Question, asked.id)
        before = question.accepted_id
        if (before == answer.id) == on:
            return asked
        if by_right and before is not None and question.accepted_by != actor.person_id:
            raise Conflict(_("Who asked has accepted an answer already."))
        if before is not None:
            old = db.session.get_one(ContentItem, before)
            emit(AnswerUnaccepted(asked.id, old.id, old.author_id, actor.person_id))
        question.accepted_id = answer.id if on else None
        question.accepted_by = actor.person_id if on else None
        question.accepted_at = clock.now() if on else None
        asked.version += 1
        rank(asked, answered=on)
        if on:
            emit(AnswerAccepted(asked.id, answer.id, answer.author_id, actor.person_id))
        return asked
