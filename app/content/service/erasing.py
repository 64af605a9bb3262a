"""Forgetting somebody in what was written: by name in everybody's texts, and if asked in all they wrote themselves."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from app.content.events import ContentEdited
from app.content.models import (
    DELETED,
    ContentItem,
    ContentTopic,
    Draft,
    GroupMention,
    PersonMention,
    Revision,
)
from app.content.service import texts
from app.content.service.changing import take_away
from app.core import clock
from app.core.db import db
from app.core.i18n import gettext as _
from app.core.i18n import house_locale, speaking
from app.core.outbox import emit
from app.files import service as files
from app.lib.handles import find_mentions, mention_path

_Below = aliased(ContentItem, name="below")


def forget_person(person_id: int, handle: str, new_handle: str) -> None:
    """Let nobody's text name somebody who was erased: mentions get the new handle, also in earlier versions.

    In the open unit of work. Drops their drafts, and has cards made anew that say who liked or gave topics. Reads the
    HTML of every text once; a few statements for each that mentions them. Again changes nothing.
    """
    db.session.execute(delete(Draft).where(Draft.person_id == person_id))
    link = f'"{mention_path(handle)}"'
    named = select(ContentItem).where(ContentItem.body_html.contains(link, autoescape=True))
    for item in db.session.scalars(named.order_by(ContentItem.id).with_for_update()):
        item.title = _renamed(item.title, handle, new_handle)
        texts.reword(item, _renamed(item.body_source, handle, new_handle))
        root = _root(item)
        root.version += 1
        emit(ContentEdited(item.id, root.id, person_id))
    for revision in db.session.scalars(select(Revision).where(Revision.body_source.contains("@"))):
        revision.body_source = _renamed(revision.body_source, handle, new_handle)
    shown = or_(
        ContentItem.last_liker_id == person_id,
        exists().where(ContentTopic.content_id == ContentItem.id, ContentTopic.added_by == person_id),
    )
    newer = update(ContentItem).where(shown).values(version=ContentItem.version + 1)
    db.session.execute(newer.execution_options(synchronize_session=False))


def erase_texts(person_id: int) -> None:
    """Take away what somebody wrote, with its files and earlier versions.

    In the open unit of work. A text below which others wrote stays as an empty place, so that their words keep what
    they belong to. Some six statements for each text. Again changes nothing.
    """
    with speaking(house_locale()):
        notice = _("This text was deleted together with its author’s account.")
    mine = select(ContentItem).where(ContentItem.author_id == person_id, ContentItem.body_source != notice)
    # Replies first: a text below which only they stood is then free to go.
    for item in db.session.scalars(mine.order_by(ContentItem.id.desc()).with_for_update()).all():
        root = _root(item)
        others = item.state != DELETED and _others_below(item)
        if item.state != DELETED and not others:
            take_away(item, root, by=None)
        db.session.execute(delete(Revision).where(Revision.content_id == item.id))
        for table in (PersonMention, GroupMention):
            db.session.execute(delete(table).where(table.content_id == item.id))
        files.give_up(item.id)
        item.title = ""
        texts.reword(item, notice)
        item.revision, item.edited_at = item.revision + 1, clock.now()
        root.version += 1
        emit(ContentEdited(item.id, root.id, person_id))


def _others_below(item: ContentItem) -> bool:
    below = select(_Below.id).where(
        or_(_Below.root_id == item.id, _Below.parent_id == item.id),
        _Below.author_id != item.author_id,
        _Below.state != DELETED,
    )
    return db.session.scalar(below.limit(1)) is not None


def _root(item: ContentItem) -> ContentItem:
    return item if item.root_id is None else db.session.get_one(ContentItem, item.root_id)


def _renamed(text: str, handle: str, new_handle: str) -> str:
    """The text with the handle of somebody replaced wherever it mentions them."""
    parts, at = list[str](), 0
    for mention in _mentions_of(text, handle):
        parts += [text[at : mention[0] + 1], new_handle]
        at = mention[1]
    return "".join([*parts, text[at:]])


def _mentions_of(text: str, handle: str) -> Iterable[tuple[int, int]]:
    return ((each.start, each.end) for each in find_mentions(text) if each.handle == handle)
