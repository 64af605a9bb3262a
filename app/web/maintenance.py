"""While the network is closed for maintenance: a page that helps, without asking the database for anything."""

from __future__ import annotations

from flask import Flask, Response, g, make_response, request, session
from flask_login import AnonymousUserMixin

from app.core import maintenance, web
from app.core.errors import DomainError
from app.core.i18n import LOCALES, speaking
from app.core.i18n import gettext as _
from app.core.identity import Identity
from config import Config

#: When a browser or a program may ask again, in seconds.
COME_BACK = 120
#: What goes on: what watches the process, and what pages that were kept are made of.
_OPEN = frozenset(("static", "web.health", "web.script_words", "offline.worker", "offline.help_page"))


class Closed(DomainError):
    """The network is closed for maintenance."""

    status = 503
    code = "maintenance"


def register(flask_app: Flask, config: Config) -> None:
    """Stand before everything else that looks at a request; called by the page shell before the gate."""

    @flask_app.before_request
    def turn_away() -> Response | None:
        if not maintenance.is_closed(config) or request.endpoint in _OPEN:
            return None
        chosen = session.get("locale")
        usual = chosen if chosen in LOCALES else config.default_locale
        with speaking(str(request.accept_languages.best_match(LOCALES, usual) or usual)):
            response = _answer()
        response.headers["Retry-After"] = str(COME_BACK)
        return response


def _answer() -> Response:
    if web.wants_json() or web.wants_fragment():
        return web.problem(Closed(_("The network is being maintained and will be back soon")))
    g._login_user = AnonymousUserMixin()  # who asks is not looked up
    try:
        name = web.config().organisation
        ours = {"shell": None, "organisation": lambda: Identity(name, name)}
        html = web.render("offline/help.html", **ours, why="maintenance")
    finally:
        del g._login_user
    return make_response(html, Closed.status)
