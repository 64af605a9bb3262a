"""The tab "Files" of a person and of a group."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from app.content.queries import files
from app.content.schemas import FilesPage
from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, fragment, page, wants_fragment
from app.groups import queries as groups
from app.groups.policy import no_such_group
from app.people import queries as people

blueprint = Blueprint("files_of", __name__)


@blueprint.get("/people/<handle>/files")
def person(handle: str) -> Response:
    """Photos and documents that a person published, as far as the reader may see them."""
    me = actor()
    head = people.head(me, handle)
    listing = files.by_person(me, head.id, kind=_kind(), before=request.args.get("before"))
    return _answer("files/person.html", listing, by_many=False, head=head)


@blueprint.get("/groups/<handle>/files")
def group(handle: str) -> Response:
    """Photos and documents of a group, for who may see inside."""
    me = actor()
    head = groups.head(me, handle)
    if not head.can_see_inside:
        raise no_such_group()
    listing = files.in_group(me, head.id, kind=_kind(), before=request.args.get("before"))
    return _answer("files/group.html", listing, by_many=True, group=head)


def _kind() -> str:
    kind = request.args.get("kind", "")
    if kind not in files.KINDS:
        raise Invalid(_("There is no such list."), field="kind")
    return kind


def _answer(template: str, listing: FilesPage, *, by_many: bool, **heads: Any) -> Response:
    """The page, or for htmx with a cursor just more rows."""
    more_url = _more_url(listing)
    if wants_fragment() and "before" in request.args:
        return fragment("files/_rows.html", listing=listing, more_url=more_url, by_many=by_many)
    return page(template, listing=listing, more_url=more_url, by_many=by_many, tab="files", **heads)


def _more_url(listing: FilesPage) -> str | None:
    if listing.next is None:
        return None
    kept = {"kind": listing.kind} if listing.kind else {}
    return f"{request.path}?{urlencode({**kept, 'before': listing.next})}"
