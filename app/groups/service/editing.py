"""Making a group and changing what it is."""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Callable

from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.idempotency import once
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.groups.events import GroupChanged, GroupCreated, GroupVisibilityChanged
from app.groups.models import CLOSED, MEMBERS, MODERATORS, OPEN, OWNER, SECRET, Group
from app.groups.policy import access_group, can_manage, can_see_inside
from app.groups.schemas import MAX_DESCRIPTION, MAX_NAME, GroupDetails
from app.groups.service import admission, members
from app.lib.characters import clean_characters
from app.lib.handles import suggest_handle
from app.lib.text import clean_line, fold, is_blank
from app.people.models import Handle
from app.people.service import claim_handle

#: Called with (group id, visibility) inside the unit of work that changes a group's visibility.
VisibilityHook = Callable[[int, str], None]

_visibility_hooks: list[VisibilityHook] = []

_COLOURS = 10


def register_visibility_hook(hook: VisibilityHook) -> None:
    """Have `hook` called in the same transaction whenever a group is opened, closed or made secret.

    For what repeats the visibility on its own rows and may not lag behind by a moment: the audience of content.
    """
    if hook not in _visibility_hooks:
        _visibility_hooks.append(hook)


def create_group(actor: Actor, details: GroupDetails, idempotency_key: str | None = None) -> str:
    """A new group with the actor as its owner; its handle. Anyone may make one.

    Asked again with the same key it answers the same handle. Five INSERTs. Raises `Invalid` by field.
    """
    details = _checked(details)
    key = idempotency_key and f"group:{idempotency_key}"
    handle, _fresh = once(actor.person_id, key, lambda: _create(actor, details))
    return handle


def _create(actor: Actor, details: GroupDetails) -> str:
    group = Group(
        handle=claim_handle(_wished_handle(details)),
        name=details.name,
        sort_name=fold(details.name),
        description=details.description,
        visibility=details.visibility,
        who_posts=details.who_posts,
        colour=zlib.crc32(details.name.encode()) % _COLOURS,
        created_by=actor.person_id,
        created_at=clock.now(),
    )
    db.session.add(group)
    db.session.flush()  # the handle and the membership need the group's id
    db.session.add(Handle(handle=group.handle, group_id=group.id))
    members.insert_rows(group.id, [actor.person_id], role=OWNER)
    emit(GroupCreated(group.id, actor.person_id))
    return group.handle


def _wished_handle(details: GroupDetails) -> str:
    """A handle that reads like the name; a secret group’s ends at random, so that no other name collides with it."""
    handle = suggest_handle(details.name, "")
    handle = "group" if handle == "employee" else handle
    return f"{handle}-{secrets.token_hex(4)}" if details.visibility == SECRET else handle


def change_group(actor: Actor, handle: str, details: GroupDetails) -> None:
    """Change name, description, rules and visibility. A change of visibility is audited.

    Everyone who waits is let in when the group opens, and is forgotten when it becomes secret. An administrator from
    outside does not open what they may not read. Raises `NotFound`, `Forbidden` and `Invalid` by field.
    """
    details = _checked(details)
    with unit_of_work():
        group = access_group(actor, handle, lock=True)
        own = members.membership(group.id, actor.person_id)
        if not can_manage(actor, group, own.role if own else None):
            raise Forbidden(_("Only owners of the group change it."))
        if details.visibility == OPEN and not can_see_inside(actor, group):
            raise Forbidden(_("Only owners of the group change it."))
        before = GroupDetails(group.name, group.description, group.visibility, group.who_posts)
        if details == before:
            return
        group.name, group.sort_name = details.name, fold(details.name)
        group.description, group.who_posts = details.description, details.who_posts
        group.version += 1
        emit(GroupChanged(group.id, actor.person_id))
        if details.visibility != before.visibility:
            _change_visibility(group, details.visibility, actor.person_id)


def _change_visibility(group: Group, visibility: str, actor_id: int) -> None:
    before, group.visibility = group.visibility, visibility
    if visibility == OPEN:
        admission.approve_everyone(group, actor_id)
    elif visibility == SECRET:
        admission.forget_requests(group)
    db.session.flush()  # the hooks read the new visibility
    for hook in _visibility_hooks:
        hook(group.id, visibility)
    audit.record(
        "group.visibility_changed", f"group:{group.id}", actor_id=actor_id, before=before, after=visibility
    )
    emit(GroupVisibilityChanged(group.id, actor_id, before, visibility))


def _checked(details: GroupDetails) -> GroupDetails:
    """The details, tidied. Raises `Invalid` by field."""
    errors = {}
    name = clean_line(details.name, MAX_NAME + 1)
    description = clean_characters(details.description).strip()
    if not name:
        errors["name"] = _("Give the group a name.")
    elif len(name) > MAX_NAME:
        errors["name"] = _("The name is longer than %(most)s characters.", most=MAX_NAME)
    if len(description) > MAX_DESCRIPTION:
        errors["description"] = _("The description is longer than %(most)s characters.", most=MAX_DESCRIPTION)
    if details.visibility not in (OPEN, CLOSED, SECRET):
        errors["visibility"] = _("Choose who sees the group.")
    if details.who_posts not in (MEMBERS, MODERATORS):
        errors["who_posts"] = _("Choose who may publish.")
    if errors:
        raise Invalid(_("The group was not saved."), errors=errors)
    return GroupDetails(
        name, "" if is_blank(description) else description, details.visibility, details.who_posts
    )
