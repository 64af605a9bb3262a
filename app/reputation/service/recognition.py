"""Use cases of recognition: who is shown in leaderboards, and where recognition is off."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.core import audit, clock, settings, shared
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.text import clean_line
from app.people.models import Department, Region, Shop
from app.reputation.models import OptOut
from app.reputation.queries.recognition import OFF
from app.topics.policy import can_curate

_UNITS = {"region": Region, "shop": Shop, "department": Department}


def show_in_leaders(actor: Actor, *, on: bool) -> None:
    """The actor lets leaderboards show them, or no longer. Again changes nothing."""
    with unit_of_work():
        if on:
            db.session.execute(delete(OptOut).where(OptOut.person_id == actor.person_id))
        else:
            row = {"person_id": actor.person_id, "since": clock.now()}
            db.session.execute(insert(OptOut).values(row).on_conflict_do_nothing())
        shared.forget()


def forget_person(person_id: int) -> None:
    """Somebody was erased: they had no wishes. Their entries stay, as nobody's. In the open unit of work."""
    db.session.execute(delete(OptOut).where(OptOut.person_id == person_id))


def recognise(actor: Actor, unit: str, *, on: bool) -> None:
    """Editors switch recognition off in a unit ("region:3", "shop:17", "department:12"), or on again.

    Again changes nothing. Points are counted all the while. Audited. Raises `Forbidden` for all but editors, and
    `Invalid` (field "unit") for a unit that does not exist.
    """
    if not can_curate(actor):
        raise Forbidden(_("The desk is for the editors of internal communications."))
    kind, _colon, number = unit.partition(":")
    if kind not in _UNITS or not number.isdecimal() or len(number) > 9:
        raise Invalid(_("Choose one of the list."), field="unit")
    with unit_of_work():
        if db.session.get(_UNITS[kind], int(number)) is None:
            raise Invalid(_("Choose one of the list."), field="unit")
        kept = settings.get(OFF, {})
        before = set(kept.get(kind, ()))
        after = before - {int(number)} if on else before | {int(number)}
        if after != before:
            settings.put(OFF, {**kept, kind: sorted(after)})
            action = "recognition.switched_on" if on else "recognition.switched_off"
            audit.record(action, unit, actor_id=actor.person_id)


def recognise_shop(actor: Actor, code: str, *, on: bool) -> None:
    """The same for a shop by its code, as one types it. Raises `Forbidden`, and `Invalid` (field "shop")."""
    if not can_curate(actor):
        raise Forbidden(_("The desk is for the editors of internal communications."))
    word = clean_line(code, 60)
    found = select(Shop.id).where(Shop.code.in_((word, word.upper(), word.lower())))
    shop_id = db.session.scalars(found.limit(1)).first()
    if shop_id is None:
        raise Invalid(_("There is no such shop."), field="shop")
    recognise(actor, f"shop:{shop_id}", on=on)
