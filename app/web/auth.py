"""Who is asking, before any view runs: default deny, one way in per kind of view, CSRF on every unsafe request.

A page or fragment is asked for with the session's cookie, the API (views marked `by_token`) with a bearer token;
neither accepts the other's. So a forged form can't use the API, and a leaked token can't open pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, Request, Response, current_app, g, make_response, redirect, request
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf.csrf import CSRFError, CSRFProtect

from app.accounts import service
from app.accounts.policy import Rules
from app.accounts.views.cookies import token_in_cookie
from app.core import clock, ratelimit
from app.core.actor import Actor
from app.core.errors import DomainError, Forbidden, NotSignedIn
from app.core.i18n import lazy_gettext as _
from app.core.web import (
    came_from,
    is_before_consent,
    is_by_browser,
    is_by_token,
    is_public,
    problem,
    wants_fragment,
    wants_json,
)
from config import Config

SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
#: What stays reachable for anybody without being a view of ours.
_STATIC = "static"

#: Keeps the text of a request that came after its session's end; gets the person's id, reads `flask.request`.
#: The address of the page on which the text will stand, or None when there was none to keep.
Rescue = Callable[[int], str | None]

_csrf = CSRFProtect()


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """What Flask-Login carries: the actor, and nothing of its own."""

    actor: Actor

    def get_id(self) -> str:
        """The person's id; Flask-Login asks for it, nothing stores it."""
        return str(self.actor.person_id)


def register(flask_app: Flask, config: Config) -> None:
    """Put the gate in front of every view of `flask_app`; called once by the page shell."""
    service.use_rules(
        Rules(
            idle=config.session_idle_days * clock.DAY,
            absolute=config.session_absolute_days * clock.DAY,
            administrator=config.administrator_session_hours * clock.HOUR,
            default_locale=config.default_locale,
            default_time_zone=config.default_time_zone,
        )
    )
    ratelimit.use_storage(config.redis_url)
    flask_app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # the gate below checks, for it knows the API's views
    _csrf.init_app(flask_app)
    manager = LoginManager()
    manager.session_protection = None  # the server-side session needs no second one in a cookie
    manager.request_loader(_signed_in)
    manager.init_app(flask_app)
    flask_app.extensions["shopfloor_rescues"] = []
    flask_app.before_request(_gate)


def rescue_with(flask_app: Flask, rescue: Rescue) -> None:
    """Have `rescue` keep the text of unsafe requests whose session has just ended, before sign-in is asked for."""
    flask_app.extensions["shopfloor_rescues"].append(rescue)


def ask_to_sign_in() -> Response:
    """What somebody gets who is not signed in: the sign-in page, or an answer from which a script can lead there."""
    if wants_json():
        return problem(NotSignedIn(_("You are not signed in any more. Sign in and send it again.")))
    if not wants_fragment():
        return make_response(redirect(_sign_in_address(), code=303))
    response = make_response("", 401)
    if request.method in SAFE_METHODS:
        response.headers["HX-Redirect"] = _sign_in_address()
    return response


def _signed_in(asked: Request) -> SignedIn | None:
    """Flask-Login's loader: the cookie's session, or the bearer token's person for the API."""
    if _asks_the_api():
        scheme, _space, token = asked.headers.get("Authorization", "").partition(" ")
        actor = service.actor_for_token(token.strip()) if scheme.lower() == "bearer" else None
    else:
        actor = service.actor_for_session(token_in_cookie())
    return SignedIn(actor) if actor is not None else None


def _gate() -> Response | None:
    """Turn away who may not be here; None lets the request pass. Runs before every view."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == _STATIC:
        return None
    if _asks_the_api():
        return None if is_public(view) or current_user.is_authenticated else _ask_for_a_token()
    if request.method not in SAFE_METHODS and not _comes_from_the_browser(view):
        _check_csrf()
    if is_public(view):
        return None
    if current_user.is_authenticated:
        return None if is_before_consent(view) else _ask_for_consent(current_user.actor.consent)
    if request.method not in SAFE_METHODS:
        _rescue()
    return ask_to_sign_in()


def _comes_from_the_browser(view: object) -> bool:
    """Whether the browser itself sends the form, as what is shared from a phone; no page can make it say so."""
    return is_by_browser(view) and request.headers.get("Sec-Fetch-Site") == "none"


def _ask_for_consent(needed: str) -> Response | None:
    """To the organisation's text, for who has not agreed to it.

    Who agreed to an earlier one is asked with the next page they open: what an open page sends and loads goes on, so
    that nothing that was typed is lost. Who never agreed to any comes no further.
    """
    if not needed:
        return None
    a_page = (
        request.method in SAFE_METHODS and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    )
    if a_page and not wants_fragment() and not wants_json():
        then = request.full_path.rstrip("?")
        query = "?" + urlencode({"next": then}) if then != "/" else ""
        return make_response(redirect("/welcome/consent" + query, code=303))
    if needed == "first":
        raise Forbidden(_("Agree to the organisation’s text first."))
    return None


def _asks_the_api() -> bool:
    return is_by_token(current_app.view_functions.get(request.endpoint or ""))


def _ask_for_a_token() -> Response:
    response = problem(NotSignedIn(_("Send a valid API token: Authorization: Bearer …")))
    response.headers["WWW-Authenticate"] = 'Bearer realm="Shopfloor"'
    return response


def _check_csrf() -> None:
    try:
        _csrf.protect()
    except CSRFError as error:
        raise DomainError(
            _("This page was open for too long. Nothing has been sent; reload the page and send it again.")
        ) from error


def _rescue() -> None:
    person_id = service.person_of_dead_session(token_in_cookie())
    if person_id is not None:
        for rescue in current_app.extensions["shopfloor_rescues"]:
            g.shopfloor_rescued = rescue(person_id) or g.get("shopfloor_rescued")


def _sign_in_address() -> str:
    """The sign-in page with the way back: to a rescued text, the page asked for, or the one a form was sent from."""
    if rescued := g.get("shopfloor_rescued"):
        return "/sign-in?" + urlencode({"next": rescued})
    back = request.full_path.rstrip("?")
    if request.method not in SAFE_METHODS or wants_fragment():
        back = came_from()
    return "/sign-in?" + urlencode({"next": back}) if back not in ("", "/") else "/sign-in"
