"""Editing, deleting, pinning, and adding topics."""

from __future__ import annotations

from sqlalchemy import select

from app.content import policy
from app.content.events import ContentDeleted, ContentEdited, ContentPinned, TopicsAdded
from app.content.models import (
    ANSWER,
    DELETED,
    MEMBERS,
    PUBLISHED,
    ContentItem,
    ContentTopic,
    Revision,
)  # fmt: skip
from app.content.schemas import FILES_CHANGED, Edit, kinds
from app.content.service import drafts, texts
from app.content.service.publishing import rank
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.files import service as files
from app.files.queries import attached as files_of
from app.files.schemas import MAX_ALT
from app.lib.hashtags import is_topic_name
from app.lib.text import clean_line
from app.topics.service import ensure_topics

#: Longest note on what was changed, in characters.
MAX_NOTE = 400
#: Topics one publication may have.
MAX_TOPICS = 15


class StaleEdit(Conflict):
    """Somebody changed the text meanwhile; `theirs` is the row as it is now."""

    code = "stale-edit"

    def __init__(self, theirs: ContentItem) -> None:
        super().__init__(_("The text was changed meanwhile. Nothing is lost: compare both and save again."))
        self.theirs = theirs


def edit(actor: Actor, public_id: str, command: Edit) -> tuple[str, ...]:
    """Change one's own text; names of newly mentioned people who may not see the place.

    Without `file_ids` the files stay; with them these are its files, in this order. Keeps the text before as a
    revision. A form that is sent twice changes the text once.

    Raises `NotFound`, `Forbidden`, `Invalid` and `StaleEdit`.
    """
    with unit_of_work():
        item, root = policy.access_item(actor, public_id, lock=True)
        if not policy.can_edit(actor, item):
            raise Forbidden(_("Only the author can change this."))
        if item.revision != command.revision:
            if _says(item, command):
                return ()
            raise StaleEdit(item)
        kind = kinds().get(item.kind)
        if kind is not None and kind.titled:
            texts.demand_title(command.title)
        if kind and kind.longest is not None and len(command.body) > kind.longest:
            message = _("This text has at most %(most)s characters.", most=kind.longest)
            raise Invalid(message, field="body")
        has_files = bool(_file_ids(item) if command.file_ids is None else command.file_ids)
        text = texts.prepare(
            actor,
            title=command.title,
            body=command.body,
            members_of=item.group_id if item.audience == MEMBERS else None,
            with_files=has_files and not (kind and kind.composed),
        )
        if command.file_ids is not None:
            changes = files.claim(actor, command.file_ids, item.id, command.alts)
            if any(changes):
                audit.record(
                    FILES_CHANGED, f"item:{item.public_id}", actor_id=actor.person_id, **changes._asdict(),
                    revision=item.revision + 1,
                )  # fmt: skip
        now = clock.now()
        _keep_revisions(item, actor.person_id, text, now, command.note)
        texts.store(item, text)
        item.edited_at = now
        item.revision += 1
        gone: tuple[int, ...] = ()
        if item is root:
            topic_ids = ensure_topics(text.topics, actor.person_id)
            gone = texts.unlink_topics(item, topic_ids)
            texts.link_topics(item, text.topics, actor.person_id, origin="text")
        new_people, new_groups = texts.link_mentions(item, text.mentions)
        root.version += 1
        if not command.late:
            drafts.forget(actor.person_id, f"edit-{item.public_id}")
        emit(ContentEdited(item.id, root.id, actor.person_id, new_people, new_groups, gone))
        return text.mentions.unreached


def _says(item: ContentItem, command: Edit) -> bool:
    """Whether the row says already what the command wants it to."""
    has = {each.id: each.alt for each in files_of(item.id)} if command.file_ids is not None else {}
    if command.file_ids not in (None, tuple(has)):
        return False
    if any(has.get(name, text) != clean_line(text, MAX_ALT) for name, text in command.alts.items()):
        return False
    return (item.title, item.body_source) == (
        texts.titled(command.title),
        texts.checked(command.body, with_files=True),
    )


