"""Places and positions, made when first named."""

from __future__ import annotations

from sqlalchemy import select

from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.hours import NotHours, parse
from app.people.models import Position, Shop
from app.people.queries.places import may_set_hours

#: Longest line of opening hours.
MAX_HOURS = 200


def set_opening_hours(actor: Actor, code: str, written: str) -> None:
    """Say when a shop is open; nothing means: as most shops are. Audited.

    Raises `NotFound`, `Forbidden` for who neither runs the shop nor edits, and `Invalid` (field "hours").
    """
    with unit_of_work():
        shop = db.session.scalars(select(Shop).where(Shop.code == code).with_for_update()).first()
        if shop is None:
            raise NotFound(_("There is no such shop."))
        if not may_set_hours(actor, shop):
            raise Forbidden(_("Who runs the shop says when it is open."))
        try:
            hours = str(parse(written[:MAX_HOURS])) if written.strip() else ""
        except NotHours as error:
            words = _("Write days and hours like this: Mo-Fr 10:00-20:00; Sa-Su 11:00-18:00.")
            raise Invalid(words, field="hours") from error
        if shop.opening_hours != hours:
            audit.record(
                "shop.hours_changed", f"shop:{shop.id}", actor_id=actor.person_id, before=shop.opening_hours
            )
            shop.opening_hours = hours


def position_named(name: str) -> Position:
    """The position with this name, made when it is new. One INSERT, one SELECT."""
    with unit_of_work():
        db.session.execute(insert(Position).values(name=name).on_conflict_do_nothing())
        return db.session.scalars(select(Position).where(Position.name == name)).one()
