"""Carrying out a plan: everything in one transaction, so that the staff list is taken over whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from app.cli.bulk import in_chunks, insert_for_ids, insert_rows, update_rows
from app.cli.staff.people import Job
from app.cli.staff.places import Places
from app.cli.staff.plan import Change, Kind, KnownPerson, Plan
from app.cli.staff.shops import ShopChange
from app.cli.staff.snapshot import SOURCE
from app.core import audit, clock
from app.core.db import db
from app.core.events import Event
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.lib.handles import suggest_handle, unique_handle
from app.lib.text import transliterate
from app.people import models
from app.people.events import PersonChanged, PersonJoined, PersonLeft, PersonMoved, PersonReturned
from app.people.models import ACTIVE, LEFT, Handle, Person
from app.people.schemas import Naming, Workplace
from app.people.service import colour_of, sort_name_of
from app.search import service as search
from app.search.schemas import PERSON
from app.topics.service.mandatory import announce_all


def carry_out(
    plan: Plan, ids: Mapping[str, int], shop_changes: Sequence[ShopChange], *, default_time_zone: str
) -> dict[str, int]:
    """Write the changes of `plan` and of shops; how many positions, departments, shops and regions were made for it.

    `ids` are those of the people known when the plan was made, by personnel number. Emits what has happened to each
    person; search knows them at once, before any worker hears of it. Other writers wait meanwhile: about 2 ms for each
    person that is new or different.
    """
    written = [change for change in plan.changes if change.kind is not Kind.UNCHANGED]
    with unit_of_work():
        places = Places(default_time_zone)
        places.make((job for change in written for job in _all_jobs(change.after)), plan.shops)
        _correct_shops(shop_changes, places)
        everybody = {**ids, **_add([c for c in written if c.kind is Kind.NEW], places)}
        before = _workplaces([everybody[change.personnel_number] for change in written])
        _update([c for c in written if c.kind is not Kind.NEW], everybody, places)
        _confirm(plan, everybody)
        _write_jobs(written, everybody, places)
        _write_managers(written, everybody)
        for change in written:
            for event in _events(change, everybody[change.personnel_number], before, places):
                emit(event)
        search.mark([(PERSON, everybody[change.personnel_number]) for change in written], search.REPAIR)
        counts = {str(kind): number for kind, number in plan.counts().items()}
        counts["shops"] = len({change.code for change in shop_changes})
        audit.record("import.staff", "staff", actor_id=None, counts=counts)
        return places.made


def _correct_shops(changes: Sequence[ShopChange], places: Places) -> None:
    """Correct shops, and what names them: cards, the index, and subscriptions that are mandatory in a region."""
    moved = places.correct(changes)
    corrected = [places.shop_id(change.code) for change in changes]
    for person_id in db.session.scalars(select(Person.id).where(Person.shop_id.in_(corrected))).all():
        emit(PersonChanged(person_id))
    if moved:
        announce_all()


def _add(changes: Sequence[Change], places: Places) -> dict[str, int]:
    taken = set(db.session.scalars(select(Handle.handle)))
    rows: list[dict[str, Any]] = []
    for change in changes:
        handle = unique_handle(suggest_handle(change.after.first_name, change.after.last_name), taken)
        taken.add(handle)
        rows.append(
            {
                "personnel_number": change.personnel_number,
                "handle": handle,
                "colour": colour_of(change.personnel_number),
                "created_at": clock.now(),
                **_columns(change, places),
            }
        )
    ids = [id_ for chunk in in_chunks(rows) for id_ in insert_for_ids(Person, chunk)]
    insert_rows(
        Handle, [{"handle": row["handle"], "person_id": id_} for row, id_ in zip(rows, ids, strict=True)]
    )
    return {change.personnel_number: id_ for change, id_ in zip(changes, ids, strict=True)}


def _update(changes: Sequence[Change], ids: Mapping[str, int], places: Places) -> None:
    """Write known people. Contacts are freed first: two people may have swapped theirs."""
    moving = [
        ids[change.personnel_number]
        for change in changes
        if {"email", "phone"} & {detail.field for detail in change.details}
    ]
    update_rows(Person, [{"id": id_, "email": None, "phone": None} for id_ in moving])
    update_rows(Person, [{"id": ids[c.personnel_number], **_columns(c, places)} for c in changes])


def _columns(change: Change, places: Places) -> dict[str, Any]:
    person = change.after
    naming = Naming(person.first_name, person.last_name, person.middle_name)
    workplace = places.workplace(person.job)
    sort_name = sort_name_of(naming.first, naming.last, naming.middle)
    return {
        "first_name": naming.first,
        "last_name": naming.last,
        "middle_name": naming.middle,
        "name": naming.full,
        "sort_name": sort_name,
        "latin_name": transliterate(sort_name),
        "email": person.email or None,
        "phone": person.phone or None,
        "position_id": workplace.position_id,
        "shop_id": workplace.shop_id,
        "department_id": workplace.department_id,
        "hired_on": person.hired,
        "state": ACTIVE if person.is_active else LEFT,
        "left_on": None if person.is_active else change.left_on or person.job.ended or clock.today(),
        "source": SOURCE,
    }


def _confirm(plan: Plan, ids: Mapping[str, int]) -> None:
    """Note of people whom the file leaves as they are that a staff file knows them."""
    unchanged = [ids[change.personnel_number] for change in plan.of_kind(Kind.UNCHANGED)]
    for chunk in in_chunks(unchanged):
        others = db.session.scalars(
            select(Person.id).where(Person.id.in_(chunk), Person.source != SOURCE)
        ).all()
        update_rows(Person, [{"id": id_, "source": SOURCE} for id_ in others])


def _write_jobs(changes: Sequence[Change], ids: Mapping[str, int], places: Places) -> None:
    """Make the job history of each person what the plan says."""
    for chunk in in_chunks(changes):
        known = [ids[change.personnel_number] for change in chunk if change.kind is not Kind.NEW]
        db.session.execute(delete(models.Job).where(models.Job.person_id.in_(known)))
        insert_rows(
            models.Job,
            [
                {"person_id": ids[change.personnel_number], "started_on": job.started, "ended_on": job.ended,
                 **_place_columns(places.workplace(job))}
                for change in chunk for job in _all_jobs(change.after) if job.started is not None
            ],
        )  # fmt: skip


def _place_columns(workplace: Workplace) -> dict[str, int | None]:
    return {
        "position_id": workplace.position_id,
        "shop_id": workplace.shop_id,
        "department_id": workplace.department_id,
    }


def _write_managers(changes: Sequence[Change], ids: Mapping[str, int]) -> None:
    """Managers come last, when everybody is there."""
    rows = [
        {"id": ids[change.personnel_number], "manager_id": ids.get(change.after.manager)}
        for change in changes
        if change.kind is Kind.NEW or any(detail.field == "manager" for detail in change.details)
    ]
    update_rows(Person, rows)


def _workplaces(person_ids: Iterable[int]) -> dict[int, Workplace]:
    """Where people work until now."""
    return {
        row.id: Workplace(row.position_id, row.shop_id, row.department_id)
        for chunk in in_chunks(person_ids)
        for row in db.session.execute(
            select(Person.id, Person.position_id, Person.shop_id, Person.department_id).where(
                Person.id.in_(chunk)
            )
        )
    }


def _events(
    change: Change, person_id: int, before: Mapping[int, Workplace], places: Places
) -> Iterable[Event]:
    """What has happened to one person."""
    if change.kind is Kind.NEW:
        if change.after.is_active:
            yield PersonJoined(person_id)
        return
    if change.kind is Kind.DEPARTED:
        yield PersonLeft(person_id)
        return
    if change.kind is Kind.RETURNED:
        yield PersonReturned(person_id)
    old, new = before[person_id], places.workplace(change.after.job)
    if old != new:
        yield PersonMoved(
            person_id, old.shop_id, new.shop_id, places.region_of(old.shop_id), places.region_of(new.shop_id)
        )
    elif change.kind is Kind.CHANGED:
        yield PersonChanged(person_id)


def _all_jobs(person: KnownPerson) -> tuple[Job, ...]:
    return (*person.past_jobs, person.job)
