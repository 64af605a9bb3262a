"""Who is on duty: the one place that knows. Until rotas are imported, hours of shops and of the office say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from app.accounts.models import Preference
from app.accounts.service.sessions import rules
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.expertise.models import Absence
from app.lib.hours import OFFICE_WEEK, Week, is_open, week_of
from app.people.models import Person, Shop


@dataclass(frozen=True, slots=True)
class Worker:
    """A person and when they work."""

    id: int
    shop_id: int | None
    department_id: int | None
    week: Week
    zone: str
    #: Away until this moment, or None.
    away_until: int | None = None

    @property
    def calendar(self) -> tuple[Week, str]:
        """As working time is counted by."""
        return self.week, self.zone

    def day(self, moment: int) -> int:
        """The number of the day it is for the person."""
        local: date = clock.as_datetime(moment).astimezone(ZoneInfo(self.zone)).date()
        return local.toordinal()


def on_duty(person: Worker, moment: int) -> bool:
    """Whether the person is at work: their shop is open, or it is working time in the office; and they are not away."""
    return not is_away(person, moment) and is_open(person.week, person.zone, moment)


def acts_on_duty(actor: Actor, hours: str | None, away_until: int | None, moment: int) -> bool:
    """`on_duty` for who acts, of whom only the hours of their shop and their absence have to be read. No SQL."""
    in_shop = actor.shop_id is not None
    person = Worker(
        id=actor.person_id,
        shop_id=actor.shop_id,
        department_id=actor.department_id,
        week=week_of(hours or "") if in_shop else OFFICE_WEEK,
        zone=actor.shop_time_zone if in_shop else actor.time_zone,
        away_until=away_until,
    )
    return on_duty(person, moment)


def is_away(person: Worker, moment: int) -> bool:
    """Whether the person said that they are away."""
    return person.away_until is not None and moment < person.away_until


def workers(*conditions: ColumnElement[bool], limit: int | None = None) -> Mapping[int, Worker]:
    """The people on these conditions over `Person`, by id, with when they work. One statement."""
    found = (
        select(
            Person.id, Person.shop_id, Person.department_id, Shop.opening_hours, Shop.time_zone.label("shop_zone"),
            Preference.time_zone, Absence.until,
        )
        .select_from(Person)
        .outerjoin(Shop, Shop.id == Person.shop_id)
        .outerjoin(Preference, Preference.person_id == Person.id)
        .outerjoin(Absence, Absence.person_id == Person.id)
        .where(*conditions)
        .order_by(Person.id)
        .limit(limit)
    )  # fmt: skip
    return {row.id: _worker(row) for row in db.session.execute(found)}


def workers_of(person_ids: Iterable[int]) -> Mapping[int, Worker]:
    """The people with these ids. One statement, none for no ids."""
    ids = sorted(set(person_ids))
    return workers(Person.id.in_(ids)) if ids else {}


def _worker(row: Any) -> Worker:
    in_shop = row.shop_id is not None
    return Worker(
        id=row.id,
        shop_id=row.shop_id,
        department_id=row.department_id,
        week=week_of(row.opening_hours) if in_shop else OFFICE_WEEK,
        away_until=row.until,
        zone=row.shop_zone if in_shop else row.time_zone or rules().default_time_zone,
    )
