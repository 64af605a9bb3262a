"""Prepared statements read the same rows on both databases, within the open transaction."""

import pytest
from sqlalchemy import bindparam, create_engine, select, text, update
from sqlalchemy.exc import DBAPIError

from app.core.db import db
from app.core.prepared import Prepared, among
from app.core.unit_of_work import unit_of_work
from app.people.models import Person
from tests import factories
from tests.support.statements import counting

BY_IDS = Prepared(select(Person.id, Person.name).where(among(Person.id, "ids")).order_by(Person.id))
BY_STATE = Prepared(
    select(Person.id).where(Person.state == bindparam("state", "active"), Person.name == bindparam("name"))
)


@pytest.mark.parametrize("chosen", [0, 1, 3])
def test_a_list_of_any_length_is_one_parameter(database, chosen):
    people = [factories.person(f"Анна {number}") for number in range(4)]
    wanted = people[:chosen]

    with counting() as statements:
        rows = BY_IDS.all(ids=[person.id for person in wanted])

    assert [row.name for row in rows] == [person.name for person in wanted]
    assert len(statements) == 1


def test_rows_are_found_by_a_column(database):
    person = factories.person("Лиана Гареева")

    assert BY_IDS.by("id", ids=[person.id])[person.id].name == "Лиана Гареева"


def test_parameters_may_have_defaults(database):
    working, gone = factories.person("Анна"), factories.person("Анна", state="left")

    assert BY_STATE.first(name="Анна").id == working.id
    assert BY_STATE.first(name="Анна", state="left").id == gone.id
    assert BY_STATE.first(name="Никто") is None


def test_rows_are_the_same_whether_or_not_somebody_counts(database):
    person = factories.person("Анна")

    plain = BY_IDS.all(ids=[person.id])
    with counting():
        counted = BY_IDS.all(ids=[person.id])

    assert [tuple(row) for row in plain] == [tuple(row) for row in counted] == [(person.id, "Анна")]
    assert plain[0].name == counted[0].name == plain[0][1]


def test_what_the_unit_of_work_has_written_is_read_within_and_after_it(database):
    person = factories.person("Анна")
    assert BY_STATE.first(name="Анна").id == person.id

    with unit_of_work():
        db.session.get_one(Person, person.id).name = "Яна"
        db.session.flush()
        assert BY_STATE.first(name="Яна").id == person.id

    assert BY_STATE.first(name="Яна").id == person.id


def test_nothing_is_read_from_a_transaction_that_has_ended(real_database):
    person = factories.person("Анна")
    assert BY_STATE.first(name="Анна").id == person.id
    with create_engine(real_database).begin() as elsewhere:
        elsewhere.execute(update(Person).values(name="Яна"))

    db.session.rollback()

    assert BY_STATE.first(name="Анна") is None


def test_a_driver_s_error_is_told_as_sqlalchemy_tells_it(database):
    broken = Prepared(select(text("no_such_column")).select_from(Person))

    with pytest.raises(DBAPIError, match="no_such_column"):
        broken.all()
