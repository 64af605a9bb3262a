"""Consequences for trust: of edits, of what disappears, of what is no longer official, of people who are erased."""

from __future__ import annotations

from app.content.events import ContentDeleted, ContentEdited, ContentHidden
from app.content.listeners import hint_card
from app.content.models import PUBLISHED, ContentItem
from app.core.db import db
from app.core.outbox import Delivered
from app.people.events import PersonErased
from app.trust import service
from app.trust.events import OfficialChanged, TrustChanged, ValidAgain
from app.trust.service.rows import lock_with_root


def follow_edit(delivered: Delivered) -> None:
    """A text changed: if it was official, what relies on it has to be looked at."""
    event: ContentEdited = delivered.event
    item = db.session.get(ContentItem, event.content_id)
    if item is not None:
        service.text_changed(item, lock_with_root(item), event.editor_id)


def follow_gone(delivered: Delivered) -> None:
    """A text was hidden or deleted: it is not official any more, nor is what stood in its thread."""
    event: ContentDeleted | ContentHidden = delivered.event
    item = db.session.get(ContentItem, event.content_id)
    if item is not None and item.state != PUBLISHED:
        service.withdraw_gone(item, lock_with_root(item))


def recall(delivered: Delivered) -> None:
    """Something official is another now, or is over: have what relies on it checked.

    Not when it has got an earlier end: until then it says what it said.
    """
    event: OfficialChanged = delivered.event
    if event.why == "ends":
        return
    item = db.session.get(ContentItem, event.content_id)
    root = db.session.get(ContentItem, event.root_id)
    if item is not None and root is not None:
        service.recall(item, root)


def relieve(delivered: Delivered) -> None:
    """Something official is valid again that was over: what relies on it need not be checked for that."""
    event: ValidAgain = delivered.event
    item = db.session.get(ContentItem, event.content_id)
    if item is not None:
        service.relieve(item, event.over_since)


def hint_state(delivered: Delivered) -> None:
    """Show the state on open pages."""
    event: TrustChanged = delivered.event
    hint_card(event.root_id)


def forget_person(delivered: Delivered) -> None:
    """Somebody was erased."""
    event: PersonErased = delivered.event
    service.forget_person(event.person_id)
