"""Earlier versions of an article: the list, what changed between two, and bringing one back."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from app.articles import queries, service
from app.content.policy import access_publication, can_edit
from app.core.errors import Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.web import actor, go, page

blueprint = Blueprint("article_history", __name__)


@blueprint.get("/articles/<public_id>/history")
def index(public_id: str) -> Response:
    """Every version, latest first."""
    item, _article, versions = queries.versions(actor(), public_id)
    return page("articles/history.html", item=item, versions=versions, can_edit=can_edit(actor(), item))


@blueprint.get("/articles/<public_id>/compare")
def compare(public_id: str) -> Response:
    """What changed between two versions; an address that names none leads nowhere."""
    try:
        before, after = sorted((_number("from"), _number("to")))
    except Invalid as error:
        raise NotFound(_("There is no such version.")) from error
    item, compared = queries.compared(actor(), public_id, before, after)
    return page("articles/compare.html", item=item, compared=compared, can_edit=can_edit(actor(), item))


@blueprint.post("/articles/<public_id>/restore")
def restore(public_id: str) -> Response:
    """Let the article read as in an earlier version."""
    me = actor()
    access_publication(me, public_id)
    service.restore(me, public_id, _number("number"), revision=_number("version"))
    flash(_("The earlier version is back; the one before it is kept."))
    return go(url_for("content.show", public_id=public_id))


def _number(name: str) -> int:
    written = request.values.get(name, "")
    if not written.isdecimal() or len(written) > 9:
        raise Invalid(_("There is no such version."), field=name)
    return int(written)
