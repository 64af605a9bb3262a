"""Pages and acts of groups. The group's first tab, its publications, is mounted by the feed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, request, url_for

from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.i18n import ngettext
from app.core.web import actor, answer, fragment, go, page, safe_next, switched_on, wants_fragment, wants_json
from app.groups import queries, service
from app.groups.models import REQUEST, SECRET
from app.groups.policy import no_such_group
from app.groups.schemas import GroupDetails, GroupHead, group_url
from app.groups.service import Invited
from app.lib.handles import find_mentions
from app.lib.ids import new_public_id
from app.people import queries as people

blueprint = Blueprint("groups", __name__)

_BETWEEN_HANDLES = re.compile(r"[\s,;]+")


@blueprint.get("/groups")
def index() -> Response:
    """My groups, or all; found by name."""
    q, before = request.args.get("q", ""), request.args.get("before")
    show = "all" if q or before else request.args.get("show") or ("mine" if actor().group_ids else "all")
    listing = queries.mine(actor()) if show == "mine" else queries.directory(actor(), q=q, before=before)
    more_url = url_for("groups.index", show=show, q=q or None, before=listing.next) if listing.next else None
    if wants_fragment() and before:
        return fragment("groups/_list.html", listing=listing, show=show, more_url=more_url)
    return page("groups/index.html", listing=listing, show=show, q=q, more_url=more_url)


@blueprint.get("/groups/new")
def new() -> Response:
    """The form for a new group."""
    return page("groups/new.html", details=GroupDetails(""), errors={}, idempotency_key=new_public_id())


@blueprint.post("/groups")
def create() -> Response:
    """Make a group."""
    details, key = _details(), request.form.get("idempotency_key", "")
    try:
        handle = service.create_group(actor(), details, key)
    except Invalid as error:
        if wants_json():
            raise
        return page("groups/new.html", 422, details=details, errors=error.errors, idempotency_key=key)
    return go(group_url(handle))


@blueprint.get("/people/<handle>/groups")
def of_person(handle: str) -> Response:
    """The groups a colleague is in."""
    head, before = people.head(actor(), handle), request.args.get("before")
    listing = queries.of_person(actor(), head.id, before=before)
    more_url = f"{request.path}?{urlencode({'before': listing.next})}" if listing.next else None
    if wants_fragment() and before:
        return fragment("groups/_list.html", listing=listing, show="theirs", more_url=more_url)
    return page(
        "groups/person.html", head=head, tab="groups", listing=listing, show="theirs", more_url=more_url
    )


@blueprint.get("/groups/<handle>/about")
def about(handle: str) -> Response:
    """What the group is for, and its rules."""
    return page("groups/about.html", group=queries.head(actor(), handle))


@blueprint.get("/groups/<handle>/card")
def card(handle: str) -> Response:
    """The hover card."""
    return fragment("groups/card.html", group=queries.card(actor(), handle))


@blueprint.get("/groups/<handle>/members")
def members(handle: str) -> Response:
    """Who is in the group; for moderators, who waits."""
    group = _inside(handle)
    q, before = request.args.get("q", ""), request.args.get("before")
    listing = queries.members(actor(), group, q=q, before=before)
    if wants_fragment() and before:
        return fragment("groups/_members.html", group=group, listing=listing, q=q)
    return page("groups/members.html", group=group, listing=listing, q=q)


@blueprint.get("/groups/<handle>/settings")
def settings(handle: str) -> Response:
    """The form for changing the group."""
    group = _inside(handle)
    if not group.can_manage:
        raise no_such_group()
    details = GroupDetails(group.name, group.description, group.visibility, group.who_posts)
    return page("groups/settings.html", group=group, details=details, errors={})


@blueprint.post("/groups/<handle>/settings")
def change(handle: str) -> Response:
    """Change the group."""
    details = _details()
    try:
        service.change_group(actor(), handle, details)
    except Invalid as error:
        if wants_json():
            raise
        group = queries.head(actor(), handle)
        return page("groups/settings.html", 422, group=group, details=details, errors=error.errors)
    flash(_("Saved."))
    return go(group_url(handle))


@blueprint.post("/groups/<handle>/join")
def join(handle: str) -> Response:
    """Become a member, or ask to be let in; with on=0, leave or ask no longer."""
    if not switched_on():
        return leave(handle)
    inside = service.join(actor(), handle)
    if wants_json():
        return answer({"on": True, "member": inside})
    if not inside:
        flash(_("Your request was sent to the moderators of the group."))
    return go(safe_next(group_url(handle)))


@blueprint.post("/groups/<handle>/leave")
def leave(handle: str) -> Response:
    """Be a member no more, and ask no longer to become one."""
    group = queries.head(actor(), handle)
    if group.standing == REQUEST:
        service.take_back_request(actor(), handle)
    service.leave(actor(), handle)
    if wants_json():
        return answer({"on": False, "member": False})
    if group.role:
        flash(_("You have left the group “%(group)s”.", group=group.name))
    elif group.standing == REQUEST:
        flash(_("You do not ask to join any more."))
    # On its page one joins again; a secret group has none for who is outside.
    return go(safe_next("/groups" if group.visibility == SECRET else group_url(handle)))


@blueprint.get("/groups/<handle>/invite")
def invite_form(handle: str) -> Response:
    """The form for inviting colleagues."""
    return _invite_page(handle)


@blueprint.post("/groups/<handle>/invite")
def invite(handle: str) -> Response:
    """Invite colleagues."""
    written, tapped = request.form.get("people", ""), request.form.getlist("to")
    try:
        invited = service.invite(actor(), handle, [*_BETWEEN_HANDLES.split(written), *tapped])
    except Invalid as error:
        if wants_json():
            raise
        return _invite_page(handle, 422, written, tapped, error.errors)
    _tell(invited)
    return go(group_url(handle) + "/members")


def _tell(done: Invited) -> None:
    if done.invited:
        flash(ngettext("%(num)s colleague was invited.", "%(num)s colleagues were invited.", done.invited))
    if done.let_in:
        flash(
            ngettext(
                "%(num)s colleague had asked and was let in.",
                "%(num)s colleagues had asked and were let in.",
                done.let_in,
            )
        )
    if not any(done):
        flash(_("Nobody new was invited: they are members, have asked or are invited already."))


@blueprint.post("/groups/<handle>/invitation")
def answer_invitation(handle: str) -> Response:
    """Accept an invitation, or with on=0 decline it."""
    if switched_on():
        service.accept_invitation(actor(), handle)
        return go(group_url(handle))
    service.decline_invitation(actor(), handle)
    return go("/groups")


@blueprint.post("/groups/<handle>/invitations/<person>/cancel")
def cancel_invitation(handle: str, person: str) -> Response:
    """Take an invitation back."""
    service.take_back_invitation(actor(), handle, person)
    return go(group_url(handle) + "/members")


@blueprint.post("/groups/<handle>/requests/<person>")
def answer_request(handle: str, person: str) -> Response:
    """Let somebody in, or with on=0 not."""
    service.answer_request(actor(), handle, person, approve=switched_on())
    return go(group_url(handle) + "/members")


@blueprint.post("/groups/<handle>/members/<person>/role")
def set_role(handle: str, person: str) -> Response:
    """Make a member owner, moderator or plain member."""
    service.set_role(actor(), handle, person, request.form.get("role", ""))
    return go(group_url(handle) + "/members")


@blueprint.post("/groups/<handle>/members/<person>/remove")
def remove_member(handle: str, person: str) -> Response:
    """Take somebody out of the group."""
    service.remove_member(actor(), handle, person)
    return go(group_url(handle) + "/members")


def _details() -> GroupDetails:
    form = request.form
    return GroupDetails(
        name=form.get("name", ""),
        description=form.get("description", ""),
        visibility=form.get("visibility", ""),
        who_posts=form.get("who_posts", ""),
    )


def _inside(handle: str) -> GroupHead:
    """The group, for who may see inside; for all others it looks missing."""
    group = queries.head(actor(), handle)
    if not group.can_see_inside:
        raise no_such_group()
    return group


def _invite_page(
    handle: str, status: int = 200, written: str = "", tapped: Sequence[str] = (), errors: object = None
) -> Response:
    group = _inside(handle)
    if not group.can_invite:
        raise no_such_group()
    named = people.with_handles(each.handle for each in find_mentions(written))
    return page(
        "groups/invite.html",
        status,
        group=group,
        written=written,
        tapped=tapped,
        named=named,
        near=queries.near(actor(), group),
        errors=errors or {},
    )
