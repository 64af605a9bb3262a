"""Priority topics: chosen by editors, in their order, for a period."""

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.topics import queries, service
from app.topics.jobs import end_expired_priorities
from app.topics.models import PriorityTopic, Topic
from app.topics.service.priority import MOST
from tests import factories


@pytest.fixture
def editor(database, frozen_clock):
    return factories.actor(factories.person("Вера Власова", roles=["editor"]))


def shown():
    return [topic.name for topic in queries.priority()]


def test_they_stand_in_the_order_of_choosing_until_moved(editor):
    for name in ("акции", "касса", "отпуск"):
        service.choose(editor, name)
    assert shown() == ["акции", "касса", "отпуск"]

    service.move(editor, "отпуск", up=True)
    service.move(editor, "акции", up=True)
    service.move(editor, "касса", up=False)
    assert shown() == ["акции", "отпуск", "касса"]


def test_a_topic_stands_there_until_its_period_ends(editor):
    service.choose(editor, "акции", clock.now() + clock.HOUR)
    service.choose(editor, "касса")
    clock.advance(clock.HOUR - 1)
    assert shown() == ["акции", "касса"]

    clock.advance(1)
    assert shown() == ["касса"]
    assert [line.topic.key for line in queries.priority_desk(editor) if line.topic.priority] == ["касса"]
    assert not queries.head(editor, "акции").priority


def test_the_job_takes_out_what_has_ended_and_cards_change(editor):
    service.choose(editor, "акции", clock.now() + clock.HOUR)
    service.choose(editor, "касса")
    version = db.session.scalar(select(Topic.version).where(Topic.name == "акции"))
    end_expired_priorities()
    assert len(shown()) == 2

    clock.advance(clock.HOUR)
    end_expired_priorities()
    end_expired_priorities()
    rows = db.session.scalars(select(PriorityTopic)).all()
    assert [row.position for row in rows] == [1]
    assert db.session.scalar(select(Topic.version).where(Topic.name == "акции")) == version + 1


def test_choosing_again_prolongs_and_keeps_the_place(editor):
    service.choose(editor, "акции", clock.now() + clock.HOUR)
    service.choose(editor, "касса")
    service.choose(editor, "Акции")
    service.prolong(editor, "касса", clock.now() + clock.DAY)
    clock.advance(clock.HOUR)
    assert shown() == ["акции", "касса"]

    clock.advance(clock.DAY)
    assert shown() == ["акции"]


def test_withdrawing_closes_the_gap(editor):
    for name in ("акции", "касса", "отпуск"):
        service.choose(editor, name)
    service.withdraw(editor, "касса")
    service.withdraw(editor, "касса")

    rows = db.session.scalars(select(PriorityTopic.position).order_by(PriorityTopic.position)).all()
    assert (shown(), rows) == (["акции", "отпуск"], [1, 2])


def test_there_is_room_for_a_few(editor):
    for number in range(MOST):
        service.choose(editor, f"тема-{number}")
    with pytest.raises(Conflict):
        service.choose(editor, "ещё-одна")


def test_an_end_in_the_past_is_refused(editor):
    with pytest.raises(Invalid) as caught:
        service.choose(editor, "акции", clock.now())
    assert caught.value.field == "until"
    assert shown() == []


def test_what_is_no_priority_topic_cannot_be_changed(editor):
    factories.topic("акции")
    for name in ("акции", "касса", "\x00"):
        with pytest.raises(NotFound):
            service.move(editor, name, up=True)
        with pytest.raises(NotFound):
            service.prolong(editor, name, None)


@pytest.mark.parametrize("roles", [[], ["moderator"], ["manager"]])
def test_only_editors_choose(editor, roles):
    actor = factories.actor(factories.person(roles=roles))
    service.choose(editor, "акции")
    for act in (
        lambda: service.choose(actor, "касса"),
        lambda: service.move(actor, "акции", up=True),
        lambda: service.prolong(actor, "акции", None),
        lambda: service.withdraw(actor, "акции"),
    ):
        with pytest.raises(Forbidden):
            act()
    assert shown() == ["акции"]


def test_every_decision_is_audited(editor):
    service.choose(editor, "акции")
    service.choose(editor, "касса")
    service.move(editor, "касса", up=True)
    service.prolong(editor, "акции", clock.now() + 1)
    service.withdraw(editor, "акции")

    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == [
        "topic.priority_chosen",
        "topic.priority_chosen",
        "topic.priority_moved",
        "topic.priority_prolonged",
        "topic.priority_withdrawn",
    ]
