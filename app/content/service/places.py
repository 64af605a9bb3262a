"""From the place a person named to the columns that say it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.content.models import COMPANY, MEMBERS
from app.content.schemas import Place
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.groups import policy as groups
from app.groups.models import OPEN
from app.lib.handles import fold_handle
from app.people.models import ACTIVE, Department, Person, Shop


@dataclass(frozen=True)
class PlaceColumns:
    """The place of a content row."""

    place_kind: str = "company"
    audience: str = COMPANY
    group_id: int | None = None
    person_id: int | None = None
    shop_id: int | None = None
    department_id: int | None = None
    region_id: int | None = None


def resolve_place(actor: Actor, place: Place) -> PlaceColumns:
    """Where the person wants to publish, if they may. At most one SELECT.

    Raises `Invalid` (field "place") for a place there is none of, or that the person may not know of, and
    `Forbidden` for a group they see but may not publish in.
    """
    try:
        return _resolve(actor, place)
    except NotFound as error:
        raise Invalid(_("There is no such place, or it is not open to you."), field="place") from error


def _resolve(actor: Actor, place: Place) -> PlaceColumns:
    match place.kind:
        case "company":
            return PlaceColumns()
        case "group":
            group = groups.access_inside(actor, place.key)
            if not groups.can_post(actor, group):
                raise Forbidden(_("You may read this group but not publish in it."))
            return PlaceColumns("group", COMPANY if group.visibility == OPEN else MEMBERS, group_id=group.id)
        case "person":
            query = select(Person.id).where(Person.handle == fold_handle(place.key), Person.state == ACTIVE)
            return PlaceColumns("person", person_id=_found(db.session.scalars(query).first()))
        case "shop":
            shop = db.session.execute(select(Shop.id, Shop.region_id).where(Shop.code == place.key)).first()
            if shop is None:
                raise NotFound
            return PlaceColumns("shop", shop_id=shop.id, region_id=shop.region_id)
        case "department" if place.key.isdecimal() and len(place.key) < 18:
            query = select(Department.id).where(Department.id == int(place.key))
            return PlaceColumns("department", department_id=_found(db.session.scalars(query).first()))
    raise NotFound


def _found(row_id: int | None) -> int:
    if row_id is None:
        raise NotFound
    return row_id
