"""Who may see, enter, write in, moderate and manage a group.

| visibility | that it exists | what is inside | joining |
|---|---|---|---|
| open | everyone | everyone | at once |
| closed | everyone | members | on request |
| secret | members | members | by invitation |

An invited person sees the head of a secret group (`access_head`), so that they know what they answer, and nothing
else of it. Roles in the company open no closed or secret group.
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import ColumnElement, bindparam, exists, or_, select

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.i18n import lazy_gettext as _
from app.core.prepared import among
from app.groups.models import INVITATION, MEMBER, MEMBERS, OPEN, OWNER, SECRET, Group, GroupRequest
from app.lib.handles import HANDLE_RE, fold_handle


class GroupFacts(Protocol):
    """What the rules ask of a group: a `Group`, or a row with these columns."""

    @property
    def id(self) -> int: ...
    @property
    def visibility(self) -> str: ...
    @property
    def who_posts(self) -> str: ...


def is_member(actor: Actor, group: GroupFacts) -> bool:
    """Whether the actor belongs to the group."""
    return group.id in actor.group_ids


def can_see_group(actor: Actor, group: GroupFacts) -> bool:
    """May know that the group exists: its name, description and number of members."""
    return group.visibility != SECRET or is_member(actor, group)


def can_see_inside(actor: Actor, group: GroupFacts) -> bool:
    """May read its publications and see who its members are."""
    return group.visibility == OPEN or is_member(actor, group)


def can_post(actor: Actor, group: GroupFacts) -> bool:
    """May publish in the group."""
    return can_moderate(actor, group) or (group.who_posts == MEMBERS and is_member(actor, group))


def can_moderate(actor: Actor, group: GroupFacts) -> bool:
    """Moderators and owners: answer requests, invite, remove members, pin and remove publications."""
    return group.id in actor.moderated_group_ids


def can_invite(actor: Actor, group: GroupFacts) -> bool:
    """Any member invites to an open group; to the others, moderators."""
    return can_moderate(actor, group) or (group.visibility == OPEN and is_member(actor, group))


def can_manage(actor: Actor, group: GroupFacts, role: str | None) -> bool:
    """May change its settings and roles: an owner, or an administrator who sees it. `role` is the actor's own in it."""
    return role == OWNER or (actor.is_administrator and can_see_group(actor, group))


def can_remove(actor: Actor, group: GroupFacts, role: str | None, other: str) -> bool:
    """May take a member of role `other` out: moderators take out members, managers anyone."""
    return can_manage(actor, group, role) or (can_moderate(actor, group) and other == MEMBER)


def groups_visible_to() -> ColumnElement[bool]:
    """`can_see_group` as SQL over `Group`. Bind the actor's groups: `actor_groups=actor.group_ids`."""
    return or_(Group.visibility != SECRET, among(Group.id, "actor_groups"))


def groups_open_to() -> ColumnElement[bool]:
    """`can_see_inside` as SQL over `Group`. Bind the actor's groups: `actor_groups=actor.group_ids`."""
    return or_(Group.visibility == OPEN, among(Group.id, "actor_groups"))


def group_heads_open_to() -> ColumnElement[bool]:
    """`access_head` as SQL over `Group`. Bind `actor_groups=actor.group_ids` and `actor_id`."""
    invited = exists().where(
        GroupRequest.group_id == Group.id,
        GroupRequest.person_id == bindparam("actor_id"),
        GroupRequest.kind == INVITATION,
    )
    return or_(groups_visible_to(), invited)


def access_group(actor: Actor, handle: str, *, lock: bool = False) -> Group:
    """The group of this handle. One SELECT; `lock` holds the row until the unit of work ends.

    Raises `NotFound` alike when there is none and when it may not be seen.
    """
    group = _find(handle, lock)
    if group is None or not can_see_group(actor, group):
        raise no_such_group()
    return group


def access_inside(actor: Actor, handle: str) -> Group:
    """The group of this handle, for showing what is inside.

    One SELECT. Raises `NotFound` when the group may not be seen, and also when only its inside may not: what stands
    inside a closed group looks missing to everyone else.
    """
    group = _find(handle, lock=False)
    if group is None or not can_see_inside(actor, group):
        raise no_such_group()
    return group


def access_head(actor: Actor, handle: str, *, lock: bool = False) -> Group:
    """As `access_group`, and for people invited to a secret group: only its head may be shown. At most two SELECTs."""
    group = _find(handle, lock)
    if group is None or not (can_see_group(actor, group) or _is_invited(actor, group)):
        raise no_such_group()
    return group


def no_such_group() -> NotFound:
    """The one answer for a group that is missing and for one that may not be seen."""
    return NotFound(_("There is no such group, or it is not open to you."))


def _find(handle: str, lock: bool) -> Group | None:
    key = fold_handle(handle)
    if not HANDLE_RE.match(key):
        return None
    wanted = select(Group).where(Group.handle == key)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(wanted).first()


def _is_invited(actor: Actor, group: Group) -> bool:
    request = db.session.get(GroupRequest, (group.id, actor.person_id), populate_existing=True)
    return request is not None and request.kind == INVITATION
