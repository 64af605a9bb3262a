"""Who may say how far something is to be trusted. Features above say who owns topics and who else may confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from sqlalchemy import exists, select

from app.content.models import COMPANY, PUBLISHED, ContentItem, ContentTopic
from app.content.policy import access_item, can_accept, can_confirm, can_open, register_confirmers
from app.core.actor import Actor
from app.core.db import db
from app.groups.models import GroupMember
from app.people.models import ACTIVE, Person
from app.trust.models import CHECK, OFFICIAL, ContentTrust
from app.trust.schemas import trusted_kinds

__all__ = [
    "Rights", "access_item", "answers_for", "can_accept", "can_make_official", "can_open", "can_trust",
    "owners_of", "register_confirmers", "register_owner_people", "register_owners", "topic_ids_of",
    "who_sees",
]  # fmt: skip

_owners: list[Callable[[Actor, int], bool]] = []
_owner_people: list[Callable[[Sequence[int]], Sequence[int]]] = []


def register_owners(owns: Callable[[Actor, int], bool]) -> None:
    """Let a feature above say whether somebody owns a topic of a publication, or works where it is owned."""
    if owns not in _owners:
        _owners.append(owns)


def register_owner_people(find: Callable[[Sequence[int]], Sequence[int]]) -> None:
    """Let a feature above name who is asked about these topics when nobody answers for an item itself."""
    if find not in _owner_people:
        _owner_people.append(find)


def owners_of(topic_ids: Sequence[int]) -> list[int]:
    """Who is asked about these topics, as features above say it."""
    return list(dict.fromkeys(person for find in _owner_people for person in find(topic_ids)))


def who_sees(person_ids: Sequence[int], item: ContentItem) -> list[int]:
    """Which of these people work here and may see an item, by id. One statement, none for nobody."""
    if not person_ids:
        return []
    working = select(Person.id).where(Person.id.in_(person_ids), Person.state == ACTIVE)
    if item.audience != COMPANY:
        member = exists().where(GroupMember.group_id == item.group_id, GroupMember.person_id == Person.id)
        working = working.where(member)
    return sorted(db.session.scalars(working))


def topic_ids_of(root_id: int) -> list[int]:
    """The topics of a publication. One statement."""
    rows = select(ContentTopic.topic_id).where(ContentTopic.content_id == root_id)
    return list(db.session.scalars(rows.order_by(ContentTopic.topic_id)))


def can_trust(item: ContentItem) -> bool:
    """Whether such an item has a state of trust at all."""
    return item.kind in trusted_kinds()


def can_make_official(actor: Actor, item: ContentItem, root: ContentItem) -> bool:
    """Editors, and who owns a topic of the publication. No statement but what features above ask."""
    if not can_trust(item) or (item.state, root.state) != (PUBLISHED, PUBLISHED):
        return False
    if actor.is_editor:
        return True
    return any(owns(actor, root.id) for owns in _owners)


def answers_for(actor: Actor, row: ContentTrust | None) -> bool:
    """Whether the person is the one who is asked about the item."""
    return row is not None and row.owner_id == actor.person_id


class Rights:
    """What a person may do about the trust of an item; what features above say is asked once."""

    def __init__(self, actor: Actor, item: ContentItem, root: ContentItem, row: ContentTrust | None) -> None:
        self._actor, self._item, self._root, self._row = actor, item, root, row

    @cached_property
    def owns(self) -> bool:
        """Whether they may make it official."""
        return can_make_official(self._actor, self._item, self._root)

    @cached_property
    def confirms(self) -> bool:
        """Whether they may confirm it, though they did not ask; of an article, though they don't look after it."""
        if self._item is self._root and answers_for(self._actor, self._row):
            return False
        return not can_accept(self._actor, self._root) and can_confirm(self._actor, self._item, self._root)

    @property
    def limits(self) -> bool:
        """Until when and for whom it is valid: its author while it is not official, and who may make it so."""
        if not can_trust(self._item) or self._item.state != PUBLISHED:
            return False
        official = self._row is not None and OFFICIAL in (self._row.state, self._row.was)
        if not official and self._item.author_id == self._actor.person_id:
            return True
        return answers_for(self._actor, self._row) or self.owns

    @property
    def extends(self) -> bool:
        """Answering "still true?"."""
        return self._row is not None and self._row.valid_until is not None and self.limits

    @property
    def checks(self) -> bool:
        """Saying that it still stands after something it relies on has changed.

        What is official by its owners; what was accepted or confirmed also by the asker and by who may confirm.
        """
        row = self._row
        if row is None or row.state != CHECK or self._item.state != PUBLISHED:
            return False
        return (row.was != OFFICIAL and self.confirms) or self.settles

    @property
    def settles(self) -> bool:
        """Whether their word alone gives what is to be checked its state back.

        Who may confirm does so too, when not its own text but something else has changed. Who rewrote it does not.
        """
        row = self._row
        if row is None:
            return False
        rewritten = row.changed_from is not None
        if row.was != OFFICIAL and (can_accept(self._actor, self._root) or (self.confirms and not rewritten)):
            return True
        wrote = self._item is self._root or self._item.author_id == self._actor.person_id
        theirs = rewritten and row.was != OFFICIAL and wrote
        return (answers_for(self._actor, row) and not theirs) or self.owns
