"""Prepared statements read the same rows on both databases, within the open transaction."""

import pytest
from sqlalchemy import bindparam, select

from app.core.prepared import Prepared, among
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
