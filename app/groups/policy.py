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

from sqlalchemy import ColumnElement, or_, select

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.i18n import lazy_gettext as _
from app.core.prepared import among
from app.groups.models import MEMBERS, OPEN, SECRET, Group, GroupRequest
from app.lib.handles import fold_handle


def is_member(actor: Actor, group: Group) -> bool:
    """Whether the actor belongs to the group."""
    return group.id in actor.group_ids


def can_see_group(actor: Actor, group: Group) -> bool:
    """May know that the group exists: its name, description and number of members."""
    return group.visibility != SECRET or is_member(actor, group)


def can_see_inside(actor: Actor, group: Group) -> bool:
    """May read its publications and see who its members are."""
    return group.visibility == OPEN or is_member(actor, group)


def can_post(actor: Actor, group: Group) -> bool:
    """May publish in the group."""
    if can_moderate(actor, group):
        return True
    return group.who_posts == MEMBERS and is_member(actor, group)


def can_comment(actor: Actor, group: Group) -> bool:
    """May answer what is published in the group."""
    return can_see_inside(actor, group)


def can_moderate(actor: Actor, group: Group) -> bool:
    """Moderators and owners: answer requests, invite, remove members, pin and remove publications."""
    return group.id in actor.moderated_group_ids


def can_manage(actor: Actor, group: Group, role: str | None) -> bool:
    """May change its settings and roles: an owner, or an administrator who sees it. `role` is the actor's own in it."""
    return role == "owner" or (actor.is_administrator and can_see_group(actor, group))


def groups_visible_to() -> ColumnElement[bool]:
    """`can_see_group` as SQL over `Group`. Bind the actor's groups: `actor_groups=actor.group_ids`."""
    return or_(Group.visibility != SECRET, among(Group.id, "actor_groups"))


def groups_open_to() -> ColumnElement[bool]:
    """`can_see_inside` as SQL over `Group`. Bind the actor's groups: `actor_groups=actor.group_ids`."""
    return or_(Group.visibility == OPEN, among(Group.id, "actor_groups"))


def access_group(actor: Actor, handle: str) -> Group:
    """The group of this handle. One SELECT. Raises `NotFound` alike when there is none and when it may not be seen."""
    group = _find(handle)
    if group is None or not can_see_group(actor, group):
        raise _no_such_group()
    return group


def access_inside(actor: Actor, handle: str) -> Group:
    """The group of this handle, for showing what is inside.

    One SELECT. Raises `NotFound` when the group may not be seen, and also when only its inside may not: what stands
    inside a closed group looks missing to everyone else.
    """
    group = _find(handle)
    if group is None or not can_see_inside(actor, group):
        raise _no_such_group()
    return group


def access_head(actor: Actor, handle: str) -> Group:
    """As `access_group`, and for people invited to a secret group: only its head may be shown. At most two SELECTs."""
    group = _find(handle)
    if group is None or not (can_see_group(actor, group) or _is_invited(actor, group)):
        raise _no_such_group()
    return group


def _find(handle: str) -> Group | None:
    return db.session.scalars(select(Group).where(Group.handle == fold_handle(handle))).first()


def _is_invited(actor: Actor, group: Group) -> bool:
    request = db.session.get(GroupRequest, (group.id, actor.person_id))
    return request is not None and request.kind == "invitation"


def _no_such_group() -> NotFound:
    return NotFound(_("There is no such group, or it is not open to you."))
