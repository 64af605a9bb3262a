"""Roles of the company that could be used to open a group from outside."""

import pytest
from sqlalchemy import select

from app.core import outbox
from app.core.db import db
from app.core.errors import Forbidden
from app.groups import service as groups
from app.groups.models import CLOSED, OPEN, SECRET, Group, GroupMember
from app.groups.schemas import GroupDetails
from app.people.models import Person
from app.topics import service as topics
from tests import factories


@pytest.fixture
def closed(database):
    return factories.group("Бухгалтерия", visibility=CLOSED, owner=factories.person())


def test_an_administrator_outside_does_not_open_a_closed_group(closed):
    boss = factories.person(roles=["administrator"])
    item = factories.publication(_owner(closed), "Зарплаты", place=closed)

    with pytest.raises(Forbidden):
        groups.change_group(
            factories.actor(boss), closed.handle, GroupDetails("Все сюда", "", OPEN, "members")
        )
    assert db.session.get_one(Group, closed.id).visibility == CLOSED
    assert factories.written(item.public_id).audience == "members"


def test_an_administrator_outside_changes_the_rest(closed):
    boss = factories.person(roles=["administrator"])
    groups.change_group(factories.actor(boss), closed.handle, GroupDetails("Учёт", "", CLOSED, "members"))

    assert db.session.get_one(Group, closed.id).name == "Учёт"


@pytest.mark.parametrize("role", ["member", "owner"])
def test_an_administrator_inside_opens_it(closed, role):
    boss = factories.person(roles=["administrator"])
    factories.join(closed, boss, role=role)
    groups.change_group(factories.actor(boss), closed.handle, GroupDetails("Учёт", "", OPEN, "members"))

    assert db.session.get_one(Group, closed.id).visibility == OPEN


def test_an_editor_does_not_get_into_a_closed_group_by_a_rule_for_everyone(client, closed):
    editor = factories.person(roles=["editor"])
    with pytest.raises(Forbidden):
        topics.make_group_mandatory(factories.actor(editor), closed.handle, None)

    shown = client.sign_in(editor).post(
        "/desk/mandatory", data={"subject": f"@{closed.handle}", "region": ""}
    )
    outbox.run_due()
    assert shown.status_code == 422
    assert _members(closed) == {_owner(closed).id}


@pytest.mark.parametrize("visibility", [CLOSED, SECRET])
def test_an_editor_who_keeps_a_group_makes_it_mandatory(database, visibility):
    editor, colleague = factories.person(roles=["editor"]), factories.person()
    group = factories.group(visibility=visibility, owner=editor)
    topics.make_group_mandatory(factories.actor(editor), group.handle, None)
    outbox.run_due()

    assert colleague.id in _members(group)


def _members(group):
    return set(db.session.scalars(select(GroupMember.person_id).where(GroupMember.group_id == group.id)))


def _owner(group):
    owner = select(GroupMember.person_id).where(GroupMember.group_id == group.id, GroupMember.role == "owner")
    return db.session.get_one(Person, db.session.scalars(owner).one())
