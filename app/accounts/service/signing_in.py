"""Signing in: name and password against a session, slowly for whoever guesses, never locked for whoever knows."""

from __future__ import annotations

from sqlalchemy import Row

from app.accounts.schemas import FIRST_STEPS, SignIn
from app.accounts.service.inviting import arrive
from app.accounts.service.passwords import check_credential, find_credential, replace_one_time_password
from app.accounts.service.sessions import open_session
from app.core.db import db
from app.core.errors import Invalid, TooMany
from app.core.i18n import lazy_gettext as _
from app.core.ratelimit import Limit
from app.core.unit_of_work import unit_of_work
from app.lib.text import fold

#: Tries for one account, whichever of its names is used; unknown names are counted alike.
PER_ACCOUNT = Limit("sign-in-account", 10, 5 * 60)
#: Failed tries from one address; a whole shop shares one, and its people's successes don't count.
PER_ADDRESS = Limit("sign-in-address", 100, 5 * 60)


def sign_in(login: str, password: str, *, user_agent: str, address: str) -> SignIn:
    """Open a session for whoever knows name and password.

    With a one-time password no session is opened: the result says that another one must be chosen first. Raises
    `Invalid(field="password")` alike for everything that does not fit, and `TooMany` after ten tries in five minutes.
    About 26 ms; a SELECT, and an INSERT when it fits.
    """
    row = find_credential(login)
    db.session.rollback()  # the next 26 ms need no transaction
    account = _account_key(row, login)
    if not PER_ACCOUNT.hit(account) or PER_ADDRESS.is_used_up(address):
        raise TooMany(
            _("Too many tries. Wait five minutes, then try again."), retry_after=PER_ACCOUNT.seconds
        )
    checked = check_credential(row, password)
    if checked is None:
        PER_ADDRESS.hit(address)
        raise Invalid(_("Name and password don’t fit together. Check both."), field="password")
    PER_ACCOUNT.forget(account)
    if checked.must_change:
        return SignIn(checked.person_id, one_time_since=checked.changed_at)
    return _enter(checked.person_id, user_agent, address)


def sign_in_anew(person_id: int, since: int, new: str, *, user_agent: str, address: str) -> SignIn:
    """Replace the one-time password set at `since` and open a session. Raises `Conflict` and `Invalid`."""
    replace_one_time_password(person_id, since, new)
    return _enter(person_id, user_agent, address)


def _account_key(row: Row[tuple[object, ...]] | None, login: str) -> str:
    return f"person:{row.id}" if row is not None else f"name:{fold(login.strip())[:254]}"


def _enter(person_id: int, user_agent: str, address: str) -> SignIn:
    with unit_of_work():
        is_new = arrive(person_id, welcome=" ".join(FIRST_STEPS))
        return SignIn(person_id, token=open_session(person_id, user_agent, address), is_new=is_new)
