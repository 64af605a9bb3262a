"""Joining, moving, leaving, returning: the job history stays true, and others hear of it."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.core.errors import NotFound
from app.core.outbox import OutboxEvent
from app.people import service
from app.people.models import Handle, Job, Person
from app.people.schemas import Naming, Workplace
from tests import factories

pytestmark = pytest.mark.usefixtures("frozen_clock")
TODAY = date(2025, 11, 18)


@pytest.fixture
def cashier(database):
    return Workplace(position_id=factories.position("Кассир").id, shop_id=factories.shop("У1").id)


@pytest.fixture
def manager(database):
    return Workplace(position_id=factories.position("Управляющий").id, shop_id=factories.shop("У2").id)


def jobs_of(person):
    rows = db.session.scalars(select(Job).where(Job.person_id == person.id).order_by(Job.started_on))
    return [(job.shop_id, job.started_on, job.ended_on) for job in rows]


def test_somebody_joins(cashier):
    person = service.new_person(
        "1", Naming("Анна", "Петрова", "Сергеевна"), cashier, hired_on=date(2025, 3, 1)
    )

    assert (person.name, person.sort_name, person.latin_name) == (
        "Анна Петрова", "петрова анна сергеевна", "petrova anna sergeevna",
    )  # fmt: skip
    assert person.handle == "анна.петрова"
    assert db.session.get(Handle, "анна.петрова").person_id == person.id
    assert jobs_of(person) == [(cashier.shop_id, date(2025, 3, 1), None)]


def test_namesakes_get_handles_of_their_own(database):
    handles = [service.new_person(str(number), Naming("Анна", "Петрова")).handle for number in range(3)]

    assert handles == ["анна.петрова", "анна.петрова2", "анна.петрова3"]


def test_a_group_has_taken_the_handle(database):
    factories.group(handle="анна.петрова")

    assert service.new_person("1", Naming("Анна", "Петрова")).handle == "анна.петрова2"


@pytest.mark.parametrize("handle", ["admin", "все", "x", "-", "a b", "@анна"])
def test_some_handles_nobody_gets(database, handle):
    assert service.is_free(handle) is (handle == "@анна")


def test_a_personnel_number_is_given_once(database):
    service.new_person("1", Naming("Анна"))

    with pytest.raises(IntegrityError):
        service.new_person("1", Naming("Борис"))


def test_moving_closes_one_job_and_opens_another(cashier, manager):
    person = service.new_person("1", Naming("Анна"), cashier, hired_on=date(2025, 3, 1))

    assert service.move_person(person.id, manager, on=date(2025, 10, 1)) is True
    assert service.move_person(person.id, manager, on=date(2025, 10, 2)) is False

    assert jobs_of(person) == [
        (cashier.shop_id, date(2025, 3, 1), date(2025, 10, 1)),
        (manager.shop_id, date(2025, 10, 1), None),
    ]


def test_a_move_on_the_first_day_corrects_the_job(cashier, manager):
    person = service.new_person("1", Naming("Анна"), cashier, hired_on=TODAY)

    service.move_person(person.id, manager)

    assert jobs_of(person) == [(manager.shop_id, TODAY, None)]


def test_a_move_tells_the_regions(database):
    ural, volga = factories.region("Урал"), factories.region("Волга")
    one, two = factories.shop(region=ural), factories.shop(region=volga)
    person = factories.person(shop=one)

    service.move_person(person.id, Workplace(shop_id=two.id))

    payload = db.session.scalars(select(OutboxEvent.payload).where(OutboxEvent.name == "PersonMoved")).one()
    assert payload == {
        "person_id": person.id, "from_shop_id": one.id, "to_shop_id": two.id,
        "from_region_id": ural.id, "to_region_id": volga.id,
    }  # fmt: skip


def test_leaving_and_returning_on_the_same_day(cashier):
    person = service.new_person("1", Naming("Анна"), cashier, hired_on=date(2025, 3, 1))
    version = person.version

    assert service.mark_left(person.id, on=TODAY) is True
    assert service.mark_left(person.id, on=TODAY) is False
    assert jobs_of(person) == [(cashier.shop_id, date(2025, 3, 1), TODAY)]

    assert service.mark_returned(person.id) is True
    assert service.mark_returned(person.id) is False
    assert jobs_of(person) == [(cashier.shop_id, date(2025, 3, 1), TODAY), (cashier.shop_id, TODAY, None)]
    assert db.session.get(Person, person.id).version > version


def test_leaving_on_the_day_of_hiring_and_coming_back(cashier):
    person = service.new_person("1", Naming("Анна"), cashier, hired_on=TODAY)

    service.mark_left(person.id, on=TODAY)
    service.mark_returned(person.id)

    assert jobs_of(person) == [(cashier.shop_id, TODAY, None)]


def test_another_name_keeps_the_handle(database):
    person = service.new_person("1", Naming("Анна", "Петрова"))

    service.rename_person(person.id, Naming("Анна", "Щукина"))

    kept = db.session.get(Person, person.id)
    assert (kept.name, kept.sort_name, kept.latin_name) == ("Анна Щукина", "щукина анна", "shchukina anna")
    assert kept.handle == "анна.петрова"


def test_nobody_can_be_moved(database):
    with pytest.raises(NotFound):
        service.move_person(999_999, Workplace())
