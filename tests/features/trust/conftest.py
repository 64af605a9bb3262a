"""A question with two answers, somebody who owns its topic, and a few shops far apart."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.content.models import ContentItem
from app.core import clock, outbox
from app.core.db import db
from app.notifications.models import Notification
from app.people.models import Person
from app.questions.models import Question
from app.trust.models import ContentTrust
from app.trust.schemas import Limits, SetLimits
from app.trust.service import make_official, set_limits
from tests.factories import content, people
from tests.support.kept import keys_of, read

#: 1 May 2026, 12:00 in Moscow: a Friday.
MAY = clock.as_moment(datetime(2026, 5, 1, 9, tzinfo=UTC))


@dataclass
class Thread:
    """People and texts of most tests."""

    asker: Person
    wrong: ContentItem
    right: ContentItem
    asked: ContentItem
    expert: Person
    editor: Person


@pytest.fixture
def may(database):
    """The clock stands at noon of 1 May in Moscow."""
    with clock.frozen(MAY):
        yield MAY


@pytest.fixture(scope="module")
def made_thread(shared_database):
    """What tests begin with, made once for a module."""
    with clock.frozen(MAY):
        return keys_of(_make_thread())


def _make_thread():
    asker, expert = people.person("Ольга Ткач"), people.person("Пётр Знающий")
    asked = content.question(asker, "Сколько дней на возврат? #возврат")
    wrong = content.answer(asked, people.person("Иван Ошибка"), "Тридцать дней")
    right = content.answer(asked, expert, "Четырнадцать дней")
    editor = people.person("Елена Редактор", roles=["editor"])
    return Thread(asker, wrong, right, asked, expert, editor)


@pytest.fixture
def thread(made_thread, may):
    return Thread(**read(made_thread))


@pytest.fixture
def official(thread):
    """The same with the right answer made official."""
    make_official(people.actor(thread.editor), thread.right.public_id, on=True)
    outbox.run_due()
    return thread


def shown(asked):
    """The answer that a question shows."""
    return db.session.get(Question, asked.id, populate_existing=True).accepted_id


def row(item):
    """What is stored of an item's trust."""
    return db.session.get(ContentTrust, item.id, populate_existing=True)


def told(person):
    """What a person was told, after everything was delivered."""
    outbox.run_due()
    mine = select(Notification.reason).where(Notification.person_id == person.id).order_by(Notification.id)
    return list(db.session.scalars(mine))


def until(thread, day, item=None, **limits):
    """Limit the right answer."""
    limited = SetLimits(Limits(valid_until=date.fromisoformat(day) if day else None, **limits))
    set_limits(people.actor(thread.editor), (item or thread.right).public_id, limited)
