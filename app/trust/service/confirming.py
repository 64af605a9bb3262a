"""Confirming an answer by people who may: enough of them make it confirmed."""

from __future__ import annotations

from sqlalchemy import delete

from app.content.models import ContentItem
from app.core import audit, clock, settings
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.topics.policy import can_curate
from app.trust.models import CONFIRMED, OFFICIAL, OPINION, ContentConfirmation
from app.trust.queries import confirmations_needed, trust_row
from app.trust.queries.marks import CONFIRMATIONS, count_confirmations
from app.trust.service.rows import row_for, told, turn


def confirm(item: ContentItem, root: ContentItem, person_id: int) -> bool:
    """Note that a person confirms an answer as it reads now; whether enough people do. Again changes nothing.

    Inside the open unit of work with the publication locked; whoever calls has decided that the person may.
    """
    statement = insert(ContentConfirmation).values(
        content_id=item.id, person_id=person_id, confirmed_at=clock.now(), revision=item.revision
    )
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["content_id", "person_id"], set_={"revision": statement.excluded.revision}
        )
    )
    return _follow(item, root, gave=True)


def unconfirm(item: ContentItem, root: ContentItem, person_id: int) -> bool:
    """Take back what a person confirmed; whether enough people still do. Again changes nothing. As `confirm`."""
    mine = (ContentConfirmation.content_id == item.id, ContentConfirmation.person_id == person_id)
    db.session.execute(delete(ContentConfirmation).where(*mine))
    return _follow(item, root, gave=False)


def _follow(item: ContentItem, root: ContentItem, *, gave: bool) -> bool:
    enough = count_confirmations(item.id) >= confirmations_needed()
    row = row_for(item) if enough else trust_row(item.id, lock=True)
    before = None if row is None else row.was or row.state
    wanted = CONFIRMED if enough else OPINION
    if row is None or before == OFFICIAL or (gave and not enough):
        return enough
    if enough and row.changed_from is not None:
        turn(row, CONFIRMED)
    elif before == wanted:
        return enough
    elif row.was:
        row.was = wanted
    else:
        turn(row, wanted)
    told(item, root)
    return enough


def set_confirmations(actor: Actor, number: int) -> None:
    """Set how many people have to confirm an answer; what is confirmed already stays. Audited. Raises `Forbidden`."""
    if not can_curate(actor):
        raise Forbidden(_("The desk is for the editors of internal communications."))
    with unit_of_work():
        settings.put(CONFIRMATIONS, number)
        audit.record("trust.confirmations_set", "settings:trust", actor_id=actor.person_id, number=number)
