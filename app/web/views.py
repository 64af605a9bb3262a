"""Health, and the style guide."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, current_app, g, make_response, request
from flask_babel import force_locale
from flask_wtf.csrf import generate_csrf
from sqlalchemy import text

from app.core import web
from app.core.db import db
from app.core.i18n import LOCALES, locale_code
from app.web.samples import samples
from app.web.tokens import icons, tokens
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


@blueprint.get("/keyboard")
def keyboard() -> Response:
    """What the keyboard does: the inside of a dialog, or a page without JavaScript."""
    if web.wants_fragment():
        return web.fragment("web/_keyboard.html", letter_keys=web.actor().letter_keys)
    return web.page("web/keyboard.html", letter_keys=web.actor().letter_keys)


@blueprint.get("/styleguide")
def styleguide() -> Response:
    """Every component in its states; in development, and for administrators.

    `theme` ("light", "dark") and `language` show it in another one than the reader's own.
    """
    if web.config().production and not web.actor().is_administrator:
        abort(404)
    theme, language = request.args.get("theme", ""), request.args.get("language", "")
    speaks = language if language in LOCALES else locale_code()
    with force_locale(speaks):
        shell = current_app.extensions["shopfloor_shell"]()
        g.shopfloor_shell = replace(shell, theme=theme) if theme in ("light", "dark") else shell
        return web.page(
            "styleguide/page.html",
            tokens=tokens(),
            icons=icons(),
            languages=LOCALES,
            speaks=speaks,
            w=lambda russian, english: russian if speaks == "ru" else english,
            **samples(),
        )
