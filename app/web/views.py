"""Health, and the style guide."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response
from flask_wtf.csrf import generate_csrf
from sqlalchemy import text

from app.core import web
from app.core.db import db
from app.core.i18n import LOCALES
from app.web.words import words

blueprint = Blueprint("web", __name__)


@blueprint.get("/healthz")
@web.public
def health() -> Response:
    """200 when the process can answer from its database. One statement."""
    db.session.execute(text("SELECT 1"))
    return web.answer({"status": "ok"})


@blueprint.get("/session")
def session_now() -> Response:
    """Whose session it is, and a token for its forms: what was written on an old page is sent with it."""
    return web.answer({"person": web.actor().handle, "token": generate_csrf()})


@blueprint.get("/words/<locale>")
@web.public
def script_words(locale: str) -> Response:
    """The words that scripts say in a language; kept by browsers, as the address changes with the words."""
    if locale not in LOCALES:
        abort(404)
    response = make_response(words(locale))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@blueprint.get("/styleguide")
def styleguide() -> Response:
    """Every component in its states; in development, and for administrators."""
    if web.config().production and not web.actor().is_administrator:
        abort(404)
    return web.page("styleguide/page.html")
