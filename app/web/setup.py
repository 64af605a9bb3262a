"""Joins the page shell to the application: gate, headers, errors, languages, template globals, sockets, proxies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from wsgiref.headers import Headers

from flask import Flask, request, session
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app.content.views.cards import iso
from app.core import clock
from app.core.db import db
from app.core.frames import Frames
from app.core.i18n import LOCALES, babel, locale_code
from app.core.identity import Identity, identity, use_default_name
from app.core.live import SharedSockets, socketio
from app.core.moments import calendar_day, day, exact, when
from app.core.overlay import BoundedCache, overlay
from app.core.web import config as config_in_force
from app.core.web import saves_data
from app.lib.markup import Outline, outline
from app.web import auth, errors, headers, maintenance, shell
from app.web.compressing import Compressed
from app.web.offline import keeping
from app.web.offline.standalone import standalone_page
from app.web.open_pages import OpenPages, sockets_for
from app.web.turns import Turns, pages_at_once
from app.web.words import words_url
from config import ROOT, Config

#: Readers whose pages' frames are kept; some 40 KB each.
KEPT_FRAMES = 1000


def install(flask_app: Flask, config: Config) -> None:
    """Called once by the composition root, before the features are mounted."""
    use_default_name(config.organisation)
    maintenance.register(flask_app, config)
    auth.register(flask_app, config)
    headers.register(flask_app, config)
    keeping.register(flask_app)
    errors.register(flask_app)
    babel.init_app(flask_app, locale_selector=_locale, timezone_selector=_time_zone)
    flask_app.extensions["shopfloor_shell"] = shell.gather
    flask_app.extensions["shopfloor_standalone"] = standalone_page
    flask_app.extensions["shopfloor_cards"] = BoundedCache(config.card_cache_cards)
    flask_app.extensions["shopfloor_frames"] = Frames(KEPT_FRAMES)
    flask_app.jinja_env.globals.update(
        overlay=overlay, iso=iso, csp_nonce=_csp_nonce, csrf_token=_csrf_token, words_url=words_url,
        organisation=_organisation,
        saves_data=saves_data,
    )  # fmt: skip
    flask_app.context_processor(lambda: {"locale": locale_code(), "csrf_token": _csrf_token})
    flask_app.jinja_env.filters.update(
        when=_when, exact=_exact, day=_day, calendar_day=_calendar_day, is_over=_is_over, outlined=_outlined,
        dotted=_dotted,
    )  # fmt: skip
    flask_app.jinja_env.trim_blocks = True
    flask_app.jinja_env.lstrip_blocks = True
    at_once = pages_at_once(config.web_processes, waits_for_database=not config.on_sqlite)
    flask_app.wsgi_app = Turns(flask_app.wsgi_app, at_once)  # type: ignore[method-assign]
    _serve_static(flask_app, config)
    if config.compress:
        flask_app.wsgi_app = Compressed(flask_app.wsgi_app)  # type: ignore[method-assign]
    if config.proxy_hops:
        hops = config.proxy_hops
        flask_app.wsgi_app = ProxyFix(flask_app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    socketio.init_app(
        flask_app,
        async_mode="threading",
        client_manager=SharedSockets(config.redis_url) if config.redis_url else None,
        cors_allowed_origins=[config.origin] if config.origin else None,
        manage_session=False,
        transports=["websocket"],
        ping_interval=25,
        ping_timeout=20,
        max_http_buffer_size=16 * 1024,
        path="socket.io",
    )
    flask_app.wsgi_app = OpenPages(flask_app.wsgi_app, sockets_for(config.web_threads))  # type: ignore[method-assign]


def _organisation() -> Identity:
    """Whose network this is, for pages without the shell; also where the database does not answer."""
    try:
        return identity()
    except SQLAlchemyError:
        db.session.rollback()
        name = config_in_force().organisation
        return Identity(name, name)


def _csrf_token() -> Markup:
    """Stands where a form needs the reader's token, so that what is around it can be kept."""
    return overlay("csrf", "")


def _csp_nonce() -> Markup:
    """Stands where a script tag needs the answer's nonce."""
    return overlay("nonce", "")


def _serve_static(flask_app: Flask, config: Config) -> None:
    """Static files, cacheable, without entering Flask; looked at anew each time where they are worked on."""
    worked_on = config.environment == "development"
    flask_app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        flask_app.wsgi_app,
        root=str(ROOT / "static"),
        prefix="static/",
        max_age=0 if worked_on else 86_400,
        autorefresh=worked_on,
        allow_all_origins=False,
        add_headers_function=_say_what_it_is,
    )


def _say_what_it_is(of_file: Headers, _path: str, _url: str) -> None:
    """No browser guesses what a file might be, and no other site shows it."""
    of_file["X-Content-Type-Options"] = "nosniff"
    of_file["Cross-Origin-Resource-Policy"] = "same-origin"
    of_file["Vary"] = "Accept-Encoding"


def _locale() -> str:
    """The person's language; before sign-in the one last chosen here, then the browser's."""
    actor = getattr(current_user, "actor", None)
    if actor is not None and actor.locale in LOCALES:
        return str(actor.locale)
    chosen = session.get("locale")
    if chosen in LOCALES:
        return str(chosen)
    usual = config_in_force().default_locale
    return request.accept_languages.best_match(LOCALES, usual) or usual


def _time_zone() -> str:
    actor = getattr(current_user, "actor", None)
    return actor.time_zone if actor is not None else config_in_force().default_time_zone


def _when(moment: int) -> str:
    return when(moment, locale_code(), _time_zone())


def _exact(moment: int) -> str:
    return exact(moment, locale_code(), _time_zone())


def _day(moment: int) -> str:
    return day(moment, locale_code(), _time_zone())


def _calendar_day(value: date) -> str:
    return calendar_day(value, locale_code())


def _is_over(last_day: str) -> bool:
    """Whether a day, written as ISO 8601, is over; none never is."""
    return bool(last_day) and last_day < clock.today().isoformat()


def _dotted(parts: Iterable[str]) -> Markup:
    """What there is of `parts`, in a row with dots between; a dot stays on the line of what it follows."""
    return Markup("\N{NO-BREAK SPACE}· ").join(filter(None, parts))


def _outlined(html: Markup) -> Outline:
    """A text of content with addresses for its headings, still safe."""
    made = outline(str(html))
    return replace(made, html=Markup(made.html))  # noqa: S704 - sanitised when it was written
