"""Signing in, replacing a one-time password, signing out."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, redirect, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.accounts import service
from app.accounts.forms import NewPasswordForm, SignInForm
from app.accounts.schemas import SignIn
from app.accounts.views.blueprint import blueprint
from app.accounts.views.cookies import clear_session_cookie, set_session_cookie, token_in_cookie
from app.core.errors import Conflict, DomainError, Invalid, TooMany
from app.core.i18n import LOCALES, speaking
from app.core.i18n import gettext as _
from app.core.web import fragment, go, page_came_from, public, safe_next, wants_json

#: How long somebody may think about a new password, in seconds.
_TIME_TO_CHOOSE = 15 * 60


@blueprint.get("/sign-in")
@public
def sign_in_form() -> Response:
    """The way in; who is in already goes on."""
    if current_user.is_authenticated:
        return go(safe_next())
    return _page(SignInForm())


@blueprint.post("/sign-in")
@public
def sign_in() -> Response:
    """Open a session for whoever knows name and password."""
    form = SignInForm()
    try:
        done = service.sign_in(form.login.data or "", form.password.data or "", **_browser())
    except (Invalid, TooMany) as error:
        if wants_json():
            raise
        return _page(form, error)
    if done.one_time_since is not None:
        ticket = _tickets().dumps([done.person_id, done.one_time_since])
        return _new_password_page(NewPasswordForm(formdata=None), str(ticket))
    return _enter(done)


@blueprint.post("/sign-in/new-password")
@public
def replace_one_time_password() -> Response:
    """Choose a password in place of the one-time one, and go in; or read the same page in another language first."""
    form = NewPasswordForm()
    ticket = request.form.get("ticket", "")
    if (wanted := request.form.get("locale", "")) in LOCALES:
        _speak(wanted)
        with speaking(wanted):
            return _new_password_page(NewPasswordForm(formdata=None), ticket)
    try:
        person_id, since = _tickets().loads(ticket, max_age=_TIME_TO_CHOOSE)
        done = service.sign_in_anew(person_id, since, form.new.data or "", **_browser())
    except BadSignature:
        return _page(SignInForm(formdata=None), Conflict(_("That took too long. Sign in again.")))
    except Conflict as error:
        return _page(SignInForm(formdata=None), error)
    except Invalid as error:
        form.new.errors = [*error.errors.values()]
        return _new_password_page(form, ticket, 422)
    return _enter(done)


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """End this session, here and on every open page of it.

    With others=1 the page has cleared away what is this person's, and what colleagues have waiting here stays.
    """
    actor = service.actor_for_session(token_in_cookie())
    if actor is not None and actor.session_id is not None:
        service.end_session(actor.session_id)
    session.clear()
    response = go("/sign-in")
    clear_session_cookie(response, storage=request.form.get("others") != "1")
    return response


@blueprint.post("/language")
@public
def choose_language() -> Response:
    """Read on in another language, on the page one is at: one's own, or before signing in this browser's."""
    wanted = request.form.get("locale", "")
    if wanted in LOCALES:
        _speak(wanted)
        if current_user.is_authenticated:
            service.set_locale(current_user.actor, wanted)
    return go(page_came_from(refused="refused" in request.args) or safe_next())


def _speak(wanted: str) -> None:
    """Have this browser read in a language, whoever is at it."""
    session["locale"] = wanted
    session.permanent = True


def _enter(done: SignIn) -> Response:
    """Give the browser its session, and a fresh CSRF secret with it: the requests that follow at once share it."""
    chosen = session.get("locale", "")
    session.clear()
    session.permanent = True
    generate_csrf()
    service.keep_first_locale(done.person_id, chosen)
    target = safe_next()
    response = make_response(redirect("/welcome" if done.is_new and target == "/" else target, code=303))
    set_session_cookie(response, done.token)
    return response


def _page(form: SignInForm, error: DomainError | None = None) -> Response:
    status = 200 if error is None else error.status
    message = None if error is None else error.message
    response = fragment("accounts/sign_in.html", status, form=form, next=safe_next(""), message=message)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _new_password_page(form: NewPasswordForm, ticket: str, status: int = 200) -> Response:
    return fragment("accounts/new_password.html", status, form=form, ticket=ticket, next=safe_next(""))


def _browser() -> dict[str, Any]:
    return {"user_agent": request.user_agent.string, "address": request.remote_addr or ""}


def _tickets() -> URLSafeTimedSerializer:
    """Says for a few minutes that somebody has just given their one-time password."""
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="replace-one-time-password")
