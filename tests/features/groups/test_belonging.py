"""Joining, leaving, asking, inviting, roles: what each does, and that doing it again does nothing more."""

import pytest
from sqlalchemy import func, select

from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.groups import service
from app.groups.models import CLOSED, INVITATION, OPEN, REQUEST, SECRET, Group, GroupMember, GroupRequest
from tests import factories


@pytest.fixture
def owner(database):
    return factories.person("Вера Власова")


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова")


@pytest.fixture
def make(owner):
    return lambda visibility=OPEN: factories.group(visibility=visibility, owner=owner)


def role(group, person):
    row = db.session.get(GroupMember, (group.id, person.id), populate_existing=True)
    return row.role if row else None


def waits(group, person):
    row = db.session.get(GroupRequest, (group.id, person.id), populate_existing=True)
    return row.kind if row else None


def counted(group):
    """The counter, which must agree with the rows."""
    rows = db.session.scalar(select(func.count()).where(GroupMember.group_id == group.id))
    kept = db.session.scalar(select(Group.members_count).where(Group.id == group.id))
    assert rows == kept
    return kept


def act(use_case, person, *rest, **named):
    return use_case(factories.actor(person), *rest, **named)


def test_an_open_group_takes_anybody_once(make, anna):
    group = make()

    assert act(service.join, anna, group.handle)
    assert act(service.join, anna, group.handle)
    assert (role(group, anna), counted(group)) == ("member", 2)


def test_a_closed_group_keeps_the_request(make, anna, owner):
    group = make(CLOSED)

    assert not act(service.join, anna, group.handle)
    assert not act(service.join, anna, group.handle)
    assert (waits(group, anna), role(group, anna)) == (REQUEST, None)

    act(service.answer_request, owner, group.handle, anna.handle, approve=True)
    act(service.answer_request, owner, group.handle, anna.handle, approve=True)
    assert (waits(group, anna), role(group, anna), counted(group)) == (None, "member", 2)


def test_a_declined_request_is_gone_and_may_be_made_again(make, anna, owner):
    group = make(CLOSED)
    act(service.join, anna, group.handle)
    act(service.answer_request, owner, group.handle, anna.handle, approve=False)
    assert (waits(group, anna), role(group, anna)) == (None, None)

    act(service.join, anna, group.handle)
    assert waits(group, anna) == REQUEST


def test_a_request_can_be_taken_back(make, anna):
    group = make(CLOSED)
    act(service.join, anna, group.handle)
    act(service.take_back_request, anna, group.handle)

    assert waits(group, anna) is None


def test_a_secret_group_looks_missing_to_who_would_join(make, anna):
    with pytest.raises(NotFound):
        act(service.join, anna, make(SECRET).handle)


@pytest.mark.parametrize("visibility", [OPEN, CLOSED, SECRET])
def test_an_invited_person_joins_any_group(make, anna, owner, visibility):
    group = make(visibility)
    assert act(service.invite, owner, group.handle, [f"@{anna.handle}"]) == (1, 0)
    assert act(service.invite, owner, group.handle, [anna.handle, anna.handle]) == (0, 0)
    assert waits(group, anna) == INVITATION

    act(service.accept_invitation, anna, group.handle)
    act(service.join, anna, group.handle)
    assert (waits(group, anna), role(group, anna), counted(group)) == (None, "member", 2)


def test_an_invitation_is_declined_or_cancelled_for_good(make, anna, owner):
    group = make(SECRET)
    act(service.invite, owner, group.handle, [anna.handle])
    act(service.decline_invitation, anna, group.handle)
    with pytest.raises(NotFound):
        act(service.accept_invitation, anna, group.handle)

    act(service.invite, owner, group.handle, [anna.handle])
    act(service.take_back_invitation, owner, group.handle, anna.handle)
    with pytest.raises(NotFound):
        act(service.join, anna, group.handle)


def test_an_invitation_for_who_has_asked_lets_them_in(make, anna, owner):
    group = make(CLOSED)
    act(service.join, anna, group.handle)
    act(service.invite, owner, group.handle, [anna.handle])

    assert role(group, anna) == "member"


def test_who_may_not_invite(make, anna):
    group = make(CLOSED)
    factories.join(group, anna)
    with pytest.raises(Forbidden):
        act(service.invite, anna, group.handle, [factories.person().handle])


def test_handles_nobody_has_are_named(make, owner):
    gone = factories.person("Пётр Ушёл", state="left")
    for handle in ("нет.такого", gone.handle, "\x00", "a b"):
        with pytest.raises(Invalid) as caught:
            act(service.invite, owner, make().handle, [handle])
        assert "people" in caught.value.errors


def test_members_leave(make, anna):
    group = make()
    factories.join(group, anna)
    act(service.leave, anna, group.handle)
    act(service.leave, anna, group.handle)

    assert (role(group, anna), counted(group)) == (None, 1)


def test_a_mandatory_member_can_neither_leave_nor_be_removed(make, anna, owner):
    group = make()
    factories.join(group, anna)
    db.session.get_one(GroupMember, (group.id, anna.id)).mandatory = True
    db.session.commit()

    with pytest.raises(Conflict):
        act(service.leave, anna, group.handle)
    with pytest.raises(Conflict):
        act(service.remove_member, owner, group.handle, anna.handle)


def test_the_last_owner_hands_over_first(make, anna, owner):
    group = make()
    factories.join(group, anna)
    with pytest.raises(Conflict):
        act(service.leave, owner, group.handle)
    with pytest.raises(Conflict):
        act(service.set_role, owner, group.handle, owner.handle, "member")

    act(service.set_role, owner, group.handle, anna.handle, "owner")
    act(service.leave, owner, group.handle)
    assert (role(group, anna), role(group, owner)) == ("owner", None)


def test_roles_are_changed_by_owners_alone_and_audited(make, anna, owner):
    group, ivan = make(), factories.person("Иван")
    factories.join(group, anna, role="moderator")
    factories.join(group, ivan)
    with pytest.raises(Forbidden):
        act(service.set_role, anna, group.handle, ivan.handle, "moderator")
    with pytest.raises(Invalid):
        act(service.set_role, owner, group.handle, ivan.handle, "king")
    act(service.set_role, owner, group.handle, ivan.handle, "moderator")

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "group.role_changed")).one()
    assert (entry.actor_id, entry.details["person_id"], entry.details["after"]) == (
        owner.id,
        ivan.id,
        "moderator",
    )


def test_moderators_remove_members_but_not_each_other(make, anna, owner):
    group, ivan = make(), factories.person("Иван")
    factories.join(group, anna, role="moderator")
    factories.join(group, ivan)
    with pytest.raises(Forbidden):
        act(service.remove_member, ivan, group.handle, anna.handle)
    with pytest.raises(Forbidden):
        act(service.remove_member, anna, group.handle, owner.handle)
    act(service.remove_member, anna, group.handle, ivan.handle)

    assert (role(group, ivan), counted(group)) == (None, 2)


def test_an_administrator_gives_a_group_without_owners_a_new_one(make, anna):
    group = factories.group()
    factories.join(group, anna)
    boss = factories.person(roles=["administrator"])
    act(service.set_role, boss, group.handle, anna.handle, "owner")

    assert role(group, anna) == "owner"
