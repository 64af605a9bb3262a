"""Positions, departments, shops and regions by the names a staff file gives them; those not there yet are made."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.cli.staff.people import Job, Shop
from app.cli.staff.shops import ShopChange
from app.core import audit
from app.core.db import db
from app.lib.text import fold, squeeze
from app.people import models
from app.people.schemas import Workplace

_MAX_CODE = 40


class Places:
    """The ids of places by name. Everything it makes belongs to the open unit of work."""

    def __init__(self, default_time_zone: str) -> None:
        """Loads all names: some seven SELECTs."""
        self._default_time_zone = ZoneInfo(default_time_zone).key
        self._positions = _ids(models.Position.name, models.Position.id)
        self._departments = _ids(models.Department.name, models.Department.id)
        self._department_codes = set(db.session.scalars(select(models.Department.code)))
        self._shops = _ids(models.Shop.code, models.Shop.id)
        self._regions = _ids(models.Region.name, models.Region.id)
        self._region_codes = set(db.session.scalars(select(models.Region.code)))
        self._regions_of_shops: dict[int, int | None] = dict(
            db.session.execute(select(models.Shop.id, models.Shop.region_id)).all()
        )
        self._without_hours = set(
            db.session.scalars(select(models.Shop.code).where(models.Shop.opening_hours == ""))
        )
        #: How many of each were made, by word; and how many shops have got their opening hours.
        self.made: dict[str, int] = {}

    def make(self, jobs: Iterable[Job], shops: Iterable[Shop]) -> None:
        """Make what the jobs and shops name and nobody has made yet. One INSERT for each new place."""
        for shop in shops:
            self._shop(shop)
        for job in jobs:
            if job.shop:
                self._shop(Shop(job.shop, "", "", "", ""))
            if job.position and job.position not in self._positions:
                self._positions[job.position] = self._add("positions", models.Position(name=job.position))
            if job.department and job.department not in self._departments:
                code = _free_code(job.department, self._department_codes, 120)
                row = models.Department(code=code, name=job.department)
                self._departments[job.department] = self._add("departments", row)

    def workplace(self, job: Job) -> Workplace:
        """Where a job is, once its places were made."""
        return Workplace(
            position_id=self._positions[job.position] if job.position else None,
            shop_id=self._shops[job.shop] if job.shop else None,
            department_id=self._departments[job.department] if job.department else None,
        )

    def region_of(self, shop_id: int | None) -> int | None:
        """The region a shop lies in."""
        return None if shop_id is None else self._regions_of_shops.get(shop_id)

    def correct(self, changes: Iterable[ShopChange]) -> set[int]:
        """Give shops that are there what the file says of them now; the ids of those of another region. Locks them."""
        moved = set()
        for change in changes:
            shop = db.session.get_one(models.Shop, self._shops[change.code], with_for_update=True)
            if change.field == "region":
                shop.region_id = self._regions_of_shops[shop.id] = self._region(change.after)
                moved.add(shop.id)
            else:
                setattr(shop, change.field, change.after)
        return moved

    def shop_id(self, code: str) -> int:
        """The id of a shop that is there."""
        return self._shops[code]

    def _shop(self, shop: Shop) -> None:
        """Make an unknown shop.

        Of one that is there only opening hours are taken, where nobody has said any: who runs a shop sets them, and is
        not overruled. Everything else is for `correct`.
        """
        if shop.code in self._shops:
            if shop.opening_hours and shop.code in self._without_hours:
                self._open(shop)
            return
        region_id = self._region(shop.region) if shop.region else None
        row = models.Shop(
            code=shop.code,
            name=shop.name or shop.code,
            city=shop.city,
            address=shop.address,
            time_zone=shop.time_zone or self._default_time_zone,
            region_id=region_id,
            opening_hours=shop.opening_hours,
        )
        if shop.format:
            row.format = shop.format
        self._shops[shop.code] = self._add("shops", row)
        self._regions_of_shops[self._shops[shop.code]] = region_id

    def _open(self, shop: Shop) -> None:
        self._without_hours.discard(shop.code)
        db.session.get_one(models.Shop, self._shops[shop.code]).opening_hours = shop.opening_hours
        audit.record("shop.hours_changed", f"shop:{self._shops[shop.code]}", actor_id=None, before="")
        self.made["opening hours"] = self.made.get("opening hours", 0) + 1

    def _region(self, name: str) -> int:
        if name not in self._regions:
            code = _free_code(name, self._region_codes, _MAX_CODE)
            self._regions[name] = self._add("regions", models.Region(code=code, name=name))
        return self._regions[name]

    def _add(self, word: str, row: Any) -> int:
        db.session.add(row)
        db.session.flush()  # people point at its id
        self.made[word] = self.made.get(word, 0) + 1
        made: int = row.id
        return made


def _ids(name: Any, id_: Any) -> dict[str, int]:
    return dict(db.session.execute(select(name, id_).order_by(id_.desc())).all())


def _free_code(name: str, taken: set[str], longest: int) -> str:
    """A short stable code made from a name: its words, joined by hyphens."""
    words = squeeze("".join(char if char.isalnum() else " " for char in fold(name))) or "unnamed"
    base = words.replace(" ", "-")[: longest - 4].rstrip("-")
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    taken.add(code)
    return code
