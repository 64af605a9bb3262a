"""Health, and the style guide."""

from __future__ import annotations

from flask import Blueprint, Response, abort
from sqlalchemy import text

from app.core import web
from app.core.db import db

blueprint = Blueprint("web", __name__)


@blueprint.get("/healthz")
@web.public
def health() -> Response:
    """200 when the process can answer from its database. One statement."""
    db.session.execute(text("SELECT 1"))
    return web.answer({"status": "ok"})


@blueprint.get("/styleguide")
def styleguide() -> Response:
    """Every component in its states; in development, and for administrators."""
    if web.config().production and not web.actor().is_administrator:
        abort(404)
    return web.page("styleguide/page.html")
