"""How to search, in words and examples."""

from __future__ import annotations

from flask import Blueprint, Response

from app.core.web import actor, page

blueprint = Blueprint("search_help", __name__)


@blueprint.get("/search/help")
def index() -> Response:
    """What can be typed into the search field. No statement but those of the shell."""
    return page("vocabulary/help.html", can_edit=actor().is_editor)
