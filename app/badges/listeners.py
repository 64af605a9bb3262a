"""Consequences for cards of thanks, and for badges that were given for a topic."""

from __future__ import annotations

from sqlalchemy import select, update

from app.badges.models import ThanksRecipient
from app.badges.service import follow_merge
from app.content.models import ContentItem
from app.core.db import db
from app.core.outbox import Delivered


def refresh_cards_of_person(delivered: Delivered) -> None:
    """Show a person's new name on the cards of thanks to them."""
    theirs = select(ThanksRecipient.content_id).where(ThanksRecipient.person_id == delivered.event.person_id)
    db.session.execute(
        update(ContentItem)
        .where(ContentItem.id.in_(theirs))
        .values(version=ContentItem.version + 1)
        .execution_options(synchronize_session=False)
    )


def rename_subjects(delivered: Delivered) -> None:
    """What rules gave for a topic that was merged, they gave for the topic it is now."""
    follow_merge(delivered.event.source_id, delivered.event.target_id)
