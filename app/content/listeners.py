"""Consequences of what happens to content: hints to open pages, and exact counters elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import aliased

from app.content.models import COMPANY, PUBLISHED, ContentItem, ContentTopic
from app.content.service import erasing
from app.core import live
from app.core.db import db
from app.core.outbox import Delivered
from app.groups import service as groups
from app.people import service as people
from app.people.events import PersonErased
from app.people.models import Person
from app.topics import service as topics

_Root = aliased(ContentItem, name="thread_root")


def hint_publication(delivered: Delivered) -> None:
    """Tell feeds that there is something new."""
    item = _item(delivered.event.content_id)
    if item is not None and item.state == PUBLISHED:
        room = live.company_room() if item.audience == COMPANY else live.group_room(item.group_id)
        live.hint(room, "feed", id=item.public_id, root=item.public_id, version=item.version)


def hint_comment(delivered: Delivered) -> None:
    """Show a new comment on open threads."""
    _hint(delivered.event.content_id, "comment_added")


def hint_change(delivered: Delivered) -> None:
    """Show a changed text, and changed counters, on open pages."""
    event = delivered.event
    if event.content_id != getattr(event, "root_id", event.content_id):
        _hint(event.content_id, "comment_changed")
    else:
        hint_card(event.content_id)


def hint_card(publication_id: int) -> None:
    """Show a publication anew on open pages."""
    _hint(publication_id, "item_changed")


def hint_gone(delivered: Delivered) -> None:
    """Take something off open pages."""
    _hint(delivered.event.content_id, "item_gone")


def recount(delivered: Delivered) -> None:
    """Make the counters of topics, group and author exact after something appeared or went.

    Counts from the rows, so it can run twice; a few indexed COUNTs.
    """
    item = db.session.get(ContentItem, delivered.event.content_id)
    if item is None or item.root_id is not None:
        return
    topic_ids = db.session.scalars(
        select(ContentTopic.topic_id).where(ContentTopic.content_id == item.id)
    ).all()
    for topic_id in sorted({*topic_ids, *getattr(delivered.event, "topic_ids", ())}):
        topics.set_publications_count(topic_id, _count_topic(topic_id))
    if item.group_id is not None:
        groups.set_publications_count(item.group_id, _count(ContentItem.group_id == item.group_id))
    people.set_publications_count(
        item.author_id, _count(ContentItem.author_id == item.author_id, ContentItem.audience == COMPANY)
    )


def refresh_cards_of_person(delivered: Delivered) -> None:
    """Show a person's new name, photo or position on the cards of what they wrote."""
    _refresh_cards([delivered.event.person_id])


def refresh_cards_of_people(delivered: Delivered) -> None:
    """Show people's new titles on the cards of what they wrote."""
    _refresh_cards(delivered.event.person_ids)


def _refresh_cards(person_ids: Collection[int]) -> None:
    mine = select(func.coalesce(ContentItem.root_id, ContentItem.id)).where(
        ContentItem.author_id.in_(person_ids)
    )
    db.session.execute(
        update(ContentItem).where(ContentItem.id.in_(mine)).values(version=ContentItem.version + 1)
    )


def forget_person(delivered: Delivered) -> None:
    """Nobody's text names who was erased; their own go too, if that was asked."""
    event: PersonErased = delivered.event
    erasing.forget_person(event.person_id, event.handle, event.new_handle)
    if event.texts:
        erasing.erase_texts(event.person_id)


def refresh_cards_of_topic(delivered: Delivered) -> None:
    """Show a topic's new spelling on the cards about it."""
    about = select(ContentTopic.content_id).where(ContentTopic.topic_id == delivered.event.topic_id)
    db.session.execute(
        update(ContentItem).where(ContentItem.id.in_(about)).values(version=ContentItem.version + 1)
    )


def _item(content_id: int) -> Any:
    """What a hint needs of an item and its publication, or None. One SELECT."""
    return db.session.execute(
        select(
            ContentItem.public_id, ContentItem.state, ContentItem.audience, ContentItem.group_id,
            func.coalesce(_Root.id, ContentItem.id).label("root_id"),
            func.coalesce(_Root.public_id, ContentItem.public_id).label("root_public_id"),
            func.coalesce(_Root.version, ContentItem.version).label("version"),
            Person.handle.label("author"),
        )
        .outerjoin(_Root, _Root.id == ContentItem.root_id)
        .join(Person, Person.id == ContentItem.author_id)
        .where(ContentItem.id == content_id)
    ).first()  # fmt: skip


def _hint(content_id: int, signal: str) -> None:
    """Hint to whoever has the publication open: all who may see it, or the members of its group."""
    item = _item(content_id)
    if item is None or (item.state != PUBLISHED and signal != "item_gone"):
        return
    room = live.item_room(item.root_id) if item.audience == COMPANY else live.group_room(item.group_id)
    live.hint(room, signal, id=item.public_id, root=item.root_public_id, version=item.version)


def _count(*conditions: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(ContentItem)
    shown = query.where(ContentItem.root_id.is_(None), ContentItem.state == PUBLISHED, *conditions)
    return db.session.scalar(shown) or 0


def _count_topic(topic_id: int) -> int:
    """Publications about it that are open to the whole company."""
    query = (
        select(func.count())
        .select_from(ContentTopic)
        .join(ContentItem, ContentItem.id == ContentTopic.content_id)
        .where(
            ContentTopic.topic_id == topic_id, ContentItem.state == PUBLISHED, ContentItem.audience == COMPANY
        )
    )
    return db.session.scalar(query) or 0
