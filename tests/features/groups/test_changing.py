"""Making and changing a group: what is checked, what follows from opening, closing and hiding it."""

import pytest
from sqlalchemy import func, select

from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.groups import service
from app.groups.models import CLOSED, OPEN, SECRET, Group, GroupMember, GroupRequest
from app.groups.schemas import GroupDetails
from app.groups.service import editing
from app.people.models import Handle
from tests import factories


@pytest.fixture
def owner(database):
    return factories.person("Вера Власова")


def made(owner, name="Мерчандайзинг", visibility=OPEN, key=None):
    handle = service.create_group(factories.actor(owner), GroupDetails(name, visibility=visibility), key)
    return db.session.scalars(select(Group).where(Group.handle == handle)).one()


def change(owner, group, **changes):
    details = {"name": group.name, "description": "", "visibility": group.visibility, "who_posts": "members"}
    service.change_group(factories.actor(owner), group.handle, GroupDetails(**{**details, **changes}))


def test_who_makes_a_group_owns_it(owner):
    group = made(owner)

    member = db.session.get_one(GroupMember, (group.id, owner.id))
    assert (member.role, group.members_count, group.handle) == ("owner", 1, "мерчандайзинг")
    assert db.session.get_one(Handle, group.handle).group_id == group.id


def test_the_same_key_makes_one_group(owner):
    assert made(owner, key="a").id == made(owner, key="a").id
    assert db.session.scalar(select(func.count()).select_from(Group)) == 1


def test_groups_of_one_name_have_different_handles(owner):
    assert {made(owner).handle, made(owner).handle} == {"мерчандайзинг", "мерчандайзинг2"}


def test_no_handle_tells_of_a_secret_group(owner):
    """The handle of a secret group ends at random, so a later group of the same name gets the plain one."""
    hidden = made(owner, "Сделка", SECRET)
    assert hidden.handle.startswith("сделка-")
    assert len(hidden.handle) == len("сделка-") + 8
    assert made(owner, "Сделка").handle == "сделка"


def test_a_name_of_signs_still_makes_a_handle(owner):
    assert made(owner, "№ 1 !!!").handle


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (GroupDetails(""), "name"),
        (GroupDetails(" \u200b "), "name"),
        (GroupDetails("а" * 121), "name"),
        (GroupDetails("а", description="б" * 2001), "description"),
        (GroupDetails("а", visibility="hidden"), "visibility"),
        (GroupDetails("а", who_posts="nobody"), "who_posts"),
    ],
)
def test_what_is_wrong_is_said_by_field(owner, details, field):
    with pytest.raises(Invalid) as caught:
        service.create_group(factories.actor(owner), details)
    assert list(caught.value.errors) == [field]


def test_only_owners_change_a_group(owner):
    group, anna = made(owner), factories.person()
    factories.join(group, anna, role="moderator")
    with pytest.raises(Forbidden):
        change(anna, group, name="Наша")
    with pytest.raises(NotFound):
        change(factories.person(), made(owner, visibility=SECRET), name="Наша")


def test_a_change_raises_the_version_and_the_same_again_does_not(owner):
    group = made(owner)
    change(owner, group, name="Витрины")
    db.session.refresh(group)
    assert (group.name, group.sort_name, group.version) == ("Витрины", "витрины", 2)

    change(owner, group, name="Витрины")
    db.session.refresh(group)
    assert group.version == 2


def test_opening_lets_in_who_asks(owner):
    group, anna = made(owner, visibility=CLOSED), factories.person()
    service.join(factories.actor(anna), group.handle)
    change(owner, group, visibility=OPEN)

    assert db.session.get(GroupMember, (group.id, anna.id)) is not None
    assert db.session.scalar(select(func.count()).select_from(GroupRequest)) == 0


def test_hiding_forgets_who_asks(owner):
    group, anna = made(owner, visibility=CLOSED), factories.person()
    service.join(factories.actor(anna), group.handle)
    change(owner, group, visibility=SECRET)

    assert db.session.scalar(select(func.count()).select_from(GroupRequest)) == 0
    assert db.session.get(GroupMember, (group.id, anna.id)) is None


def test_what_repeats_the_visibility_changes_in_the_same_transaction(owner, monkeypatch):
    """A hook that fails undoes the change: content may never be more open than its group."""
    monkeypatch.setattr(editing, "_visibility_hooks", [])
    group, seen = made(owner), []
    service.register_visibility_hook(lambda *change: seen.append(change))
    change(owner, group, visibility=CLOSED)
    assert seen == [(group.id, CLOSED)]

    def fail(group_id, visibility):
        raise ZeroDivisionError

    service.register_visibility_hook(fail)
    db.session.refresh(group)
    with pytest.raises(ZeroDivisionError):
        change(owner, group, visibility=SECRET)
    db.session.refresh(group)
    assert group.visibility == CLOSED


def test_a_change_of_visibility_is_audited(owner):
    group = made(owner)
    change(owner, group, visibility=SECRET)

    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "group.visibility_changed")
    ).one()
    assert entry.details == {"before": OPEN, "after": SECRET}
