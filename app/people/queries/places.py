"""Pages of shops, departments and regions, and who runs what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.core.actor import MANAGER, Actor
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.i18n import locale_code
from app.core.moments import opening_hours
from app.people.models import ACTIVE, Department, Follow, Person, Region, RegionSubscription, Shop
from app.people.policy import can_set_hours
from app.people.queries.lines import LINE, joined, line, lines
from app.people.schemas import (
    DirectoryRow,
    PlaceHead,
    PlacePeople,
    PlaceTab,
    PlaceTabMaker,
    RegionPage,
    ShopLine,
    department_url,
    region_url,
    shop_url,
)

PAGE = 60

_tab_makers: list[PlaceTabMaker] = []


def register_place_tab(make: PlaceTabMaker) -> None:
    """Let a feature above give shops and departments a tab; called once by the feature's `feature.py`."""
    _tab_makers.append(make)


def shop(actor: Actor, code: str) -> PlaceHead:
    """The head of a shop's page. Raises `NotFound`. Two statements, and those of the tabs."""
    row = db.session.execute(
        select(
            Shop.id, Shop.code, Shop.name, Shop.city, Shop.address, Shop.time_zone, Shop.manager_id, Shop.closed_on,
            Shop.opening_hours,
            Region.name.label("region"), Region.code.label("region_code"),
        )
        .outerjoin(Region, Region.id == Shop.region_id)
        .where(Shop.code == code)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound(_("There is no such shop."))
    manager = lines([row.manager_id]).get(row.manager_id) if row.manager_id else None
    place = PlaceHead(
        kind="shop",
        id=row.id,
        name=row.name,
        url=shop_url(row.code),
        address=", ".join(part for part in (row.city, row.address) if part),
        time_zone=row.time_zone,
        hours=opening_hours(row.opening_hours, locale_code()),
        can_set_hours=may_set_hours(actor, row),
        region=row.region or "",
        region_url=region_url(row.region_code) if row.region_code else "",
        closed_on=row.closed_on,
        manager=manager,
        is_mine=row.id == actor.shop_id,
    )
    return _with_tabs(actor, place)


def opening_hours_of(actor: Actor, code: str) -> str:
    """The stored hours of a shop, for who may set them. One or two statements. Raises `NotFound` and `Forbidden`."""
    wanted = select(Shop.id, Shop.opening_hours, Shop.manager_id).where(Shop.code == code)
    row = db.session.execute(wanted).first()
    if row is None:
        raise NotFound(_("There is no such shop."))
    if not may_set_hours(actor, row):
        raise Forbidden(_("Who runs the shop says when it is open."))
    return str(row.opening_hours)


def may_set_hours(actor: Actor, shop: Any) -> bool:
    """`can_set_hours`, and managers for the shops below them. `shop` has an id and a manager_id. One statement for
    managers.
    """
    if can_set_hours(actor, shop.manager_id):
        return True
    return actor.has(MANAGER) and shop.id in shops_below(actor.person_id)


def department(actor: Actor, department_id: int) -> PlaceHead:
    """The head of a department's page. Raises `NotFound`. Three statements, and those of the tabs."""
    row = db.session.get(Department, department_id)
    if row is None:
        raise NotFound(_("There is no such department."))
    family = db.session.execute(
        select(Department.id, Department.name)
        .where((Department.parent_id == row.id) | (Department.id == row.parent_id))
        .order_by(Department.name)
    ).all()
    place = PlaceHead(
        kind="department",
        id=row.id,
        name=row.name,
        url=department_url(row.id),
        parent=next(
            ((each.name, department_url(each.id)) for each in family if each.id == row.parent_id), None
        ),
        parts=tuple((each.name, department_url(each.id)) for each in family if each.id != row.parent_id),
        is_mine=row.id == actor.department_id,
    )
    return _with_tabs(actor, place)


def people_of(actor: Actor, place: PlaceHead, *, after: str = "") -> PlacePeople:
    """Who works in a shop or department, in the order of names. One statement."""
    own = Person.shop_id if place.kind == "shop" else Person.department_id
    statement = joined(
        select(*LINE, Follow.followed_id.label("followed"))
        .select_from(Person)
        .outerjoin(Follow, and_(Follow.followed_id == Person.id, Follow.follower_id == actor.person_id))
    ).where(own == place.id, Person.state == ACTIVE)
    if after:
        last = select(Person.sort_name, Person.id).where(Person.handle == after).subquery()
        statement = statement.join(last, tuple_(Person.sort_name, Person.id) > tuple_(*last.c))
    rows = db.session.execute(statement.order_by(Person.sort_name, Person.id).limit(PAGE + 1)).all()
    shown = tuple(DirectoryRow(line(row), row.followed is not None) for row in rows[:PAGE])
    return PlacePeople(place, shown, shown[-1].person.handle if len(rows) > PAGE else None)


def region(actor: Actor, code: str, *, after: str = "") -> RegionPage:
    """A region with its open shops, in the order of their codes. Raises `NotFound`. Three statements."""
    found = db.session.scalars(select(Region).where(Region.code == code)).first()
    if found is None:
        raise NotFound(_("There is no such region."))
    shops = db.session.execute(
        select(Shop.code, Shop.name, Shop.city, Shop.address, Person.name.label("manager"))
        .outerjoin(Person, Person.id == Shop.manager_id)
        .where(Shop.region_id == found.id, Shop.closed_on.is_(None), Shop.code > after)
        .order_by(Shop.code)
        .limit(PAGE + 1)
    ).all()
    subscribed = db.session.get(RegionSubscription, (actor.person_id, found.id)) is not None
    return RegionPage(
        code=found.code,
        name=found.name,
        is_mine=found.id == actor.region_id,
        subscribed=subscribed,
        shops=tuple(_shop_line(row) for row in shops[:PAGE]),
        next=shops[PAGE - 1].code if len(shops) > PAGE else None,
    )


def regions() -> tuple[tuple[str, str, int], ...]:
    """The regions with open shops: name, address, how many. One statement."""
    rows = db.session.execute(
        select(Region.code, Region.name, func.count(Shop.id).label("shops"))
        .join(Shop, and_(Shop.region_id == Region.id, Shop.closed_on.is_(None)))
        .group_by(Region.id)
        .order_by(Region.name)
    )
    return tuple((row.name, region_url(row.code), row.shops) for row in rows)


def subscribed_regions(person_id: int) -> tuple[int, ...]:
    """Ids of the other regions a person reads. One statement."""
    return tuple(
        db.session.scalars(
            select(RegionSubscription.region_id).where(RegionSubscription.person_id == person_id)
        )
    )


def manages(person: Any = Person) -> ColumnElement[bool]:
    """People of a statement who manage: somebody who works here reports to them, or they run a shop that is open."""
    report = aliased(Person, name="report")
    return or_(
        exists().where(report.manager_id == person.id, report.state == ACTIVE).correlate(person),
        exists().where(Shop.manager_id == person.id, Shop.closed_on.is_(None)).correlate(person),
    )


def shops_below(person_id: int) -> frozenset[int]:
    """Ids of the shops a person runs or in which those work whom they manage, directly or through others.

    Staff files name people's managers and not those who run a shop. One recursive statement.
    """
    team = select(Person.id).where(Person.id == person_id).cte("team", recursive=True)
    team = team.union(
        select(Person.id).join(team, Person.manager_id == team.c.id).where(Person.state == ACTIVE)
    )
    run = select(Shop.id).where(Shop.manager_id.in_(select(team.c.id)))
    worked_in = (
        select(Person.shop_id)
        .join(team, Person.id == team.c.id)
        .where(Person.id != person_id, Person.shop_id.is_not(None))
    )
    return frozenset(db.session.scalars(run.union(worked_in)))


def _shop_line(row: Any) -> ShopLine:
    address = ", ".join(part for part in (row.city, row.address) if part)
    return ShopLine(row.code, row.name, shop_url(row.code), address, row.manager or "")


def _with_tabs(actor: Actor, place: PlaceHead) -> PlaceHead:
    own = PlaceTab("people", _("People"), f"{place.url}/people", rank=20)
    made = [tab for make in _tab_makers if (tab := make(actor, place)) is not None]
    return place.with_tabs(tuple(sorted([*made, own], key=lambda tab: tab.rank)))
