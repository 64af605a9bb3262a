"""Accepting answers, changing one's mind, and showing the official answer in the place of an accepted one."""

from __future__ import annotations

from app.content.models import ANSWER, DELETED, PUBLISHED, ContentItem
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
from app.questions.models import OverruledAcceptance, Question
from app.trust import service as trust
from app.trust.queries import confirmers, is_official
from app.trust.schemas import Seen


def create(content_id: int) -> None:
    """Make the side row of a question being published."""
    db.session.add(Question(content_id=content_id))


def accept(actor: Actor, answer_public_id: str, *, on: bool, seen: Seen | None = None) -> ContentItem:
    """Accept an answer, or take the acceptance back; the question. Accepting another one replaces the first.

    Who has earned it by their level, or is an expert, confirms an answer to a question that has none accepted; when
    enough people do, it is accepted. They take back what they confirmed themselves. An official answer is nobody's to
    change here. Doing it twice changes nothing, unless the answer was rewritten in between: then it is accepted as it
    reads now. `seen` are the versions that were read; who takes it back need not have. Raises `NotFound`, `Forbidden`,
    `Invalid` for what is no answer, `Conflict` for one that is hidden or reads otherwise by now, and where the asker
    has accepted another, or another is official. Locks the question.
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
        if on:
            trust.demand_seen(answer, asked, seen)
        question = db.session.get_one(Question, asked.id)
        before = question.accepted_id
        if before is not None and is_official(before):
            if before == answer.id and on:
                return asked
            raise Conflict(_("An official answer stands here. Who owns the topic can withdraw it."))
        if by_right:
            return _confirm(actor, answer, asked, question, on=on)
        if (before == answer.id) == on:
            if on:
                trust.vouched(answer, asked)
            return asked
        _show(asked, question, answer if on else None, actor.person_id, by=actor.person_id)
        return asked


def _confirm(
    actor: Actor, answer: ContentItem, asked: ContentItem, question: Question, *, on: bool
) -> ContentItem:
    """Confirm an answer by right, or take that back; enough confirmations accept it, and too few no longer do."""
    before = question.accepted_id
    theirs = before is not None and question.accepted_by in confirmers(before)
    if on and before not in (None, answer.id):
        raise Conflict(_("Another answer is accepted already."))
    enough = (trust.confirm if on else trust.unconfirm)(answer, asked, actor.person_id)
    if enough and before is None:
        _show(asked, question, answer, actor.person_id, by=actor.person_id)
    elif not enough and before == answer.id and theirs:
        _show(asked, question, None, actor.person_id, by=None)
    elif theirs and not on and question.accepted_by == actor.person_id:
        # It stands by the others now.
        _show(asked, question, answer, actor.person_id, by=confirmers(answer.id)[0])
    return asked


def stand_behind(answer: ContentItem, asked: ContentItem, on: bool, actor_id: int | None) -> None:
    """An answer has become official, or no longer is: the question shows it, and again what was accepted before.

    Inside the open unit of work with the question locked. What the official answer overrules is kept, so that exactly
    that acceptance comes back.
    """
    question = db.session.get_one(Question, asked.id)
    who = actor_id or answer.author_id
    if on and question.accepted_id != answer.id:
        if question.accepted_id is not None:
            db.session.add(
                OverruledAcceptance(
                    question_id=asked.id, answer_id=question.accepted_id, accepted_by=question.accepted_by,
                    accepted_at=question.accepted_at,
                )
            )  # fmt: skip
        _show(asked, question, answer, who, by=None)
    elif not on and question.accepted_id == answer.id and question.accepted_by is None:
        overruled = db.session.get(OverruledAcceptance, asked.id)
        before = db.session.get(ContentItem, overruled.answer_id) if overruled is not None else None
        if before is not None and before.state == DELETED:
            before = None
        _show(asked, question, before, who, by=None)
        if overruled is not None:
            if before is not None:
                question.accepted_by, question.accepted_at = overruled.accepted_by, overruled.accepted_at
                trust.accepted_again(before, asked, overruled.accepted_at)
            db.session.delete(overruled)
            db.session.flush()  # another official answer may overrule the same question at once


def _show(
    asked: ContentItem, question: Question, answer: ContentItem | None, actor_id: int, *, by: int | None
) -> None:
    """Make an answer the one that the question shows, accepted by somebody or by nobody; or none."""
    if question.accepted_id is not None:
        old = db.session.get_one(ContentItem, question.accepted_id)
        emit(AnswerUnaccepted(asked.id, old.id, old.author_id, actor_id))
    question.accepted_id = answer.id if answer is not None else None
    question.accepted_by = by if answer is not None else None
    question.accepted_at = clock.now() if answer is not None else None
    asked.version += 1
    rank(asked, answered=answer is not None)
    if answer is not None:
        if by is not None:
            trust.vouched(answer, asked)
        emit(AnswerAccepted(asked.id, answer.id, answer.author_id, actor_id))
