"""What views share: who acts, pages and fragments, problem+json, safe redirects, cursors in addresses.

Views only translate: they read the request, call one use case or query, and answer. Who may see what is decided below.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import (
    Response,
    current_app,
    g,
    get_flashed_messages,
    has_request_context,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
)
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from app.core.actor import Actor
from app.core.errors import DomainError, Invalid, NotSignedIn
from app.core.frames import Frames
from app.core.i18n import lazy_gettext as _
from app.core.i18n import locale_code
from app.core.moments import when
from app.core.overlay import Overlays, lay, overlay, personal, split
from config import Config

F = TypeVar("F", bound=Callable[..., Any])

#: Endpoints that answer without a signed-in person; every other one asks for sign-in.
_PUBLIC = "shopfloor_public"
#: Endpoints that take a bearer token instead of a cookie and a CSRF token.
_TOKEN = "shopfloor_token"  # noqa: S105 - the name of an attribute
#: Endpoints to which the browser's own forms come, such as what is shared from the phone.
_BROWSER = "shopfloor_browser"

#: Endpoints that answer before the organisation's consent is given.
_BEFORE_CONSENT = "shopfloor_before_consent"

_SAFE_NEXT = re.compile(r"^/(?![/\\])[^\\\x00-\x20\x7f]*\Z")


def config() -> Config:
    """The settings of the running application."""
    settings: Config = current_app.extensions["shopfloor_config"]
    return settings


def public(view: F) -> F:
    """Mark a view as open to people who are not signed in."""
    setattr(view, _PUBLIC, True)
    return view


def is_public(view: object) -> bool:
    """Whether the view was marked by `public`."""
    return getattr(view, _PUBLIC, False)


def by_browser(view: F) -> F:
    """Mark a view that the browser itself may open with a form, without a token; such a view publishes nothing."""
    setattr(view, _BROWSER, True)
    return view


def is_by_browser(view: object) -> bool:
    """Whether the view was marked by `by_browser`."""
    return getattr(view, _BROWSER, False)


def by_token(view: F) -> F:
    """Mark a view as part of the API: signed in by bearer token, no CSRF token, problem+json errors."""
    setattr(view, _TOKEN, True)
    return view


def is_by_token(view: object) -> bool:
    """Whether the view was marked by `by_token`."""
    return getattr(view, _TOKEN, False)


def before_consent(view: F) -> F:
    """Mark a view as open to who has not agreed to the organisation's text yet."""
    setattr(view, _BEFORE_CONSENT, True)
    return view


def is_before_consent(view: object) -> bool:
    """Whether the view was marked by `before_consent`, or is for everybody."""
    return getattr(view, _BEFORE_CONSENT, False) or is_public(view)


def actor() -> Actor:
    """Who is signed in. Raises `NotSignedIn`."""
    found = getattr(current_user, "actor", None)
    if found is None:
        raise NotSignedIn
    assert isinstance(found, Actor)
    return found


def saves_data() -> bool:
    """Whether pictures come only when they are tapped: the reader's setting, or else what the browser asks (Save-Data).

    A function of templates too; components ask it where they would show a picture.
    """
    if not has_request_context():
        return False
    known: bool | None = g.get("saves_data")
    if known is None:
        reader = getattr(current_user, "actor", None)
        wanted = reader.pictures if reader is not None else "auto"
        asked = request.headers.get("Save-Data", "").strip().lower() == "on"
        known = g.saves_data = wanted == "tapped" or (wanted == "auto" and asked)
    return known


def wants_fragment() -> bool:
    """Whether htmx asked for a piece of a page."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def is_ahead() -> bool:
    """Whether a device asks for a page to keep it, and nobody has opened it."""
    return "X-Ahead" in request.headers


def wants_json() -> bool:
    """Whether a script or program asked, so that errors are problem+json."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return best is not None and best != "text/html" and request.headers.get("Accept", "*/*") != "*/*"


def page(
    template: str, status: int = 200, *, late: Mapping[str, str | bytes | None] | None = None, **context: Any
) -> Response:
    """A whole page within the shell. The shell's data is gathered here, once (see `app.web.shell`).

    With `late` the page is kept for the reader and rendered again only when the shell or `context` have changed; so
    the template may ask for nothing else (no `request`). `late` are the values that differ from answer to answer: the
    template finds them under their names and can ask whether there is one, but not what it is. Bytes are HTML.
    """
    shell = g.get("shopfloor_shell")
    if shell is None:
        shell = g.shopfloor_shell = current_app.extensions["shopfloor_shell"]()
    context["shell"] = shell
    html = _laid(render_template(template, **context)) if late is None else _framed(template, context, late)
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _framed(template: str, context: dict[str, Any], late: Mapping[str, str | bytes | None]) -> bytes:
    frames: Frames = current_app.extensions["shopfloor_frames"]
    context |= {name: overlay("late", name) if value else "" for name, value in late.items()}
    segments = frames.of(actor().person_id, template, context, lambda: render_template(template, **context))
    return lay(segments, {**_overlays(), "late": lambda name: _as_html(late[name])})