def _file_ids(item: ContentItem) -> tuple[str, ...]:
    """The files of the row, in their order. One SELECT."""
    return tuple(each.id for each in files_of(item.id))


def _keep_revisions(item: ContentItem, editor_id: int, text: texts.Text, now: int, note: str) -> None:
    """The first edit also keeps the text as it was published. Where only files change, no text is kept twice."""
    if (item.title, item.body_source) == (text.title, text.source):
        return
    first = db.session.scalars(select(Revision.id).where(Revision.content_id == item.id).limit(1)).first()
    if first is None:
        db.session.add(
            Revision(
                content_id=item.id, number=1, title=item.title, body_source=item.body_source,
                edited_by=item.author_id, edited_at=item.published_at,
            )
        )  # fmt: skip
    db.session.add(
        Revision(
            content_id=item.id, number=item.revision + 1, title=text.title, body_source=text.source,
            edited_by=editor_id, edited_at=now, comment=clean_line(note, MAX_NOTE),
        )
    )  # fmt: skip


def delete(actor: Actor, public_id: str) -> str:
    """Take back what one wrote; the address to go on to. The row stays for the audit, shown to nobody."""
    with unit_of_work():
        item, root = policy.access_item(actor, public_id, lock=True)
        if not policy.can_delete(actor, item):
            raise Forbidden(_("Only the author can delete this."))
        take_away(item, root, by=actor.person_id)
        return "/" if item is root else f"/p/{root.public_id}"


def take_away(item: ContentItem, root: ContentItem, *, by: int | None) -> None:
    """Delete a row in the open unit of work. Audited; by nobody when its author was erased."""
    uncount(item, root)
    item.state = DELETED
    root.version += 1
    audit.record("content.deleted", f"item:{item.public_id}", actor_id=by)
    emit(ContentDeleted(item.id, root.id, by or item.author_id))


def uncount(item: ContentItem, root: ContentItem) -> None:
    """Take a comment that was shown out of its thread's counters."""
    if item is not root and item.state == PUBLISHED:
        root.comments_count -= 1
        root.answers_count -= item.kind == ANSWER
        rank(root)


def count(item: ContentItem, root: ContentItem) -> None:
    """Put a comment back into its thread's counters."""
    if item is not root:
        root.comments_count += 1
        root.answers_count += item.kind == ANSWER
        rank(root)


def pin(actor: Actor, public_id: str, *, on: bool) -> None:
    """Put a publication on top of its place, or take it from there. Doing it twice changes nothing."""
    with unit_of_work():
        item = policy.access_publication(actor, public_id, lock=True)
        if not policy.can_pin(actor, item):
            raise Forbidden(_("Only who keeps this place can pin in it."))
        if on == (item.pinned_at is not None):
            return
        item.pinned_at = clock.now() if on else None
        item.version += 1
        emit(ContentPinned(item.id, on, actor.person_id))


def add_topics(actor: Actor, public_id: str, written: str) -> int:
    """Give a publication topics, written with or without "#"; how many it did not have before.

    Raises `Invalid` (field "topics") when none can be read or there would be too many.
    """
    names = _names(written)
    with unit_of_work():
        item = policy.access_publication(actor, public_id, lock=True)
        if not policy.can_add_topics(actor, item):
            raise Forbidden(_("You can't add topics to this publication."))
        had = db.session.scalars(
            select(ContentTopic.topic_id).where(ContentTopic.content_id == item.id)
        ).all()
        new = texts.link_topics(item, names, actor.person_id, origin="added")
        if len(had) + len(new) > MAX_TOPICS:
            raise Invalid(_("A publication has at most %(most)s topics.", most=MAX_TOPICS), field="topics")
        if not new:
            return 0
        item.version += 1
        emit(TopicsAdded(item.id, tuple(new), actor.person_id, item.author_id))
        return len(new)


def _names(written: str) -> list[str]:
    names = [word.lstrip("#＃") for word in written.replace(",", " ").split()]
    if not names or not all(is_topic_name(name) for name in names):
        raise Invalid(_("A topic is one word of letters, digits and hyphens."), field="topics")
    return names
