"""The row of an item, and saying that it has changed. In the open unit of work, with the publication locked."""

from __future__ import annotations

from app.content.models import ContentItem
from app.content.policy import access_item
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.trust.events import TrustChanged
from app.trust.models import OPINION, ContentTrust
from app.trust.policy import can_trust
from app.trust.queries import trust_row
from app.trust.schemas import Seen


def access_trusted(actor: Actor, public_id: str, *, lock: bool = True) -> tuple[ContentItem, ContentItem]:
    """The item and its publication, if the person may see it and it is of a kind that has a state of trust.

    Raises `NotFound`. Locks both rows if wanted.
    """
    item, root = access_item(actor, public_id, lock=lock)
    if not can_trust(item):
        raise NotFound
    return item, root


def demand_seen(item: ContentItem, root: ContentItem, seen: Seen | None) -> None:
    """Let nobody vouch for a text that they have not read, nor as the answer to another question.

    Raises `Conflict` (fields revision, question_revision) where they have read another version.
    """
    if seen is None:
        return
    if seen.revision not in (None, item.revision):
        raise Conflict(_("It was changed while you looked. Please look again."), field="revision")
    if seen.question not in (None, root.revision):
        message = _("The question was changed while you looked. Please look again.")
        raise Conflict(message, field="question_revision")


def lock_with_root(item: ContentItem) -> ContentItem:
    """Lock an item after its publication, in the order in which everybody does; the publication."""
    root = item if item.root_id is None else db.session.get_one(ContentItem, item.root_id)
    db.session.refresh(root, with_for_update=True)
    if item is not root:
        db.session.refresh(item, with_for_update=True)
    return root


def row_for(item: ContentItem) -> ContentTrust:
    """The row of an item, locked; made when there is none. One SELECT, and an INSERT when it is flushed."""
    row = trust_row(item.id, lock=True)
    if row is None:
        row = ContentTrust(
            content_id=item.id, state=OPINION, was="", since=clock.now(), revision=item.revision,
            text_from=item.revision,
        )  # fmt: skip
        db.session.add(row)
    return row


def turn(
    row: ContentTrust,
    state: str,
    *,
    was: str = "",
    because_id: int | None = None,
    changed_from: int | None = None,
) -> None:
    """Give a row another state."""
    row.state, row.was, row.because_id, row.changed_from = state, was, because_id, changed_from
    row.since = clock.now()


def told(item: ContentItem, root: ContentItem) -> None:
    """Have cards, search and points follow a change."""
    root.version += 1
    emit(TrustChanged(item.id, root.id))
