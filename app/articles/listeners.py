"""Consequences for articles: of what happens to people, and for open pages."""

from __future__ import annotations

from sqlalchemy import or_, select, update

from app.articles import service
from app.articles.models import LEFT, MOVED, Article, Contributor
from app.content.listeners import hint_card
from app.content.models import ContentItem
from app.core.db import db
from app.core.outbox import Delivered


def hand_over_left(delivered: Delivered) -> None:
    """What somebody leaves lands on their manager's list."""
    service.hand_over(delivered.event.person_id, LEFT, delivered.event_id)


def hand_over_moved(delivered: Delivered) -> None:
    """What somebody looked after where they worked before lands on the list of their manager there."""
    event = delivered.event
    service.hand_over(event.person_id, MOVED, delivered.event_id, from_shop_id=event.from_shop_id)


def refresh_cards_of_person(delivered: Delivered) -> None:
    """Show a person's new name on the articles they own or contributed to."""
    person_id = delivered.event.person_id
    contributed = select(Contributor.content_id).where(Contributor.person_id == person_id)
    theirs = select(Article.content_id).where(
        or_(Article.owner_id == person_id, Article.content_id.in_(contributed))
    )
    db.session.execute(
        update(ContentItem)
        .where(ContentItem.id.in_(theirs))
        .values(version=ContentItem.version + 1)
        .execution_options(synchronize_session=False)
    )


def forget_person(delivered: Delivered) -> None:
    """Somebody was erased."""
    service.forget_person(delivered.event.person_id)


def hint_changed(delivered: Delivered) -> None:
    """Show an article's new date or owner on open pages."""
    hint_card(delivered.event.content_id)
