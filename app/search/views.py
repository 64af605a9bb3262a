"""The search page."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.core.web import actor, fragment, page, wants_fragment
from app.search.queries.finding import search_page
from app.search.schemas import SearchIsDown, SearchPage, Wanted

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def index() -> Response:
    """People and content by words. htmx asks for a further page and gets its rows alone. At most twelve statements."""
    wanted = _wanted()
    try:
        found = search_page(actor(), wanted)
    except SearchIsDown as down:
        return page("search/index.html", down.status, found=SearchPage(wanted, 0), down=down.message)
    if wants_fragment() and wanted.page > 1:
        return fragment("search/_results.html", found=found)
    return page("search/index.html", found=found, down="")


def _wanted() -> Wanted:
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        raise Invalid(_("There is no such page."), field="page")
    return Wanted(
        q=request.args.get("q", ""),
        kind=request.args.get("kind", ""),
        order=request.args.get("order", "relevance"),
        page=int(number),
    )
