"""Errors as people and programs see them: a page that helps, a fragment, or problem+json."""

from __future__ import annotations

import logging
from math import ceil
from typing import Any

from flask import Flask, Response, current_app, g, make_response, request
from flask_login import AnonymousUserMixin, current_user
from markupsafe import escape
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException, SecurityError

from app.core import web
from app.core.db import UNREACHABLE, db, is_busy
from app.core.errors import DomainError, NotSignedIn
from app.core.i18n import gettext as _
from app.core.i18n import locale_code
from app.core.web import came_from, page_came_from
from app.lib.ids import new_public_id
from app.web.auth import SAFE_METHODS, ask_to_sign_in

log = logging.getLogger(__name__)

#: Seconds after which it is worth trying again when the database was busy.
BUSY_FOR = 5


def register(flask_app: Flask) -> None:
    """Answer every error in the manner of who asked."""
    flask_app.register_error_handler(DomainError, _domain)
    flask_app.register_error_handler(HTTPException, _http)
    flask_app.register_error_handler(SecurityError, _not_our_host)
    flask_app.register_error_handler(DataError, _unstorable)
    flask_app.register_error_handler(OverflowError, _unstorable)
    for unreachable in UNREACHABLE:
        flask_app.register_error_handler(unreachable, _unreachable)
    flask_app.register_error_handler(Exception, _unforeseen)


def _domain(error: DomainError) -> Response:
    if isinstance(error, NotSignedIn) and not request.path.startswith("/api/"):
        return ask_to_sign_in()
    wait = getattr(error, "retry_after", 60) if error.status == 429 else 0
    response = _problem(error) if web.wants_json() else _error_page(error.status, error.message, wait=wait)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return make_response(error.get_response())
    response = _any(error.code or 500, _too_large() if error.code == 413 else "")
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _too_large() -> str:
    """How large a file may be, when the request is larger than any; "" for a form with too long a text."""
    if (request.content_length or 0) <= current_app.config["MAX_CONTENT_LENGTH"]:
        return ""
    return str(_("This file is larger than %(most)s MB.", most=web.config().upload_max_bytes // 2**20))


def _unforeseen(error: Exception) -> Response:
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    # Who has not been found yet is nobody: what failed may be the database, and the page of an error asks for nothing.
    g.setdefault("_login_user", AnonymousUserMixin())
    incident = new_public_id()
    log.exception("incident %s at %s %s", incident, request.method, request.endpoint)
    db.session.rollback()
    return _any(
        500,
        _("If it happens again, tell your administrator this number: %(incident)s", incident=incident),
        incident=incident,
    )


def _not_our_host(_error: SecurityError) -> Response:
    """For a name that is not ours no address can be made, so there is no page to show."""
    return Response("This is not the address of Shopfloor.\n", 400, mimetype="text/plain")


def _unstorable(_error: DataError | OverflowError) -> Response:
    """A value that no column can hold, such as a NUL character or a number too large, names nothing we have."""
    db.session.rollback()
    return _any(404 if request.method in ("GET", "HEAD") else 422, "")


def _unreachable(error: Exception) -> Response:
    """Too many write at once: nothing was done, and the same works in a moment. Anything else is unforeseen."""
    if not is_busy(error):
        return _unforeseen(error)
    g.setdefault("_login_user", AnonymousUserMixin())
    log.warning("the database was busy for too long at %s %s", request.method, request.endpoint)
    db.session.rollback()
    response = _any(
        503, _("Very many people are writing at once, so this was not done. Try again in a moment.")
    )
    response.headers["Retry-After"] = str(BUSY_FOR)
    return response


def _any(status: int, detail: str, *, incident: str = "") -> Response:
    error = DomainError(detail or _title(status))
    if web.wants_json():
        response = web.problem(error)
        body = response.get_json()
        body |= {"type": "about:blank", "status": status, "title": _title(status)}
        if incident:
            body["incident"] = incident
        response = web.answer(body, status)
        response.mimetype = "application/problem+json"
        return response
    return _error_page(status, detail, incident=incident)


def _problem(error: DomainError) -> Response:
    error.message = error.message or _title(error.status)
    return web.problem(error)


def _error_page(status: int, message: Any, *, wait: int = 0, incident: str = "") -> Response:
    if web.wants_fragment():
        text = str(message or _title(status))
        response = make_response(escape(text), status)
        response.headers["HX-Reswap"] = "none"
        response.headers["X-Message"] = text.encode("utf-8").decode("latin-1")
        return response
    signed_in = bool(current_user.is_authenticated)
    context: dict[str, Any] = {
        "code": status, "title": _title(status), "message": str(message or ""), "signed_in": signed_in,
        "written": _written(status, signed_in), "back": _way_back(), "steps": _steps(status), "incident": incident,
        "minutes": ceil(wait / 60), "address": request.full_path,
        "safe": request.method in SAFE_METHODS,
    }  # fmt: skip
    if signed_in:
        try:
            return web.page("layouts/error.html", status, **context)
        except Exception:
            # What broke the page may break the frame as well, and the sentence must come all the same.
            log.exception("no frame for an error page")
            db.session.rollback()
    return make_response(
        web.render("layouts/error.html", locale=locale_code(), shell=None, **context), status
    )


def _written(status: int, signed_in: bool) -> str:
    """What was typed into the form that was refused: a page without scripts has nowhere else to keep it."""
    unread = request.method != "POST" or status in (400, 413) or not signed_in
    return "" if unread else request.form.get("body", "")


def _way_back() -> str:
    """The page of ours from which one came; empty when there is none, or when it is this one or the feed. A form may
    have been sent to the address it stands at.
    """
    if request.method not in SAFE_METHODS:
        return page_came_from(refused=True)
    back = came_from()
    return back if back.rstrip("?") not in ("", "/", request.full_path.rstrip("?")) else ""


def _title(status: int) -> str:
    titles = {
        400: _("The request could not be read"),
        401: _("Please sign in"),
        403: _("You may not do this"),
        404: _("There is no such page, or it is not open to you"),
        405: _("This can't be done here"),
        409: _("This can't be done now"),
        413: _("This is too large"),
        415: _("Files of this type are not accepted"),
        422: _("Something needs correcting"),
        429: _("Too many attempts; wait a little"),
        500: _("Something went wrong on our side"),
        503: _("This does not work just now"),
    }
    return str(titles.get(status, _("Something went wrong")))


def _steps(status: int) -> list[str]:
    """That nothing was lost, and what one can do now; a sentence each."""
    steps: dict[int, tuple[Any, ...]] = {
        403: (
            _("Nothing was changed."),
            _("If you need this for your work, ask your manager or an administrator."),
        ),
        404: (_("The address may be mistyped, or what stood here was removed."),),
        405: (_("Go back and use the buttons of the page."),),
        413: (
            _("Nothing was sent, and what is on the page you came from is still there."),
            _("A photo can be saved smaller, a long text can be divided."),
        ),
        429: (_("Nothing was changed. This protects accounts from being guessed; it passes by itself."),),
        500: (
            _(
                "What you sent before is kept. What you sent just now may not be: look before you send it again."
            ),
            _("It was noted with the number below, and it is not your fault."),
        ),
    }
    return [str(step) for step in steps.get(status, ())]
