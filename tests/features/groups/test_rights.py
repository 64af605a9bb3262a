"""Who may do what in a group: every role, every visibility, every act; and the same rule in SQL."""

import pytest
from sqlalchemy import select

from app.core.actor import ADMINISTRATOR, MODERATOR
from app.core.db import db
from app.core.prepared import ids_value
from app.groups import policy
from app.groups.models import CLOSED, INVITATION, MODERATORS, OPEN, SECRET, Group, GroupMember, GroupRequest
from tests import factories
from tests.factories.saving import saved

VISIBILITIES = (OPEN, CLOSED, SECRET)
EVERYBODY = ("stranger", "company moderator", "invited", "member", "moderator", "owner", "administrator")
INSIDE = {"member", "moderator", "owner"}

#: Who may do it, in groups of each visibility.
MATRIX = {
    "see": {OPEN: set(EVERYBODY), CLOSED: set(EVERYBODY), SECRET: INSIDE},
    "see inside": {OPEN: set(EVERYBODY), CLOSED: INSIDE, SECRET: INSIDE},
    "post": {OPEN: INSIDE, CLOSED: INSIDE, SECRET: INSIDE},
    "invite": {OPEN: INSIDE, CLOSED: INSIDE - {"member"}, SECRET: INSIDE - {"member"}},
    "moderate": {each: {"moderator", "owner"} for each in VISIBILITIES},
    "manage": {OPEN: {"owner", "administrator"}, CLOSED: {"owner", "administrator"}, SECRET: {"owner"}},
}


@pytest.fixture(params=VISIBILITIES)
def group(request, database):
    return factories.group(visibility=request.param, owner=factories.person("Вера Власова"))


def make(who, group):
    """Somebody who stands to the group as `who` says, as an actor, and their role in it."""
    roles = {"company moderator": [MODERATOR], "administrator": [ADMINISTRATOR]}.get(who, [])
    person = factories.person("Анна Петрова", roles=roles)
    role = who if who in INSIDE else None
    if role:
        factories.join(group, person, role=role)
    if who == "invited":
        saved(GroupRequest(group_id=group.id, person_id=person.id, kind=INVITATION, created_at=1))
    return factories.actor(person), role


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_matrix(group, who):
    actor, role = make(who, group)
    decided = {
        "see": policy.can_see_group(actor, group),
        "see inside": policy.can_see_inside(actor, group),
        "post": policy.can_post(actor, group),
        "invite": policy.can_invite(actor, group),
        "moderate": policy.can_moderate(actor, group),
        "manage": policy.can_manage(actor, group, role),
    }

    assert decided == {act: who in allowed[group.visibility] for act, allowed in MATRIX.items()}


@pytest.mark.parametrize("who", EVERYBODY)
def test_sql_says_the_same(group, who):
    actor, _role = make(who, group)

    def listed(rule):
        rows = db.session.scalars(select(Group.id).where(rule), {"actor_groups": ids_value(actor.group_ids)})
        return group.id in set(rows)

    assert listed(policy.groups_visible_to()) == policy.can_see_group(actor, group)
    assert listed(policy.groups_open_to()) == policy.can_see_inside(actor, group)


@pytest.mark.parametrize("who", sorted(INSIDE))
def test_in_a_group_of_moderators_only_they_publish(database, who):
    group = factories.group(owner=factories.person(), who_posts=MODERATORS)
    actor, _role = make(who, group)

    assert policy.can_post(actor, group) == (who != "member")


@pytest.mark.parametrize(
    ("who", "removes"),
    [
        ("stranger", set()),
        ("member", set()),
        ("moderator", {"member"}),
        ("owner", {"member", "moderator", "owner"}),
    ],
)
def test_moderators_remove_members_and_owners_anyone(group, who, removes):
    actor, role = make(who, group)

    assert {
        other for other in ("member", "moderator", "owner") if policy.can_remove(actor, group, role, other)
    } == removes


def test_a_row_of_members_is_what_makes_a_member(group):
    """The actor is a snapshot: who has left is a member no more as soon as they are asked for anew."""
    person = factories.person()
    factories.join(group, person)
    assert policy.is_member(factories.actor(person), group)

    db.session.delete(db.session.get_one(GroupMember, (group.id, person.id)))
    db.session.commit()
    assert not policy.is_member(factories.actor(person), group)
