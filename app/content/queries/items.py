"""Reading one item: what may be done with it, and how it read before."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.content import policy
from app.content.models import HIDDEN, ContentItem, Revision
from app.content.queries.accepted import acceptance
from app.content.queries.lines import person_columns, person_line
from app.content.schemas import FILES_CHANGED, ItemMenu, kinds, trusted
from app.core.actor import Actor
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.prepared import Prepared, among
from app.people.models import Person
from app.people.schemas import PersonLine


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A text as it read after an edit."""

    number: int
    title: str
    body: str
    at: int
    editor: PersonLine | None
    comment: str


@dataclass(frozen=True, slots=True)
class FilesLine:
    """An edit that changed the photos and files of an item: how many came and went, or only their order."""

    at: int
    editor: PersonLine | None
    added: int
    removed: int


def menu(actor: Actor, public_id: str) -> tuple[ItemMenu, ContentItem]:
    """What the person may do with an item. One or two SELECTs, two more of an answer. Raises `NotFound`."""
    item, root = policy.access_item(actor, public_id)
    # Articles are confirmed on their page of trust.
    by_right = (
        item is not root and not policy.can_accept(actor, root) and policy.can_confirm(actor, item, root)
    )
    accepted, confirmed = acceptance(root.id, item.id, actor.person_id) if by_right else (None, False)
    rules = {
        "edit": policy.can_edit(actor, item),
        "topics": policy.can_add_topics(actor, item),
        "pin": policy.can_pin(actor, item),
        "report": policy.can_report(actor, item),
        "confirm": by_right and accepted is None and not confirmed,
        "withdraw": confirmed,
        "thank": policy.can_thank(actor, item),
        "hide": item.state != HIDDEN
        and policy.can_moderate(actor, item)
        and item.author_id != actor.person_id,
        "restore": item.state == HIDDEN
        and policy.can_moderate(actor, item)
        and item.author_id != actor.person_id,
        "trust": trusted(item.kind),
        "history": item.revision > 1,
        "delete": policy.can_delete(actor, item),
    }
    actions = tuple(name for name, allowed in rules.items() if allowed)
    kind = kinds().get(item.kind)
    shown = ItemMenu(
        item.public_id,
        root.public_id,
        item is root,
        item.revision,
        actions,
        item.pinned_at is not None,
        item.state,
        kind.pages if kind is not None else "/items",
        item.kind,
    )
    return shown, item


_REVISIONS = Prepared(
    select(
        Revision.number, Revision.title, Revision.body_source, Revision.edited_at, Revision.comment,
        *person_columns("editor", Person),
    )
    .outerjoin(Person, Person.id == Revision.edited_by)
    .where(among(Revision.content_id, "ids"))
    .order_by(Revision.number.desc())
    .limit(100)
)  # fmt: skip


def history(actor: Actor, public_id: str) -> tuple[ContentItem, ContentItem, tuple[RevisionLine, ...]]:
    """The item, its publication and its revisions, latest first. Three SELECTs. Raises `NotFound`."""
    item, root = policy.access_item(actor, public_id)
    lines = tuple(
        RevisionLine(
            row.number, row.title, row.body_source, row.edited_at, person_line(row, "editor"), row.comment
        )
        for row in _REVISIONS.all(ids=[item.id])
    )
    return item, root, lines


def files_changed(item: ContentItem) -> tuple[FilesLine, ...]:
    """When photos and files of an item were changed, latest first. One SELECT."""
    rows = db.session.execute(
        select(AuditEntry.happened_at, AuditEntry.details, *person_columns("editor", Person))
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.subject == f"item:{item.public_id}", AuditEntry.action == FILES_CHANGED)
        .order_by(AuditEntry.happened_at.desc())
        .limit(100)
    )
    return tuple(
        FilesLine(row.happened_at, person_line(row, "editor"), row.details["added"], row.details["removed"])
        for row in rows
    )
