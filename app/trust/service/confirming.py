"""Confirming an answer by people who may: enough of them make it confirmed."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.content.models import ContentItem
from app.core import audit, clock, settings
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.topics.policy import can_curate
from app.trust.models import CONFIRMED, OFFICIAL, OPINION, ContentConfirmation
from app.trust.policy import Rights
from app.trust.queries import confirmations_needed, trust_row
from app.trust.queries.marks import CONFIRMATIONS, count_confirmations
from app.trust.schemas import Seen
from app.trust.service.rows import access_trusted, demand_seen, row_for, told, turn


def confirm_article(actor: Actor, public_id: str, *, on: bool, seen: Seen | None = None) -> tuple[int, int]:
    """Confirm an article as somebody who knows its topics, or take that back; how many do, and how many are needed.

    Twice changes nothing. `seen` is the version that was read; who takes it back need not have. Raises `NotFound`,
    `Forbidden` for who may not and of what is official already, `Conflict` when it reads otherwise by now, and
    `Invalid` for answers, which are accepted. Locks the article.
    """
    with unit_of_work():
        item, root = access_trusted(actor, public_id)
        if item is not root:
            raise Invalid(_("Only an article is confirmed like this."), field="on")
        row = trust_row(item.id, lock=True)
        official = row is not None and OFFICIAL in (row.state, row.was)
        if on and (official or not Rights(actor, item, root, row).confirms):
            raise Forbidden(_("Only who knows the topic can confirm an article of others."))
        if on:
            demand_seen(item, root, seen)
        (confirm if on else unconfirm)(item, root, actor.person_id)
        return count_confirmations(item.id), confirmations_needed()


def confirm(item: ContentItem, root: ContentItem, person_id: int) -> bool:
    """Note that a person confirms an answer as it reads now; whether enough people do. Again changes nothing.

    Inside the open unit of work with the publication locked; whoever calls has decided that the person may.
    """
    changed = _revision_confirmed(item, person_id) != item.revision
    if changed:
        statement = insert(ContentConfirmation).values(
            content_id=item.id, person_id=person_id, confirmed_at=clock.now(), revision=item.revision
        )
        anew = {"revision": statement.excluded.revision, "confirmed_at": statement.excluded.confirmed_at}
        db.session.execute(
            statement.on_conflict_do_update(index_elements=["content_id", "person_id"], set_=anew)
        )
    return _follow(item, root, gave=True, changed=changed)


def unconfirm(item: ContentItem, root: ContentItem, person_id: int) -> bool:
    """Take back what a person confirmed; whether enough people still do. Again changes nothing. As `confirm`."""
    before = _revision_confirmed(item, person_id)
    mine = (ContentConfirmation.content_id == item.id, ContentConfirmation.person_id == person_id)
    db.session.execute(delete(ContentConfirmation).where(*mine))
    return _follow(item, root, gave=False, changed=before is not None)


def _revision_confirmed(item: ContentItem, person_id: int) -> int | None:
    mine = (ContentConfirmation.content_id == item.id, ContentConfirmation.person_id == person_id)
    return db.session.scalar(select(ContentConfirmation.revision).where(*mine))


def _follow(item: ContentItem, root: ContentItem, *, gave: bool, changed: bool) -> bool:
    """Give an item the state that its confirmations make. Each of them is praise, also where they are too few yet."""
    enough, turned = _turn(item, gave=gave)
    if turned or changed:
        told(item, root)
    return enough


def _turn(item: ContentItem, *, gave: bool) -> tuple[bool, bool]:
    """Whether they are enough, and whether the state is another now."""
    enough = count_confirmations(item.id) >= confirmations_needed()
    row = row_for(item) if enough else trust_row(item.id, lock=True)
    before = None if row is None else row.was or row.state
    wanted = CONFIRMED if enough else OPINION
    if row is None or before == OFFICIAL or (gave and not enough):
        return enough, False
    if enough and row.changed_from is not None:
        turn(row, CONFIRMED)
    elif before == wanted:
        return enough, False
    elif row.was:
        row.was = wanted
    else:
        turn(row, wanted)
    return enough, True


def set_confirmations(actor: Actor, number: int) -> None:
    """Set how many people have to confirm an answer; what is confirmed already stays. Audited. Raises `Forbidden`."""
    if not can_curate(actor):
        raise Forbidden(_("The desk is for the editors of internal communications."))
    with unit_of_work():
        settings.put(CONFIRMATIONS, number)
        audit.record("trust.confirmations_set", "settings:trust", actor_id=actor.person_id, number=number)
