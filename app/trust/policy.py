"""Who may say how far something is to be trusted. Features above say who owns topics and who else may confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select

from app.content.models import PUBLISHED, ContentItem, ContentTopic
from app.content.policy import access_item, can_accept, can_confirm, can_open, register_confirmers
from app.core.actor import Actor
from app.core.db import db
from app.trust.models import CHECK, OFFICIAL, ContentTrust
from app.trust.schemas import trusted_kinds

__all__ = [
    "access_item", "answers_for", "can_check", "can_extend", "can_limit", "can_make_official", "can_open", "can_trust",
    "owners_of", "register_confirmers", "register_owner_people", "register_owners", "topic_ids_of",
]  # fmt: skip

_owners: list[Callable[[Actor, Sequence[int]], bool]] = []
_owner_people: list[Callable[[Sequence[int]], Sequence[int]]] = []


def register_owners(owns: Callable[[Actor, Sequence[int]], bool]) -> None:
    """Let a feature above say whether somebody owns one of these topics, or works where they are owned."""
    if owns not in _owners:
        _owners.append(owns)


def register_owner_people(find: Callable[[Sequence[int]], Sequence[int]]) -> None:
    """Let a feature above name who is asked about these topics when nobody answers for an item itself."""
    if find not in _owner_people:
        _owner_people.append(find)


def owners_of(topic_ids: Sequence[int]) -> list[int]:
    """Who is asked about these topics, as features above say it."""
    return list(dict.fromkeys(person for find in _owner_people for person in find(topic_ids)))


def topic_ids_of(root_id: int) -> list[int]:
    """The topics of a publication. One statement."""
    rows = select(ContentTopic.topic_id).where(ContentTopic.content_id == root_id)
    return list(db.session.scalars(rows.order_by(ContentTopic.topic_id)))


def can_trust(item: ContentItem) -> bool:
    """Whether such an item has a state of trust at all."""
    return item.kind in trusted_kinds()


def can_make_official(actor: Actor, item: ContentItem, root: ContentItem) -> bool:
    """Editors, and who owns a topic of the publication. One statement and what features above ask, but for editors."""
    if not can_trust(item) or (item.state, root.state) != (PUBLISHED, PUBLISHED):
        return False
    if actor.is_editor:
        return True
    if not _owners:
        return False
    topic_ids = topic_ids_of(root.id)
    return bool(topic_ids) and any(owns(actor, topic_ids) for owns in _owners)


def answers_for(actor: Actor, row: ContentTrust | None) -> bool:
    """Whether the person is the one who is asked about the item."""
    return row is not None and row.owner_id == actor.person_id


def can_limit(actor: Actor, item: ContentItem, root: ContentItem, row: ContentTrust | None) -> bool:
    """Who may say until when and for whom it is valid: its author while it is not official, and who may make it so."""
    if not can_trust(item) or item.state != PUBLISHED:
        return False
    official = row is not None and OFFICIAL in (row.state, row.was)
    if not official and item.author_id == actor.person_id:
        return True
    return answers_for(actor, row) or can_make_official(actor, item, root)


def can_extend(actor: Actor, item: ContentItem, root: ContentItem, row: ContentTrust | None) -> bool:
    """Who may answer "still true?"."""
    return row is not None and row.valid_until is not None and can_limit(actor, item, root, row)


def can_check(actor: Actor, item: ContentItem, root: ContentItem, row: ContentTrust | None) -> bool:
    """Who may say that it still stands after something it relies on has changed.

    What is official by its owners; what was accepted or confirmed also by the asker and by who may confirm.
    """
    if row is None or row.state != CHECK or item.state != PUBLISHED:
        return False
    if row.was != OFFICIAL and (can_accept(actor, root) or can_confirm(actor, item, root)):
        return True
    return answers_for(actor, row) or can_make_official(actor, item, root)