def _as_html(value: str | bytes | None) -> bytes:
    return value if isinstance(value, bytes) else escape(value).encode()


def render(template: str, **context: Any) -> bytes:
    """A template's HTML, with what its components leave to be laid over it."""
    return _laid(render_template(template, **context))


def _laid(html: str) -> bytes:
    return lay(split(html), _overlays())


def _overlays() -> Overlays:
    """What components leave to be laid over cached HTML, outside of cards: moments, form tokens, nonces, messages."""
    reader = getattr(current_user, "actor", None)
    time_zone = reader.time_zone if reader is not None else config().default_time_zone
    locale = locale_code()
    token = cache(lambda: str(generate_csrf()).encode())
    return {
        "when": lambda value: when(int(value), locale, time_zone).encode(),
        "csrf": lambda value: token(),
        "nonce": lambda value: csp_nonce().encode(),
        "flashes": lambda value: _flashes().encode(),
        "liked": lambda value: b"",
        "accept": lambda value: b"",
        "loading": lambda value: b"loading=lazy",
        **(personal(reader) if reader is not None else {}),
    }


def csp_nonce() -> str:
    """The nonce of the answer being made, for the script tags of the layout."""
    nonce: str | None = g.get("csp_nonce")
    if nonce is None:
        nonce = g.csp_nonce = secrets.token_urlsafe(16)
    return nonce


def _flashes() -> str:
    """The messages that the last request left for this page."""
    if "_flashes" not in session:
        return ""
    return render_template("layouts/_toasts.html", messages=get_flashed_messages())


def fragment(template: str, status: int = 200, *, trigger: str = "", **context: Any) -> Response:
    """A piece of a page for htmx; `trigger` names an event for the page's scripts."""
    response = make_response(_laid(render_template(template, **context)), status)
    response.headers["Cache-Control"] = "no-store"
    if trigger:
        response.headers["HX-Trigger"] = trigger
    return response


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer that no cache keeps."""
    response = jsonify(value)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def problem(error: DomainError) -> Response:
    """The error as RFC 9457 problem+json with the field that is wrong."""
    body: dict[str, Any] = {
        "type": f"about:blank#{error.code}",
        "title": error.code,
        "status": error.status,
        "detail": str(error.message or error.code),
    }
    if error.field:
        body["field"] = error.field
    if isinstance(error, Invalid) and error.errors:
        body["errors"] = [{"field": name, "message": str(text)} for name, text in error.errors.items()]
    response = answer(body, error.status)
    response.mimetype = "application/problem+json"
    return response


def go(address: str, *, status: int = 303) -> Response:
    """After a change: the browser GETs `address`; htmx follows with a whole page."""
    if wants_fragment():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = address
        return response
    return make_response(redirect(address, code=status))


def safe_next(default: str = "/") -> str:
    """The address in `next=`, when it is a path on this site; otherwise `default`."""
    wanted = request.values.get("next", "")
    return wanted if _SAFE_NEXT.match(wanted) else default


def came_from() -> str:
    """The path and query of our page from which the request was sent; empty when it is not known or not ours."""
    return path_of_ours(request.headers.get("HX-Current-URL") or request.referrer or "")


def page_came_from(*, refused: bool = False) -> str:
    """The path and query of our page from which the request was sent, if GET opens it; empty otherwise.

    `refused`: that page answered a form, at the address the form was sent to. Then it is the page of that form: at
    `/new` below that address, at the address itself, or above it (what is said at `/p/<id>/comments` is written at
    `/p/<id>`).
    """
    here = came_from()
    pages = current_app.url_map.bind("")
    path = urlsplit(here).path.rstrip("/")
    of_form = (f"{path}/new", here, path.rpartition("/")[0])
    tried = of_form if refused else (here,)
    return next((each for each in tried if each and pages.test(urlsplit(each).path, "GET")), "")


def path_of_ours(address: str) -> str:
    """The path and query of a page of ours; empty for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.netloc != request.host:
        return ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if _SAFE_NEXT.match(path) else ""


def switched_on(name: str = "on") -> bool:
    """The value of an on/off form field; absent means on. Raises `Invalid` for anything else."""
    value = request.form.get(name, "1")
    if value not in ("0", "1"):
        raise Invalid(_("This is switched on with 1 and off with 0."), field=name)
    return value == "1"
