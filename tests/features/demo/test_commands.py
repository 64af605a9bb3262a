"""`flask demo …` as an operator types it."""

import pytest
from sqlalchemy import distinct, func, select

from app.cli.demo.cast import PASSWORD, SIGN_INS
from app.cli.demo.loader import loading
from app.cli.demo.sizes import SIZES
from app.core import settings
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.people.models import Person
from app.reputation.service import verify
from app.rewards.models import Order
from tests.factories import people as factories
from tests.features.demo.conftest import NOW, TINY

pytestmark = pytest.mark.slow

AS_OF = "2026-11-21 22:00:00"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Load the tiny company under the name of the small one."""
    monkeypatch.setitem(SIZES, "small", TINY)


@pytest.fixture
def run(flask_app):
    def invoke(*arguments):
        return flask_app.test_cli_runner().invoke(args=["demo", *arguments])

    return invoke


def people():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Person))


def test_load_then_sign_ins(run, database):
    done = run("load", "--no-index", "--as-of", AS_OF)
    assert done.exit_code == 0, done.output
    assert "160 people" in done.output
    assert "rewards ordered" in done.output
    assert list(verify()) == []
    assert db.session.scalar(select(func.count(distinct(Order.state)))) == 5
    assert "hiding a topic" in done.output
    printed = run("sign-ins").output
    assert PASSWORD in printed
    assert all(member.number in printed and member.last in printed for member in SIGN_INS)


def test_sign_ins_without_a_demo_say_so(run, database):
    done = run("sign-ins")
    assert done.exit_code == 1
    assert "flask demo load" in done.output


def test_a_demo_is_not_loaded_twice(run, database):
    loading.load(TINY, 1, NOW, lambda made: None)
    done = run("load", "--no-index")
    assert done.exit_code == 1
    assert "--reset" in done.output
    again = run("load", "--no-index", "--if-empty")
    assert again.exit_code == 0
    assert people() == TINY.people


@pytest.mark.parametrize("flags", [(), ("--reset",)])
def test_a_real_company_is_left_alone(run, database, flags):
    factories.person()
    done = run("load", "--no-index", *flags)
    assert done.exit_code == 1
    assert "left alone" in done.output
    assert people() == 1


def test_a_real_company_is_no_reason_to_fail_when_asked_for_empty(run, database):
    factories.person()
    assert run("load", "--no-index", "--if-empty").exit_code == 0
    assert people() == 1


def test_an_interrupted_load_is_named_and_begun_anew_only_on_request(run, database):
    with unit_of_work():
        settings.put(loading.MARK, {"size": "small", "seed": 1, "ends_at": NOW, "complete": False})
    factories.person()
    done = run("load", "--no-index", "--if-empty")
    assert done.exit_code == 1
    assert "interrupted" in done.output


def test_reset_makes_it_anew(run, real_database):
    assert run("load", "--no-index", "--as-of", AS_OF).exit_code == 0
    factories.person()
    assert people() == TINY.people + 1
    done = run("load", "--no-index", "--reset", "--as-of", AS_OF, "--seed", "7")
    assert done.exit_code == 0, done.output
    assert people() == TINY.people
    assert loading.present().seed == 7
