"""The head of a group's page and its hover card; the tabs that features contribute."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from app.core.actor import Actor
from app.core.i18n import lazy_gettext as _
from app.core.i18n import lazy_pgettext as pgettext
from app.core.prepared import Prepared
from app.groups.models import INVITATION, REQUEST, Group, GroupMember, GroupRequest
from app.groups.policy import (
    can_invite,
    can_manage,
    can_moderate,
    can_post,
    can_see_group,
    can_see_inside,
    is_member,
    no_such_group,
)
from app.groups.schemas import GroupHead, GroupTab, TabMaker, group_url
from app.lib.handles import HANDLE_RE, fold_handle
from app.people.models import Person

_tab_makers: list[TabMaker] = []

_waiting = aliased(GroupRequest, name="waiting")
_inviter = aliased(Person, name="inviter")

_head = Prepared(
    select(
        Group.id,
        Group.name,
        Group.handle,
        Group.colour,
        Group.visibility,
        Group.who_posts,
        Group.description,
        Group.members_count,
        Group.publications_count,
        Group.created_at,
        GroupMember.role,
        GroupMember.mandatory,
        GroupRequest.kind.label("standing"),
        _inviter.name.label("invited_by"),
        select(func.count())
        .where(_waiting.group_id == Group.id, _waiting.kind == REQUEST)
        .correlate(Group)
        .scalar_subquery()
        .label("requests"),
    )
    .outerjoin(
        GroupMember, and_(GroupMember.group_id == Group.id, GroupMember.person_id == bindparam("person_id"))
    )
    .outerjoin(
        GroupRequest,
        and_(GroupRequest.group_id == Group.id, GroupRequest.person_id == bindparam("person_id")),
    )
    .outerjoin(_inviter, _inviter.id == GroupRequest.invited_by)
    .where(Group.handle == bindparam("handle"))
)


def register_tab(maker: TabMaker) -> None:
    """Have `maker` asked for a tab of every group's page, in the order of registration.

    It is not asked for readers who may not see inside, and makes no SQL: what it needs is on the `GroupHead`.
    """
    if maker not in _tab_makers:
        _tab_makers.append(maker)


def head(actor: Actor, handle: str) -> GroupHead:
    """The head of a group's page. One statement.

    Raises `NotFound` when the actor may neither see the group nor is invited to it.
    """
    return _with_tabs(actor, _find(actor, handle, invited=True))


def card(actor: Actor, handle: str) -> GroupHead:
    """The group for its hover card: without tabs, and not for people who are only invited. One statement."""
    return _find(actor, handle, invited=False)


def _find(actor: Actor, handle: str, *, invited: bool) -> GroupHead:
    key = fold_handle(handle)
    row = _head.first(handle=key, person_id=actor.person_id) if HANDLE_RE.match(key) else None
    if row is None:
        raise no_such_group()
    if not can_see_group(actor, row) and not (invited and row.standing == INVITATION):
        raise no_such_group()
    return _group_head(actor, row)


def _group_head(actor: Actor, row: Row[Any]) -> GroupHead:
    moderates = can_moderate(actor, row)
    return GroupHead(
        id=row.id,
        name=row.name,
        handle=row.handle,
        url=group_url(row.handle),
        colour=row.colour,
        visibility=row.visibility,
        who_posts=row.who_posts,
        description=row.description,
        members=row.members_count,
        publications=row.publications_count if can_see_inside(actor, row) else 0,
        created_at=row.created_at,
        role=row.role,
        standing=row.standing,
        invited_by=row.invited_by,
        mandatory=bool(row.mandatory),
        requests=row.requests if moderates else 0,
        is_member=is_member(actor, row),
        can_see_inside=can_see_inside(actor, row),
        can_post=can_post(actor, row),
        can_invite=can_invite(actor, row),
        can_moderate=moderates,
        can_manage=can_manage(actor, row, row.role),
    )


def _with_tabs(actor: Actor, group: GroupHead) -> GroupHead:
    about = GroupTab("about", pgettext("group", "About"), f"{group.url}/about")
    if not group.can_see_inside:
        return replace(group, tabs=(about,))
    made = [maker(actor, group) for maker in _tab_makers]
    members = GroupTab("members", _("Members"), f"{group.url}/members", group.members)
    return replace(group, tabs=(*(tab for tab in made if tab is not None), members, about))
