"""Two requests at once do not overspend a month's badges."""

import pytest
from sqlalchemy import func, select

from app.badges.models import ThanksRecipient
from app.core.db import db
from tests import factories
from tests.support.scripts import start_script

#: Gives the badge of five a month to eight colleagues, one after another, as fast as it can.
RACER = """
import sys
from app import create_app
from app.accounts.service.sessions import actor_for_person
from app.badges.schemas import SayThanks
from app.badges.service import say_thanks
from app.core.errors import Invalid

with create_app().app_context():
    giver = actor_for_person(int(sys.argv[1]))
    print("ready", flush=True)
    sys.stdin.readline()
    for handle in sys.argv[2].split():
        try:
            say_thanks(giver, SayThanks((f"@{handle}",), "woollen_medal", "Грело"))
        except Invalid as error:
            assert list(error.errors) == ["badge"], error.errors
    print("done", flush=True)
"""


@pytest.mark.slow
def test_processes_that_race_keep_the_allowance(real_database, tmp_path):
    giver = factories.person()
    handles = [factories.person().handle for _ in range(24)]
    db.session.rollback()
    racers = [
        start_script(RACER, giver.id, " ".join(handles[place::3]), database=real_database, folder=tmp_path)
        for place in range(3)
    ]
    assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * 3
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    assert {racer.communicate(timeout=150)[0] for racer in racers} == {"done\n"}
    assert db.session.scalar(select(func.count()).select_from(ThanksRecipient)) == 5
