"""Who is recognised: whose level is shown, and who stands in leaderboards.

Editors switch recognition off for a region, a shop or a department (with the departments below it): nobody there has a
level, a place, a cabinet of badges, or is thanked. Each person decides for themselves whether leaderboards show them.
Points are counted for everybody all the same.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import bindparam, exists, or_, select

from app.core import settings, shared
from app.core.actor import Actor
from app.core.db import db
from app.core.prepared import Prepared, among
from app.people.models import ACTIVE, Department, Person, Region, Shop
from app.reputation.models import REPUTATION, Balance, OptOut
from app.reputation.queries.standing import levels, stand
from app.reputation.schemas import Standing

#: The setting that holds where recognition is off: {"region": [ids], "shop": [ids], "department": [ids]}.
OFF = "reputation.off"
#: People who stand for accounts of an imported site do not work here.
_IMPORTED = "stackexchange"


class Workplace(Protocol):
    """Where somebody works: an actor, or a row that says so."""

    @property
    def region_id(self) -> int | None:
        """The region of their shop."""

    @property
    def department_id(self) -> int | None:
        """Their department."""

    @property
    def shop_id(self) -> int | None:
        """Their shop."""


@dataclass(frozen=True)
class SwitchedOff:
    """Where recognition is off; departments with all below them."""

    regions: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()
    shops: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.regions or self.departments or self.shops)

    def covers(self, place: Workplace) -> bool:
        """Whether somebody who works there goes without recognition."""
        return (
            place.region_id in self.regions
            or place.department_id in self.departments
            or place.shop_id in self.shops
        )


@dataclass(frozen=True)
class Unit:
    """A region, a shop or a department, as editors see it."""

    #: "region", "shop" or "department".
    kind: str
    id: int
    name: str
    off: bool

    @property
    def key(self) -> str:
        """How forms name it."""
        return f"{self.kind}:{self.id}"


def switched_off() -> SwitchedOff:
    """Where recognition is off; the same for all. Asked of the database seldom."""
    found: SwitchedOff = shared.recall(OFF, _read)
    return found


def _read() -> SwitchedOff:
    kept = settings.known(OFF, {})
    departments = frozenset(kept.get("department", ()))
    if departments:
        below = select(Department.id).where(Department.id.in_(departments)).cte("below", recursive=True)
        below = below.union(select(Department.id).join(below, Department.parent_id == below.c.id))
        departments = frozenset(db.session.scalars(select(below.c.id)))
    return SwitchedOff(frozenset(kept.get("region", ())), departments, frozenset(kept.get("shop", ())))


def is_recognised(actor: Actor) -> bool:
    """Whether the person is shown a level. Asked of the database seldom."""
    return not switched_off().covers(actor)


def units() -> tuple[Unit, ...]:
    """Every region and department by name, and whether recognition was switched off right there; of the shops, which
    are many, those where it was. Three statements, four with shops.
    """
    kept = settings.get(OFF, {})
    found = [
        Unit(kind, row.id, row.name, row.id in kept.get(kind, ()))
        for kind, table in (("region", Region), ("department", Department))
        for row in db.session.execute(select(table.id, table.name).order_by(table.name))
    ]
    if kept.get("shop"):
        off = select(Shop.id, Shop.code, Shop.name).where(Shop.id.in_(kept["shop"])).order_by(Shop.code)
        found += [Unit("shop", row.id, f"{row.code} · {row.name}", True) for row in db.session.execute(off)]
    return tuple(found)


_PLACES = Prepared(
    select(Person.id, Person.department_id, Person.shop_id, Shop.region_id)
    .outerjoin(Shop, Shop.id == Person.shop_id)
    .where(among(Person.id, "ids"))
)


#: Of people whose profiles are looked at: the page asks several times.
_asked = shared.Shelf(200)


def goes_without(person_id: int) -> bool:
    """Whether somebody works where recognition is off. One statement, none where it is on everywhere; kept a moment."""
    return bool(switched_off()) and _asked.recall(person_id, lambda: bool(unrecognised([person_id])))


def unrecognised(person_ids: Collection[int]) -> set[int]:
    """Which of these people work where recognition is off. One statement, none where it is on everywhere."""
    off = switched_off()
    if not off:
        return set()
    return {row.id for row in _PLACES.all(ids=list(person_ids)) if off.covers(row)}


_HIDDEN = Prepared(
    select(Balance.person_id)
    .join(Person, Person.id == Balance.person_id)
    .outerjoin(Shop, Shop.id == Person.shop_id)
    .where(
        Balance.account == REPUTATION,
        or_(
            Person.state != ACTIVE,
            Person.source == _IMPORTED,
            exists().where(OptOut.person_id == Person.id),
            among(Shop.region_id, "off_regions"),
            among(Person.department_id, "off_departments"),
            among(Person.shop_id, "off_shops"),
        ),
    )
)


def hidden_people() -> list[int]:
    """Ids of those whom no leaderboard shows though they have points; the same for all.

    Asked of the database seldom: few are hidden and everybody ranks, so leaderboards leave these out instead of asking
    for each person whether they are shown.
    """
    found: list[int] = shared.recall("reputation.hidden", _read_hidden)
    return found


def _read_hidden() -> list[int]:
    off = switched_off()
    rows = _HIDDEN.all(
        off_regions=sorted(off.regions), off_departments=sorted(off.departments), off_shops=sorted(off.shops)
    )
    return [row.person_id for row in rows]


def wants_to_be_shown(person_id: int) -> bool:
    """Whether somebody lets leaderboards show them. One statement."""
    return db.session.get(OptOut, person_id) is None


_KNOWN = Prepared(
    select(Balance.points, Person.department_id, Person.shop_id, Shop.region_id, Person.source)
    .select_from(Person)
    .outerjoin(Shop, Shop.id == Person.shop_id)
    .outerjoin(Balance, (Balance.person_id == Person.id) & (Balance.account == REPUTATION))
    .where(Person.id == bindparam("person_id"))
)


def shown_standing(person_id: int) -> Standing | None:
    """Where somebody stands, for their profile; None without recognition. One statement."""
    row = _KNOWN.first(person_id=person_id)
    if row is None or switched_off().covers(row):
        return None
    return stand(row.points or 0, levels())
