"""Mandatory subscriptions reach whom they are for: now, when hired, when moved; and let go when the rule ends."""

import datetime

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.groups.models import SECRET, Group, GroupMember
from app.people.schemas import Naming, Workplace
from app.people.service import mark_left, mark_returned, move_person, new_person
from app.topics import service
from app.topics.jobs import serve_everyone
from app.topics.models import MandatorySubscription, Topic, TopicSubscription
from app.topics.service import mandatory
from tests import factories
from tests.support.outbox import deliver_twice


@pytest.fixture
def editor(database):
    return factories.person("Вера Власова", roles=["editor"])


@pytest.fixture
def ural(database):
    return factories.shop(region=factories.region("Урал"))


@pytest.fixture
def volga(database):
    return factories.shop(region=factories.region("Волга"))


def make(editor, name="охрана-труда", region=None):
    return service.make_topic_mandatory(factories.actor(editor), name, region)


def served():
    deliver_twice("topics.serve_audience")


def bound(name="охрана-труда"):
    """Who reads the topic, and whether they must."""
    rows = (
        select(TopicSubscription.person_id, TopicSubscription.mandatory)
        .join(Topic, Topic.id == TopicSubscription.topic_id)
        .where(Topic.name == name)
    )
    return {row.person_id: row.mandatory for row in db.session.execute(rows)}


def test_everyone_who_works_here_gets_it(editor, ural):
    anna, gone = factories.person(shop=ural), factories.person(state="left")
    make(editor)
    served()

    assert bound() == {editor.id: True, anna.id: True}
    assert db.session.scalar(select(Topic.subscribers_count)) == 2
    assert gone.id not in bound()


def test_a_region_gets_it_and_others_do_not(editor, ural, volga):
    anna, _ivan = factories.person(shop=ural), factories.person(shop=volga)
    make(editor, region=ural.region_id)
    served()

    assert bound() == {anna.id: True}


def test_who_read_it_before_must_now(editor, ural):
    anna = factories.person(shop=ural)
    service.subscribe(factories.actor(anna), "охрана-труда")
    make(editor, region=ural.region_id)
    served()

    assert bound() == {anna.id: True}
    assert db.session.scalar(select(Topic.subscribers_count)) == 1


def test_many_people_are_served_in_batches(editor, ural, monkeypatch):
    monkeypatch.setattr(mandatory, "BATCH", 3)
    people = [factories.person(shop=ural) for _ in range(8)]
    make(editor)
    served()
    deliver_twice("topics.serve_rest")

    assert bound() == {person.id: True for person in [editor, *people]}
    assert db.session.scalar(select(Topic.subscribers_count)) == 9


def test_a_group_is_made_mandatory_alike(editor, ural):
    anna, group = factories.person(shop=ural), factories.group(owner=factories.person())
    service.make_group_mandatory(factories.actor(editor), group.handle, ural.region_id)
    served()

    member = db.session.get_one(GroupMember, (group.id, anna.id))
    assert (member.role, member.mandatory) == ("member", True)
    assert db.session.scalar(select(Group.members_count)) == 2


def test_a_rule_about_an_owner_leaves_them_the_owner(editor):
    group = factories.group(owner=editor)
    service.make_group_mandatory(factories.actor(editor), group.handle, None)
    served()

    member = db.session.get_one(GroupMember, (group.id, editor.id))
    assert (member.role, member.mandatory) == ("owner", True)


def test_a_new_colleague_gets_it(editor, ural):
    make(editor, region=ural.region_id)
    served()
    anna = new_person("778899", Naming("Анна", "Новая"), Workplace(shop_id=ural.id))
    deliver_twice("topics.serve_new_person")

    assert bound() == {anna.id: True}


def test_who_moves_gets_what_is_mandatory_there_and_is_freed_of_the_rest(editor, ural, volga):
    anna = factories.person(shop=ural)
    make(editor, "уральские-новости", ural.region_id)
    make(editor, "волжские-новости", volga.region_id)
    served()
    assert (bound("уральские-новости"), bound("волжские-новости")) == ({anna.id: True}, {})

    move_person(anna.id, Workplace(shop_id=volga.id), on=datetime.date(2026, 1, 1))
    deliver_twice("topics.serve_moved_person")
    assert (bound("уральские-новости"), bound("волжские-новости")) == ({anna.id: False}, {anna.id: True})


def test_who_moves_keeps_what_is_everyones(editor, ural, volga):
    anna = factories.person(shop=ural)
    make(editor)
    make(editor, region=ural.region_id)
    served()
    move_person(anna.id, Workplace(shop_id=volga.id), on=datetime.date(2026, 1, 1))
    deliver_twice("topics.serve_moved_person")

    assert bound()[anna.id] is True


def test_who_comes_back_gets_what_was_made_meanwhile(editor, ural):
    anna = factories.person(shop=ural)
    mark_left(anna.id, on=clock.today())
    make(editor)
    served()
    assert anna.id not in bound()

    mark_returned(anna.id)
    deliver_twice("topics.serve_returned_person")
    assert bound()[anna.id] is True


def test_ending_a_rule_leaves_ordinary_subscriptions(editor, ural):
    anna = factories.person(shop=ural)
    rule = make(editor, region=ural.region_id)
    served()
    service.end_rule(factories.actor(editor), rule)
    service.end_rule(factories.actor(editor), rule)
    served()
    assert bound() == {anna.id: False}

    service.unsubscribe(factories.actor(anna), "охрана-труда")
    assert bound() == {}


def test_another_rule_still_holds(editor, ural):
    anna = factories.person(shop=ural)
    make(editor)
    rule = make(editor, region=ural.region_id)
    served()
    service.end_rule(factories.actor(editor), rule)
    served()

    assert bound()[anna.id] is True


def test_a_rule_is_made_once(editor, ural):
    assert make(editor) == make(editor)
    assert make(editor, region=ural.region_id) == make(editor, region=ural.region_id)
    assert db.session.scalar(select(func.count()).select_from(MandatorySubscription)) == 2


def test_the_nightly_job_finds_whom_an_import_brought(editor, ural):
    make(editor, region=ural.region_id)
    served()
    anna = factories.person(shop=ural)  # tells of nobody, like a bulk import
    assert bound() == {}

    serve_everyone()
    served()
    assert bound() == {anna.id: True}


def test_only_editors_decide_and_it_is_audited(editor):
    with pytest.raises(Forbidden):
        make(factories.person(roles=["moderator", "manager"]))
    rule = make(editor)
    with pytest.raises(Forbidden):
        service.end_rule(factories.actor(factories.person()), rule)
    service.end_rule(factories.actor(editor), rule)

    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.actor_id) for entry in entries] == [
        ("mandatory.made", editor.id),
        ("mandatory.ended", editor.id),
    ]


def test_a_secret_group_of_others_cannot_be_named(editor):
    group = factories.group(visibility=SECRET, owner=factories.person())
    for handle in (group.handle, "нет-такой"):
        with pytest.raises(NotFound):
            service.make_group_mandatory(factories.actor(editor), handle, None)
    with pytest.raises(Invalid):
        make(editor, region=987)
