"""The members of a group, those who wait to become one, and colleagues who might."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, case, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.core import cursor
from app.core.actor import Actor
from app.core.like import containing, like
from app.core.prepared import Prepared, among
from app.groups.models import INVITATION, MEMBER, OWNER, REQUEST, ROLES, GroupMember, GroupRequest
from app.groups.policy import can_remove
from app.groups.schemas import GroupHead, MemberLine, MembersPage, RequestLine
from app.lib.text import clean_line, fold, swap_layout
from app.people.models import ACTIVE, Person
from app.people.queries import LINE, joined, line
from app.people.queries.welcoming import colleagues
from app.people.schemas import PersonLine

PAGE = 50
MAX_QUERY = 80
#: Owners and moderators are shown at once, and so are people who wait.
MOST_KEEPERS = 100

_inviter = aliased(Person, name="inviter")


def _people(*more: Any) -> Any:
    """Colleagues who work here, with what a line shows and `more` columns."""
    return joined(select(*LINE, *more).select_from(Person)).where(Person.state == ACTIVE)


_members = _people(GroupMember.role, GroupMember.mandatory, GroupMember.joined_at).join(
    GroupMember, GroupMember.person_id == Person.id
).where(GroupMember.group_id == bindparam("group_id"))  # fmt: skip
_after = tuple_(GroupMember.joined_at, GroupMember.person_id) < tuple_(
    bindparam("position"), bindparam("after_id")
)

_keepers = Prepared(
    _members.where(GroupMember.role != MEMBER)
    .order_by(case((GroupMember.role == OWNER, 0), else_=1), Person.sort_name, Person.id)
    .limit(MOST_KEEPERS)
)
_newest = Prepared(
    _members.where(GroupMember.role == MEMBER, _after)
    .order_by(GroupMember.joined_at.desc(), GroupMember.person_id.desc())
    .limit(PAGE + 1)
)
_found = Prepared(
    _members.where(
        or_(like(Person.sort_name, "word"), like(Person.sort_name, "swapped"), like(Person.handle, "word"))
    )
    .order_by(Person.sort_name, Person.id)
    .limit(PAGE)
)
_inside = Prepared(
    select(GroupMember.person_id).where(
        GroupMember.group_id == bindparam("group_id"), among(GroupMember.person_id, "ids")
    )
)
_waiting = Prepared(
    _people(GroupRequest.kind, GroupRequest.created_at.label("asked_at"), _inviter.name.label("invited_by"))
    .join(GroupRequest, GroupRequest.person_id == Person.id)
    .outerjoin(_inviter, _inviter.id == GroupRequest.invited_by)
    .where(GroupRequest.group_id == bindparam("group_id"))
    .order_by(GroupRequest.created_at, Person.id)
    .limit(MOST_KEEPERS)
)


def near(actor: Actor, group: GroupHead, limit: int = 8) -> tuple[PersonLine, ...]:
    """Colleagues next to whom the actor works and who are not in the group, to be invited. Two statements.

    Who is invited already is among them, for only moderators know who is.
    """
    found = [row.person for row in colleagues(actor, 2 * limit)]
    inside = {row.person_id for row in _inside.all(group_id=group.id, ids=[each.id for each in found])}
    return tuple(each for each in found if each.id not in inside)[:limit]


def members(actor: Actor, group: GroupHead, *, q: str = "", before: str | None = None) -> MembersPage:
    """Owners and moderators, then members, the newest first; or those named `q`, in either keyboard layout.

    For who may see inside `group`. Moderators get those who wait on the first page. At most three statements. Raises
    `Invalid` for a broken cursor.
    """
    position, after_id = cursor.decode(before)
    word = fold(clean_line(q, MAX_QUERY))
    if word:
        values = {"word": containing(word), "swapped": containing(fold(swap_layout(word)))}
        found = _found.all(group_id=group.id, **values)
        return MembersPage(tuple(_member(actor, group, row) for row in found), None)
    first = not before
    rows = _newest.all(group_id=group.id, position=position, after_id=after_id)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    keepers = _keepers.all(group_id=group.id) if first else []
    waiting = _waiting.all(group_id=group.id) if first and group.can_moderate else []
    return MembersPage(
        tuple(_member(actor, group, row) for row in (*keepers, *rows[:PAGE])),
        cursor.encode(last.joined_at, last.id) if last is not None else None,
        tuple(_request(row) for row in waiting if row.kind == REQUEST),
        tuple(_request(row) for row in waiting if row.kind == INVITATION),
    )


def _member(actor: Actor, group: GroupHead, row: Row[Any]) -> MemberLine:
    may_remove = (
        not row.mandatory and row.id != actor.person_id and can_remove(actor, group, group.role, row.role)
    )
    return MemberLine(
        person=line(row),
        role=row.role,
        mandatory=bool(row.mandatory),
        joined_at=row.joined_at,
        can_remove=may_remove,
        roles=tuple(role for role in ROLES if role != row.role) if group.can_manage else (),
    )


def _request(row: Row[Any]) -> RequestLine:
    return RequestLine(line(row), row.asked_at, row.invited_by)
