"""The lists of groups: mine, all, found by name, those of a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.core import cursor
from app.core.actor import Actor
from app.core.like import containing, like
from app.core.prepared import Prepared
from app.groups.models import INVITATION, Group, GroupMember, GroupRequest
from app.groups.policy import groups_open_to, groups_visible_to
from app.groups.queries.lines import LINE, group_line, group_lines
from app.groups.schemas import GroupLine, GroupListing, InvitationLine
from app.lib.text import clean_line, fold, swap_layout
from app.people.models import Person

PAGE = 30
MAX_QUERY = 80
#: My groups are shown at once; nobody reads more.
MOST_MINE = 200

_inviter = aliased(Person, name="inviter")

_after = tuple_(Group.members_count, Group.id) < tuple_(bindparam("position"), bindparam("after_id"))
_newest = (Group.members_count.desc(), Group.id.desc())

_all = Prepared(group_lines().where(groups_visible_to(), _after).order_by(*_newest).limit(PAGE + 1))
_found = Prepared(
    group_lines()
    .where(
        groups_visible_to(),
        or_(
            like(Group.sort_name, "word"),
            like(Group.sort_name, "swapped"),
            like(Group.handle, "word"),
        ),
        _after,
    )
    .order_by(*_newest)
    .limit(PAGE + 1)
)
_mine = Prepared(
    group_lines()
    .where(GroupMember.person_id.is_not(None))
    .order_by(case((GroupMember.role == "member", 1), else_=0), Group.sort_name, Group.id)
    .limit(MOST_MINE)
)
_theirs = aliased(GroupMember, name="theirs")
_of_person = Prepared(
    group_lines()
    .join(_theirs, and_(_theirs.group_id == Group.id, _theirs.person_id == bindparam("of_person")))
    .where(groups_open_to(), _after)
    .order_by(*_newest)
    .limit(PAGE + 1)
)
_invited = Prepared(
    select(*LINE, _inviter.name.label("invited_by"))
    .join(GroupRequest, GroupRequest.group_id == Group.id)
    .outerjoin(
        GroupMember, and_(GroupMember.group_id == Group.id, GroupMember.person_id == bindparam("person_id"))
    )
    .outerjoin(_inviter, _inviter.id == GroupRequest.invited_by)
    .where(GroupRequest.person_id == bindparam("person_id"), GroupRequest.kind == INVITATION)
    .order_by(GroupRequest.created_at.desc())
)


def mine(actor: Actor) -> GroupListing:
    """The actor's groups, those they keep first, and the invitations they have not answered. Two statements."""
    rows = _mine.all(person_id=actor.person_id)
    return GroupListing(tuple(group_line(row) for row in rows), None, _invitations(actor))


def directory(actor: Actor, *, q: str = "", before: str | None = None) -> GroupListing:
    """Every group the actor may see, or those whose name has `q` in it, the largest first.

    `q` may be typed in the wrong keyboard layout. One statement, and one for invitations on the first page. Raises
    `Invalid` for a broken cursor.
    """
    values = _values(actor, before)
    word = fold(clean_line(q, MAX_QUERY))
    if word:
        rows = _found.all(**values, word=containing(word), swapped=containing(fold(swap_layout(word))))
    else:
        rows = _all.all(**values)
    return GroupListing(*_page(rows), () if before or word else _invitations(actor))


def of_person(actor: Actor, person_id: int, *, before: str | None = None) -> GroupListing:
    """The groups somebody is in, as far as the actor may see who their members are; the largest first.

    One statement. Raises `Invalid` for a broken cursor.
    """
    return GroupListing(*_page(_of_person.all(**_values(actor, before), of_person=person_id)))


def _values(actor: Actor, before: str | None) -> dict[str, Any]:
    position, after_id = cursor.decode(before)
    return {
        "person_id": actor.person_id,
        "actor_groups": actor.group_ids,
        "position": position,
        "after_id": after_id,
    }


def _page(rows: Sequence[Row[Any]]) -> tuple[tuple[GroupLine, ...], str | None]:
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    lines = tuple(group_line(row) for row in rows[:PAGE])
    return lines, cursor.encode(last.members_count, last.id) if last is not None else None


def _invitations(actor: Actor) -> tuple[InvitationLine, ...]:
    rows = _invited.all(person_id=actor.person_id)
    return tuple(InvitationLine(group_line(row), row.invited_by or "") for row in rows)
