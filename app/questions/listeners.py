"""Consequences of accepting an answer, which shows on open pages, and of changing what was asked."""

from __future__ import annotations

from app.content.events import ContentEdited
from app.content.listeners import hint_card
from app.content.models import ContentItem
from app.core.db import db
from app.core.outbox import Delivered
from app.questions.models import Question
from app.trust import service as trust


def hint_state(delivered: Delivered) -> None:
    """Show the question as answered, or as waiting again, where it is open."""
    hint_card(delivered.event.question_id)


def follow_edit(delivered: Delivered) -> None:
    """What was asked is another question now: who vouched for an answer to it is asked anew."""
    event: ContentEdited = delivered.event
    asked = db.session.get(ContentItem, event.content_id)
    if asked is None or db.session.get(Question, asked.id) is None:
        return
    # Whoever accepts locks the question first, too.
    db.session.refresh(asked, with_for_update=True)
    question = db.session.get_one(Question, asked.id, populate_existing=True)
    accepted = None
    if question.accepted_id is not None:
        accepted = (question.accepted_id, question.accepted_at or 0)
    trust.question_changed(asked, accepted, event.editor_id)
