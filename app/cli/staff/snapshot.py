"""The people Shopfloor knows, as the plan compares them."""

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.cli.staff.people import Job
from app.cli.staff.people import Shop as FileShop
from app.cli.staff.plan import KnownPerson
from app.core.db import db
from app.people import models
from app.people.models import ACTIVE, Department, Person, Position, Region, Shop

#: `Person.source` of people whom a staff file brought or confirmed.
SOURCE = "staff"


class _Stored(NamedTuple):
    """A row of the job history; `job.started` is always there."""

    job: Job
    is_running: bool


def known_people() -> dict[int, KnownPerson]:
    """Everybody, by id. Two SELECTs; about 2 KB of memory each."""
    manager = aliased(Person)
    jobs = _jobs()
    rows = db.session.execute(
        select(
            Person.id,
            Person.personnel_number,
            Person.last_name,
            Person.first_name,
            Person.middle_name,
            Person.email,
            Person.phone,
            Person.hired_on,
            Person.state,
            Person.source,
            manager.personnel_number.label("manager"),
            Position.name.label("position"),
            Department.name.label("department"),
            Shop.code.label("shop"),
        )
        .outerjoin(manager, manager.id == Person.manager_id)
        .outerjoin(Position, Position.id == Person.position_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .outerjoin(Shop, Shop.id == Person.shop_id)
        .order_by(Person.id)
    )
    known: dict[int, KnownPerson] = {}
    for row in rows:
        history = jobs.get(row.id, [])
        last = next(
            (stored.job for stored in history if stored.is_running), history[-1].job if history else None
        )
        known[row.id] = KnownPerson(
            personnel_number=row.personnel_number,
            last_name=row.last_name,
            first_name=row.first_name,
            middle_name=row.middle_name,
            email=row.email or "",
            phone=row.phone or "",
            manager=row.manager or "",
            hired=row.hired_on,
            job=Job(
                position=row.position or "",
                department=row.department or "",
                shop=row.shop or "",
                started=last.started if last else None,
                ended=last.ended if last else None,
            ),
            past_jobs=tuple(stored.job for stored in history if stored.job is not last),
            is_active=row.state == ACTIVE,
            from_staff_file=row.source == SOURCE,
        )
    return known


def known_shops() -> dict[str, FileShop]:
    """Every shop by its code. One SELECT."""
    rows = db.session.execute(
        select(
            Shop.code, Shop.name, Shop.address, Region.name.label("region"), Shop.time_zone, Shop.opening_hours,
            Shop.city, Shop.format,
        ).outerjoin(Region, Region.id == Shop.region_id)
    )  # fmt: skip
    return {row.code: FileShop(*row[:3], row.region or "", *row[4:]) for row in rows}


def _jobs() -> dict[int, list[_Stored]]:
    """The job history of everybody, in order of time."""
    rows = db.session.execute(
        select(
            models.Job.person_id,
            Position.name.label("position"),
            Department.name.label("department"),
            Shop.code.label("shop"),
            models.Job.started_on,
            models.Job.ended_on,
        )
        .outerjoin(Position, Position.id == models.Job.position_id)
        .outerjoin(Department, Department.id == models.Job.department_id)
        .outerjoin(Shop, Shop.id == models.Job.shop_id)
        .order_by(models.Job.person_id, models.Job.started_on)
    )
    jobs: defaultdict[int, list[_Stored]] = defaultdict(list)
    for row in rows:
        job = Job(row.position or "", row.department or "", row.shop or "", row.started_on, row.ended_on)
        jobs[row.person_id].append(_Stored(job, row.ended_on is None))
    return jobs
