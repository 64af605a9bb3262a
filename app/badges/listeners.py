"""Consequences for cards of thanks."""

from __future__ import annotations

from sqlalchemy import select, update

from app.badges.models import ThanksRecipient
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
