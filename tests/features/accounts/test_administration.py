"""What administrators do to accounts, and that nobody else does."""

import re

import pytest
from sqlalchemy import select

from app.accounts import service
from app.accounts.models import RoleGrant
from app.core import clock
from app.core.actor import GRANTED_ROLES
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.unit_of_work import unit_of_work
from app.people.models import Person
from app.people.service import mark_left
from tests import factories
from tests.support.statements import counting

ACTS = ("roles", "password", "sessions/end", "leave")


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова", personnel_number="004211")


@pytest.fixture
def ada(client, database):
    person = factories.person("Ада Главная", roles=["administrator"])
    client.sign_in(person)
    return person


def state_of(person):
    return db.session.scalar(select(Person.state).where(Person.id == person.id))


def roles_of(person):
    return set(db.session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person.id)))


def history(person):
    entries = select(AuditEntry).where(AuditEntry.subject == f"person:{person.id}").order_by(AuditEntry.id)
    return [(entry.action, entry.actor_id) for entry in db.session.scalars(entries)]


@pytest.mark.parametrize(
    "role", [(), ("manager",), ("editor",), ("moderator",), ("manager", "editor", "moderator")]
)
def test_only_administrators_come_here(client, anna, role):
    client.sign_in(factories.person(roles=role))
    pages = [client.get("/administration/people"), client.get(f"/administration/people/{anna.id}")]
    acts = [
        client.post(f"/administration/people/{anna.id}/{act}", data={"role": "editor", "on": "1"})
        for act in ACTS
    ]

    assert {response.status_code for response in pages + acts} == {403}
    assert roles_of(anna) == set()
    assert state_of(anna) == "active"
    assert history(anna) == []


@pytest.mark.parametrize("role", GRANTED_ROLES)
def test_a_role_is_given_and_taken(client, ada, anna, role):
    address = f"/administration/people/{anna.id}/roles"

    assert client.post(address, data={"role": role, "on": "1"}).status_code == 303
    assert roles_of(anna) == {role}
    assert client.post(address, data={"role": role, "on": "0"}).status_code == 303
    assert roles_of(anna) == set()
    assert history(anna) == [("role.granted", ada.id), ("role.revoked", ada.id)]


@pytest.mark.parametrize("role", ["", "employee", "root", "administrator'--"])
def test_there_are_no_other_roles(client, ada, anna, role):
    assert client.post(f"/administration/people/{anna.id}/roles", data={"role": role}).status_code == 422


def test_administrators_keep_their_own_role_and_place(ada):
    actor = factories.actor(ada)

    with pytest.raises(Forbidden):
        service.revoke(actor, ada.id, "administrator")
    with pytest.raises(Forbidden):
        service.leave(actor, ada.id)
    assert roles_of(ada) == {"administrator"}


def test_leaving_and_returning(client, new_client, ada, anna):
    annas = new_client().sign_in(anna)
    address = f"/administration/people/{anna.id}/leave"

    client.post(address, data={"on": "1"})
    assert annas.get("/settings").status_code == 303
    assert state_of(anna) == "left"

    client.post(address, data={"on": "0"})
    assert state_of(anna) == "active"
    assert annas.get("/settings").status_code == 303  # the old session stays ended
    assert history(anna) == [("person.left", ada.id), ("person.returned", ada.id)]


def test_a_one_time_password_is_shown_once(client, ada, anna):
    page = client.post(f"/administration/people/{anna.id}/password").text
    one_time = re.search(r'name="one_time" value="([^"]+)"', page).group(1)

    assert service.check_password("004211", one_time).must_change
    assert one_time not in client.get(f"/administration/people/{anna.id}").text
    assert history(anna) == [("password.reset", ada.id)]
    assert one_time not in repr([entry.details for entry in db.session.scalars(select(AuditEntry))])


def test_a_leaver_gets_no_password(database, ada):
    left = factories.person(state="left")

    with pytest.raises(Invalid):
        service.reset_password(factories.actor(ada), left.id)


def test_the_list_shows_who_has_roles_and_finds_leavers_too(client, ada, anna):
    factories.person("Марк Модератор", roles=["moderator"])
    factories.person("Ушла Вчера", personnel_number="007", state="left")

    listed = client.get("/administration/people").text
    assert "Марк Модератор" in listed
    assert "Анна Петрова" not in listed
    assert "Анна Петрова" in client.get("/administration/people?q=петрова").text
    assert "Анна Петрова" in client.get("/administration/people?q=004211").text
    assert "Ушла Вчера" in client.get("/administration/people?q=007").text


def test_pages_keep_their_budget(client, ada, anna):
    for _number in range(30):
        service.grant_role(factories.person("Пётр Петров").id, "manager", by=ada.id)
    for address in (
        "/administration/people",
        "/administration/people?q=петров",
        f"/administration/people/{anna.id}",
    ):
        with counting() as statements:
            assert client.get(address).status_code == 200
        assert len(statements) <= 12, statements


def test_nobody_has_no_page(client, ada):
    for method, address in (("GET", ""), *(("POST", f"/{act}") for act in ACTS)):
        response = client.open(
            f"/administration/people/999999{address}", method=method, data={"role": "editor"}
        )
        assert response.status_code == 404, address


def test_whoever_manages_is_a_manager_without_being_made_one(client, anna, ada):
    keeper = factories.person("Олег Хранитель")
    shop = factories.shop(manager=keeper)
    report = factories.person("Лиана Гареева", manager=anna)
    for manager in (anna, keeper):
        assert service.actor_for_person(manager.id).roles == {"manager"}
        assert roles_of(manager) == set()
        page = client.get(f"/administration/people/{manager.id}").text
        assert 'value="manager"' not in page  # neither to give nor to take
    assert service.actor_for_person(report.id).roles == set()

    with unit_of_work():
        mark_left(report.id, on=clock.today())
        shop.closed_on = clock.today()
    for manager in (anna, keeper):
        assert service.actor_for_person(manager.id).roles == set()
        assert 'value="manager"' in client.get(f"/administration/people/{manager.id}").text


def test_a_granted_manager_stays_one(anna):
    service.grant_role(anna.id, "manager", by=None)
    assert service.actor_for_person(anna.id).roles == {"manager"}
