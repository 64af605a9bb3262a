"""Making an item official, withdrawing that, and saying after a look that it still stands."""

from __future__ import annotations

from sqlalchemy import or_, select

from app.content.models import ContentItem
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.trust.events import MadeOfficial, OfficialChanged
from app.trust.models import CHECK, OFFICIAL, OPINION, ContentTrust
from app.trust.policy import Rights, can_make_official
from app.trust.queries import confirmations_needed, trust_row
from app.trust.queries.marks import count_confirmations
from app.trust.schemas import Seen, trusted_kinds
from app.trust.service.confirming import confirm
from app.trust.service.rows import access_trusted, demand_seen, row_for, told, turn


def make_official(actor: Actor, public_id: str, *, on: bool, seen: Seen | None = None) -> ContentItem:
    """Stand behind an item as who owns its topic, or no longer; its publication.

    At most one answer of a question is official: another one that was, no longer is. What the feature of the item does
    besides (a question shows the official answer, whatever was accepted) is in the same transaction. Doing it twice
    changes nothing. `seen` are the versions that were read; who withdraws need not have. Raises `NotFound`, `Forbidden`
    and `Conflict` when it reads otherwise by now. Locks the publication, and is audited.
    """
    with unit_of_work():
        item, root = access_trusted(actor, public_id)
        if not can_make_official(actor, item, root):
            raise Forbidden(_("Only who owns the topic can make this official."))
        if on:
            demand_seen(item, root, seen)
        row = row_for(item)
        was = OFFICIAL in (row.state, row.was)
        if on and not was:
            for other in _other_officials(item):
                _withdraw(other, db.session.get_one(ContentItem, other.content_id), root, actor.person_id)
            turn(row, OFFICIAL)
            row.official_by, row.official_at = actor.person_id, clock.now()
            row.revision = row.text_from = item.revision
            row.owner_id = row.owner_id or actor.person_id
            db.session.flush()  # what the feature above reads has to be there
            trusted_kinds()[item.kind].on_official(item, root, True, actor.person_id)
            audit.record("trust.official", f"item:{item.public_id}", actor_id=actor.person_id)
            emit(MadeOfficial(item.id, root.id, item.author_id, actor.person_id))
            told(item, root)
        elif was and not on:
            _withdraw(row, item, root, actor.person_id)
            audit.record("trust.withdrawn", f"item:{item.public_id}", actor_id=actor.person_id)
        return root


def withdraw_gone(item: ContentItem, root: ContentItem) -> None:
    """What is hidden or deleted is not official any more. In the open unit of work; again changes nothing."""
    row = trust_row(item.id, lock=True)
    if row is not None and OFFICIAL in (row.state, row.was):
        _withdraw(row, item, root, None, why="gone")
        audit.record("trust.withdrawn", f"item:{item.public_id}", actor_id=None, why="gone")


def check(actor: Actor, public_id: str, *, seen: Seen | None = None) -> tuple[int, int]:
    """Say after a look that an item still stands: it gets the state back that it had.

    What was rewritten gets it back when who asked, or who owns the topic, says so, or as many who may confirm as are
    needed; how many have, and how many that are, or zeros where one is enough. `seen` are the versions that were looked
    at. Audited. Raises `NotFound`, `Forbidden`, and `Conflict` when nothing is to be checked any more, or another text.
    """
    with unit_of_work():
        item, root = access_trusted(actor, public_id)
        row = trust_row(item.id, lock=True)
        if row is None or row.state != CHECK:
            raise Conflict(_("There is nothing to check here any more."))
        rights = Rights(actor, item, root, row)
        if not rights.checks:
            raise Forbidden(_("Only who answers for this can say that it still stands."))
        demand_seen(item, root, seen)
        had = row.was
        done = needed = 0
        if rights.settles:
            turn(row, row.was)
            row.revision = row.text_from = item.revision
        else:
            confirm(item, root, actor.person_id)
            done, needed = count_confirmations(item.id), confirmations_needed()
        audit.record("trust.checked", f"item:{item.public_id}", actor_id=actor.person_id, state=had)
        told(item, root)
        return done, needed


def _other_officials(item: ContentItem) -> list[ContentTrust]:
    """The rows of what else is official in the thread of an answer. One SELECT."""
    if item.root_id is None:
        return []
    rows = (
        select(ContentTrust)
        .join(ContentItem, ContentItem.id == ContentTrust.content_id)
        .where(
            ContentItem.root_id == item.root_id,
            ContentItem.id != item.id,
            or_(ContentTrust.state == OFFICIAL, ContentTrust.was == OFFICIAL),
        )
    )
    return list(db.session.scalars(rows))


def _withdraw(
    row: ContentTrust, item: ContentItem, root: ContentItem, actor_id: int | None, *, why: str = "withdrawn"
) -> None:
    confirmed = count_confirmations(item.id) >= confirmations_needed()
    turn(row, "confirmed" if confirmed else OPINION)
    row.official_by = row.official_at = None
    db.session.flush()  # what the feature above reads has to be there
    trusted_kinds()[item.kind].on_official(item, root, False, actor_id)
    emit(OfficialChanged(item.id, root.id, why, row.revision, actor_id))
    told(item, root)
