"""Nothing is lost or doubled when the process dies between waves, or in the middle of one."""

import pytest
from sqlalchemy import func, select

from app.core import clock, outbox
from app.core.db import db
from app.core.outbox import OutboxEvent
from app.notifications.models import Notification
from app.routing.models import Ask
from app.routing.schemas import Terms
from app.routing.service import drive, set_terms
from tests import factories
from tests.conftest import NOON
from tests.features.routing.conftest import TOPIC, make_cast, names, way
from tests.support.scripts import start_script

pytestmark = pytest.mark.slow

QUESTIONS = 12
#: Drives what is due at a moment, and says so after each question.
WORKER = """
import sys
from sqlalchemy import select
from app import create_app
from app.core import clock
from app.core.db import db
from app.routing.models import Routing
from app.routing.service import drive_one

with create_app().app_context(), clock.frozen(int(sys.argv[1])):
    due = select(Routing.content_id).where(Routing.due_at <= clock.now()).order_by(Routing.content_id)
    for content_id in db.session.scalars(due).all():
        drive_one(content_id)
        print(content_id, flush=True)
"""


def test_a_worker_that_is_killed_between_waves_loses_and_doubles_nothing(real_database, tmp_path):
    with clock.frozen(NOON):
        cast = make_cast()
        set_terms(factories.actor(cast.editor), Terms(a_day=QUESTIONS))
        asked = [factories.question(cast.asker, f"Вопрос {number} #{TOPIC}") for number in range(QUESTIONS)]
        outbox.run_due()
    for wave in range(3):
        moment = max(way(question).due_at for question in asked)
        if wave == 0:
            for most in (4, 3):  # killed in the middle, twice
                _drive_and_be_killed(real_database, tmp_path, moment, most)
            assert {way(question).wave for question in asked} == {1, 2}
        with clock.frozen(moment):
            drive()
    with clock.frozen(moment + clock.HOUR):
        assert drive() == 0
        outbox.run_due()

    everybody = ["Анна Петрова", "Борис Соседов", "Вера Кураторова", "Игорь Знатоков", "Олег Банков"]
    assert [sorted(names(question)) for question in asked] == [everybody] * QUESTIONS
    waves = select(func.count()).where(OutboxEvent.name == "QuestionRouted")
    assert db.session.scalar(waves) == 4 * QUESTIONS
    told = select(func.count()).where(Notification.reason == "routed")
    assert (
        db.session.scalar(told) == db.session.scalar(select(func.count()).select_from(Ask)) == 5 * QUESTIONS
    )


def _drive_and_be_killed(database, folder, moment, most):
    worker = start_script(WORKER, moment, database=database, folder=folder)
    for _line in zip(range(most), worker.stdout, strict=False):
        pass
    worker.kill()
    worker.wait()
    worker.stdout.close()
    worker.stdin.close()
    db.session.rollback()
