"""Who leaves the company leaves its groups, and a group is never left without an owner."""

import datetime

import pytest
from sqlalchemy import select, update

from app.core import clock
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.groups import service
from app.groups.jobs import repair_member_counts
from app.groups.models import CLOSED, Group, GroupMember, GroupRequest
from app.people.service import mark_left
from tests import factories
from tests.support.outbox import deliver_twice


@pytest.fixture
def owner(database, frozen_clock):
    return factories.person("Вера Власова")


def depart(person):
    mark_left(person.id, on=clock.today())
    deliver_twice("groups.settle_departure")


def roles(group):
    rows = select(GroupMember.person_id, GroupMember.role).where(GroupMember.group_id == group.id)
    return {row.person_id: row.role for row in db.session.execute(rows)}


def test_a_leaver_is_in_no_group_and_waits_for_none(owner):
    anna, group, other = (
        factories.person(),
        factories.group(owner=owner),
        factories.group(visibility=CLOSED, owner=owner),
    )
    factories.join(group, anna)
    service.join(factories.actor(anna), other.handle)
    depart(anna)

    assert roles(group) == {owner.id: "owner"}
    assert db.session.scalars(select(GroupRequest)).all() == []
    assert db.session.scalar(select(Group.members_count).where(Group.id == group.id)) == 1


def test_the_longest_serving_moderator_inherits_the_group(owner, frozen_clock):
    group = factories.group(owner=owner)
    people = {}
    for name, role in [("member", "member"), ("first", "moderator"), ("second", "moderator")]:
        people[name] = factories.person(name)
        factories.join(group, people[name], role=role)
        frozen_clock.advance(frozen_clock.HOUR)
    depart(owner)

    assert roles(group) == {
        people["member"].id: "member",
        people["first"].id: "owner",
        people["second"].id: "moderator",
    }


def test_without_moderators_a_member_who_still_works_here_inherits(owner, frozen_clock):
    group = factories.group(owner=owner)
    gone = factories.person(state="left", left_on=datetime.date(2025, 1, 1))
    factories.join(group, gone)
    frozen_clock.advance(frozen_clock.HOUR)
    anna = factories.person()
    factories.join(group, anna)
    depart(owner)

    assert roles(group)[anna.id] == "owner"


def test_a_group_with_another_owner_needs_no_heir(owner):
    group, anna, ivan = factories.group(owner=owner), factories.person(), factories.person()
    factories.join(group, anna, role="owner")
    factories.join(group, ivan)
    depart(owner)

    assert roles(group) == {anna.id: "owner", ivan.id: "member"}


def test_who_left_a_group_is_taken_out_of_its_room(owner):
    """Pages that are open get no more of its hints; without a socket there is nothing to do, twice."""
    group, anna = factories.group(owner=owner), factories.person()
    factories.join(group, anna)
    service.leave(factories.actor(anna), group.handle)

    deliver_twice("groups.leave_room")


def test_counters_that_went_wrong_are_repaired(owner):
    group = factories.group(owner=owner)
    with unit_of_work():
        db.session.execute(update(Group).values(members_count=7))

    assert repair_member_counts() == 1
    assert db.session.scalar(select(Group.members_count).where(Group.id == group.id)) == 1
    assert repair_member_counts() == 0
