"""Commands about accounts, as an operator types them."""

import pytest
from sqlalchemy import select

from app.accounts import service
from app.accounts.models import RoleGrant
from app.core.db import db
from app.people.models import Job, Person
from tests import factories


@pytest.fixture
def flask(flask_app, database):
    """Runs a command on the test's database."""
    runner = flask_app.test_cli_runner()
    return lambda *words, **options: runner.invoke(args=[str(word) for word in words], **options)


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова", personnel_number="004211")


def test_token_create_prints_the_token_alone(flask, anna):
    done = flask("token", "create", "004211", "--name", "Отчёт")

    assert done.exit_code == 0
    assert service.actor_for_token(done.output.strip()).person_id == anna.id


@pytest.mark.parametrize(
    "words", [("token", "create", "1"), ("role", "grant", "1", "editor"), ("person", "password", "1")]
)
def test_an_unknown_number_is_said_so(flask, database, words):
    done = flask(*words)

    assert done.exit_code == 1
    assert "Nobody has the personnel number 1" in done.output


def test_a_leaver_gets_no_token(flask, database):
    factories.person(personnel_number="7", state="left")

    assert flask("token", "create", "7").exit_code == 1


def test_role_grant_and_revoke(flask, anna):
    assert "given" in flask("role", "grant", "004211", "moderator").output
    assert "already" in flask("role", "grant", "004211", "moderator").output
    assert list(db.session.scalars(select(RoleGrant.role))) == ["moderator"]
    assert "taken" in flask("role", "revoke", "004211", "moderator").output
    assert list(db.session.scalars(select(RoleGrant.role))) == []
    assert flask("role", "grant", "004211", "king").exit_code == 2


def test_person_create_prints_a_one_time_password(flask, database):
    factories.shop("У112")
    done = flask(
        "person", "create", "42", "Анна", "Петрова", "--email", "Anna@Shop.Example", "--phone", "8 916 123 45 67",
        "--shop", "У112", "--position", "Кассир", "--role", "editor",
    )  # fmt: skip

    assert done.exit_code == 0, done.output
    checked = service.check_password("anna@shop.example", done.output.strip())
    assert checked.must_change
    person = db.session.get(Person, checked.person_id)
    assert (person.handle, person.phone) == ("анна.петрова", "+79161234567")
    assert db.session.scalars(select(Job)).one().shop_id == person.shop_id
    assert service.actor_for_person(person.id).roles == {"editor"}


@pytest.mark.parametrize("words", [("--phone", "нет"), ("--shop", "нет")])
def test_person_create_refuses_nonsense(flask, database, words):
    assert flask("person", "create", "42", "Анна", *words).exit_code == 1
    assert db.session.scalars(select(Person)).all() == []


def test_person_create_refuses_a_number_that_is_taken(flask, anna):
    done = flask("person", "create", "004211", "Борис")

    assert done.exit_code == 1
    assert "taken" in done.output


def test_person_password_asks_twice_and_refuses_a_weak_one(flask, anna):
    weak = flask("person", "password", "004211", input="12345678\n12345678\n")
    good = flask("person", "password", "004211", input="тихий вечер в депо\nтихий вечер в депо\n")

    assert weak.exit_code == 1
    assert good.exit_code == 0
    assert service.check_password("004211", "тихий вечер в депо").must_change is False


def test_person_password_one_time(flask, anna):
    printed = flask("person", "password", "004211", "--one-time").output.strip()

    assert service.check_password("004211", printed).must_change
