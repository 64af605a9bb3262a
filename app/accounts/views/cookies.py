"""The session's cookie: `__Host-`, Secure where people arrive by https, HttpOnly, SameSite=Lax."""

from __future__ import annotations

from flask import Response, request

from app.accounts.service import rules
from app.core import clock
from app.core.web import config


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host and to https, where there is https."""
    return "__Host-session" if config().secure_cookies else "session_token"


def token_in_cookie() -> str:
    """The session token that the browser sent, or an empty string."""
    return request.cookies.get(cookie_name(), "")


def set_session_cookie(response: Response, token: str) -> None:
    """Give the browser a session token."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=rules().absolute // clock.SECOND,
        path="/",
        secure=config().secure_cookies,
        httponly=True,
        samesite="Lax",
    )


def clear_session_cookie(response: Response, *, storage: bool = True) -> None:
    """Take the session token away, and what the browser has kept of private pages; with `storage` what scripts kept."""
    response.delete_cookie(
        cookie_name(), path="/", secure=config().secure_cookies, httponly=True, samesite="Lax"
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"' if storage else '"cache"'
