"""Who works here, and where: joining, moving, leaving, returning.

Importers compare whole files and come here for each person that differs; administrators come here through accounts.
"""

from __future__ import annotations

import zlib
from datetime import date

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.lib.handles import suggest_handle
from app.lib.text import fold, squeeze, transliterate
from app.people.events import PersonChanged, PersonJoined, PersonLeft, PersonMoved, PersonReturned
from app.people.models import ACTIVE, LEFT, Handle, Job, Person, Shop
from app.people.schemas import Naming, Workplace
from app.people.service.handles import claim_handle

COLOURS = 10


def sort_name_of(first_name: str, last_name: str, middle_name: str = "") -> str:
    """The folded name by which lists are sorted and people found."""
    return squeeze(fold(f"{last_name} {first_name} {middle_name}"))


def colour_of(personnel_number: str) -> int:
    """The avatar colour of a person: always the same, evenly spread."""
    return zlib.crc32(personnel_number.encode()) % COLOURS


def new_person(
    personnel_number: str,
    naming: Naming,
    workplace: Workplace = Workplace(),  # noqa: B008 - frozen
    *,
    email: str | None = None,
    phone: str | None = None,
    manager_id: int | None = None,
    hired_on: date | None = None,
    handle: str | None = None,
    source: str = "manual",
) -> Person:
    """Somebody is new here. Emits `PersonJoined`. Three INSERTs and a SELECT for the handle.

    `email` is in lower case and `phone` in E.164, both unique; raises `IntegrityError` when taken, like the personnel
    number. `handle` is only a wish.
    """
    with unit_of_work():
        person = Person(
            personnel_number=personnel_number,
            handle=claim_handle(handle or suggest_handle(naming.first, naming.last)),
            first_name=naming.first,
            last_name=naming.last,
            middle_name=naming.middle,
            name=naming.full,
            sort_name=sort_name_of(naming.first, naming.last, naming.middle),
            email=email or None,
            phone=phone or None,
            position_id=workplace.position_id,
            shop_id=workplace.shop_id,
            department_id=workplace.department_id,
            manager_id=manager_id,
            hired_on=hired_on,
            colour=colour_of(personnel_number),
            source=source,
            created_at=clock.now(),
        )
        db.session.add(person)
        db.session.flush()  # the handle and the job need the person's id
        db.session.add(Handle(handle=person.handle, person_id=person.id))
        if workplace != Workplace():
            db.session.add(_job(person.id, workplace, hired_on or clock.today()))
        emit(PersonJoined(person.id))
    return person


def rename_person(person_id: int, naming: Naming) -> None:
    """A person has another name. The handle stays, for it is in what others wrote. Emits `PersonChanged`."""
    with unit_of_work():
        person = _get(person_id)
        if (person.first_name, person.last_name, person.middle_name) == (
            naming.first,
            naming.last,
            naming.middle,
        ):
            return
        person.first_name, person.last_name, person.middle_name = naming.first, naming.last, naming.middle
        person.name = naming.full
        person.sort_name = sort_name_of(naming.first, naming.last, naming.middle)
        person.latin_name = transliterate(person.sort_name)
        changed(person)


def move_person(person_id: int, workplace: Workplace, *, on: date | None = None) -> bool:
    """A person works elsewhere or as something else from a day on; whether anything changed.

    The running job ends and a new one begins; on the day it began it is corrected instead. Emits `PersonMoved`. Three
    SELECTs, an INSERT and two UPDATEs.
    """
    on = on or clock.today()
    with unit_of_work():
        person = _get(person_id)
        before = Workplace(person.position_id, person.shop_id, person.department_id)
        if before == workplace:
            return False
        running = db.session.scalars(
            select(Job)
            .where(Job.person_id == person_id, Job.ended_on.is_(None))
            .order_by(Job.started_on.desc())
        ).first()
        if running is not None and running.started_on >= on:
            running.position_id, running.shop_id = workplace.position_id, workplace.shop_id
            running.department_id = workplace.department_id
        else:
            if running is not None:
                running.ended_on = on
            db.session.add(_job(person_id, workplace, on))
        person.position_id, person.shop_id = workplace.position_id, workplace.shop_id
        person.department_id = workplace.department_id
        person.version += 1
        regions = _regions(before.shop_id, workplace.shop_id)
        emit(
            PersonMoved(
                person_id,
                before.shop_id,
                workplace.shop_id,
                regions.get(before.shop_id),
                regions.get(workplace.shop_id),
            )
        )
    return True


def mark_left(person_id: int, *, on: date) -> bool:
    """A person works here no more, from `on`; whether anything changed. Emits `PersonLeft`.

    From the commit on no session or token of theirs is accepted. Where others need their own clean-up (memberships,
    sockets), they listen.
    """
    with unit_of_work():
        person = _get(person_id)
        if person.state == LEFT:
            return False
        person.state, person.left_on = LEFT, on
        person.version += 1
        for job in db.session.scalars(select(Job).where(Job.person_id == person_id, Job.ended_on.is_(None))):
            job.ended_on = max(on, job.started_on)
        emit(PersonLeft(person_id))
    return True


def mark_returned(person_id: int, *, on: date | None = None) -> bool:
    """Somebody who had left works here again, where they last did; whether anything changed. Emits `PersonReturned`.

    Raises `Invalid` for somebody who was erased.
    """
    on = on or clock.today()
    with unit_of_work():
        person = _get(person_id)
        if person.state == ACTIVE:
            return False
        if person.erased_at is not None:
            raise Invalid(_("This person was erased: nobody knows any more who it was."))
        person.state, person.left_on = ACTIVE, None
        person.version += 1
        workplace = Workplace(person.position_id, person.shop_id, person.department_id)
        same_day = db.session.scalars(
            select(Job).where(Job.person_id == person_id, Job.started_on == on)
        ).first()
        if same_day is not None:
            same_day.ended_on = None
        elif workplace != Workplace():
            db.session.add(_job(person_id, workplace, on))
        emit(PersonReturned(person_id))
    return True


def changed(person: Person) -> None:
    """Note in the open unit of work that what others see of a person is different. Emits `PersonChanged`."""
    person.version += 1
    emit(PersonChanged(person.id))


def _get(person_id: int) -> Person:
    person = db.session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound
    return person


def _job(person_id: int, workplace: Workplace, started_on: date) -> Job:
    return Job(
        person_id=person_id,
        position_id=workplace.position_id,
        shop_id=workplace.shop_id,
        department_id=workplace.department_id,
        started_on=started_on,
    )


def _regions(*shop_ids: int | None) -> dict[int | None, int | None]:
    wanted = [shop_id for shop_id in shop_ids if shop_id is not None]
    rows = db.session.execute(select(Shop.id, Shop.region_id).where(Shop.id.in_(wanted)))
    return {row.id: row.region_id for row in rows}
