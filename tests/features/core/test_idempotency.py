"""Phones on bad Wi-Fi send again: an act is done once per key and person."""

import pytest
from sqlalchemy import func, select

from app.core import clock, idempotency
from app.core.db import db
from app.core.idempotency import IdempotencyKey, once
from app.core.settings import Setting
from tests import factories
from tests.support.scripts import start_script

#: Makes a setting of its own process's number under one shared key, eight times.
RACER = """
import os, sys
from app import create_app
from app.core.idempotency import once
from app.core.settings import put

def act():
    put(f"made by {os.getpid()}", True)
    return str(os.getpid())

with create_app().app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(8):
        print(once(int(sys.argv[1]), f"key {number}", act)[0], flush=True)
"""


def test_it_is_done_once_per_key(database):
    person, done = factories.person(), []

    def act():
        done.append("done")
        return f"outcome {len(done)}"

    assert once(person.id, "key", act) == ("outcome 1", True)
    assert once(person.id, "key", act) == ("outcome 1", False)
    assert once(person.id, "another key", act) == ("outcome 2", True)
    assert once(factories.person().id, "key", act) == ("outcome 3", True)


def test_without_a_key_it_is_done_each_time(database):
    person = factories.person()

    assert [once(person.id, None, lambda: "x"), once(person.id, "", lambda: "x")] == [("x", True)] * 2


def test_an_act_that_fails_does_not_use_its_key_up(database):
    person = factories.person()
    with pytest.raises(ZeroDivisionError):
        once(person.id, "key", lambda: str(1 / 0))

    assert once(person.id, "key", lambda: "done") == ("done", True)


def test_keys_are_forgotten_after_a_month(database, frozen_clock):
    person = factories.person()
    once(person.id, "key", lambda: "first")
    frozen_clock.advance(idempotency.KEEP + clock.SECOND)

    assert idempotency.forget_old() == 1
    assert once(person.id, "key", lambda: "second") == ("second", True)


@pytest.mark.slow
def test_processes_that_race_agree_on_one_outcome(real_database, tmp_path):
    person = factories.person()
    db.session.rollback()
    racers = [start_script(RACER, person.id, database=real_database, folder=tmp_path) for _ in range(4)]
    assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * 4
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    outcomes = {racer.communicate(timeout=150)[0] for racer in racers}

    assert len(outcomes) == 1
    assert len(outcomes.pop().split()) == 8
    assert db.session.scalar(select(func.count()).select_from(IdempotencyKey)) == 8
    assert db.session.scalar(select(func.count()).select_from(Setting)) <= 4
