"""Passwords: Argon2id, a blocklist, no composition rules.

The parameters are the ones of docs/accounts.md: strong enough for a leaked table, cheap enough for the start of a
shift, when a hundred people sign in at once.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type
from sqlalchemy import Row, or_, select

from app.accounts.models import Credential
from app.accounts.service.sessions import end_all_sessions
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Invalid, TooMany
from app.core.i18n import lazy_gettext as _
from app.core.ratelimit import Limit
from app.core.unit_of_work import unit_of_work
from app.lib.characters import clean_characters
from app.lib.phones import normal_phone
from app.lib.text import fold
from app.people.models import ACTIVE, Person

SHORTEST = 8
#: Argon2 takes any length; this only keeps nonsense out.
LONGEST = 1024
#: Tries of the present password by who is signed in.
CONFIRMATIONS = Limit("confirm-password", 10, 5 * 60)

_hasher = PasswordHasher(
    time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
)
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SEQUENCES = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя")
_ONE_TIME = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Checked:
    """Whose password it was, and whether a new one must be chosen before anything else."""

    person_id: int
    must_change: bool
    #: Moment of the last change: what a "choose a new password" link is bound to.
    changed_at: int


def hash_password(password: str) -> str:
    """The Argon2id hash of a password, with its parameters. About 26 ms, on purpose; never inside a unit of work."""
    return _hasher.hash(_normal(password))


def verify(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed. About 26 ms whatever the answer."""
    try:
        return _hasher.verify(password_hash, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def find_credential(login: str) -> Row[Any] | None:
    """Who signs in by this name, with their credential; None when nobody does.

    `login` is a personnel number, an e-mail address or a phone number in any spelling. One SELECT.
    """
    login = clean_characters(login.strip()[:254])
    names = [Person.personnel_number == login]
    if "@" in login:
        names.append(Person.email == login.lower())
    elif phone := normal_phone(login):
        names.append(Person.phone == phone)
    found: Row[Any] | None = db.session.execute(
        select(
            Person.id, Person.state, Credential.password_hash, Credential.must_change, Credential.changed_at
        )
        .outerjoin(Credential, Credential.person_id == Person.id)
        .where(or_(*names))
        .order_by((Person.personnel_number == login).desc())
        .limit(1)
    ).first()  # type: ignore[assignment]
    return found


def check_credential(row: Row[Any] | None, password: str) -> Checked | None:
    """Whose password this is, of a row of `find_credential`; None when nobody's, whatever the reason.

    Unknown people, people without a password and leavers cost the same time as a wrong password, about 26 ms. Rarely an
    UPDATE, when the parameters of the hash have been raised since.
    """
    known = row is not None and row.password_hash is not None and row.state == ACTIVE
    right = verify(row.password_hash if row is not None and known else _nobodys_hash(), password[:LONGEST])
    if row is None or not known or not right:
        return None
    if _hasher.check_needs_rehash(row.password_hash):
        _store(row.id, hash_password(password), must_change=row.must_change, changed_at=row.changed_at)
    return Checked(row.id, bool(row.must_change), row.changed_at)


def check_password(login: str, password: str) -> Checked | None:
    """Whose name and password these are; None when nobody's. See `find_credential` and `check_credential`."""
    row = find_credential(login)
    db.session.rollback()  # the next 26 ms need no transaction
    return check_credential(row, password)


def confirm(person_id: int, password: str) -> bool:
    """Whether this is the person's present password. One SELECT and 26 ms."""
    stored = db.session.scalar(select(Credential.password_hash).where(Credential.person_id == person_id))
    return verify(stored or _nobodys_hash(), password[:LONGEST]) and stored is not None


def change_password(actor: Actor, present: str, new: str) -> None:
    """The actor chooses a new password; every other session ends.

    Raises `Invalid` for the field that is wrong, and `TooMany` after ten tries in five minutes: a page left open gives
    nobody the password by guessing.
    """
    if not CONFIRMATIONS.hit(str(actor.person_id)):
        raise TooMany(
            _("Too many tries. Wait five minutes, then try again."), retry_after=CONFIRMATIONS.seconds
        )
    if not confirm(actor.person_id, present):
        raise Invalid(_("This is not your present password."), field="present")
    choose_password(actor.person_id, new, except_session=actor.session_id, by=actor.person_id)


def choose_password(person_id: int, new: str, *, except_session: int | None = None, by: int | None) -> None:
    """Set a password that the person chose; other sessions end. Raises `Invalid(field="new")` for a weak one."""
    check_new_password(person_id, new)
    _replace(person_id, hash_password(new), must_change=False, except_session=except_session, by=by)


def replace_one_time_password(person_id: int, since: int, new: str) -> None:
    """Set the password that a person chose after signing in with a one-time one, which was set at `since`.

    Raises `Conflict` when it has been replaced meanwhile, and `Invalid(field="new")` for a weak one.
    """
    held = db.session.get(Credential, person_id)
    person = db.session.get(Person, person_id)
    if person is None or person.state != ACTIVE:
        raise Conflict(_("This password has been replaced already. Sign in again."))
    if held is None or not held.must_change or held.changed_at != since:
        raise Conflict(_("This password has been replaced already. Sign in again."))
    if verify(held.password_hash, new):
        raise Invalid(_("Choose a new one, not the one-time password."), field="new")
    choose_password(person_id, new, by=person_id)


def set_one_time_password(person_id: int, *, by: int | None) -> str:
    """Give the person a random password that must be changed on the next sign-in, and return it. All sessions end.

    It is readable aloud: no look-alikes, in groups.
    """
    password = "-".join("".join(secrets.choice(_ONE_TIME) for _i in range(4)) for _j in range(3))
    _replace(person_id, hash_password(password), must_change=True, except_session=None, by=by)
    return password


def check_new_password(person_id: int, password: str) -> None:
    """Raise `Invalid(field="new")` unless the password is long enough and nobody would guess it. One SELECT."""
    if len(password) < SHORTEST:
        raise Invalid(_("Use at least 8 characters."), field="new")
    if len(password) > LONGEST:
        raise Invalid(_("Use at most 1,024 characters."), field="new")
    person = db.session.get_one(Person, person_id)
    own = (
        person.personnel_number,
        person.handle,
        person.email,
        person.phone,
        person.first_name,
        person.last_name,
    )
    if is_common(password) or _is_made_of(password, [word for word in own if word]):
        raise Invalid(
            _("This password is easy to guess. Choose another one; a few words are fine."), field="new"
        )


def is_common(password: str) -> bool:
    """Whether the password is one of those that are tried first: a usual word, a row of keys, one character."""
    folded = fold(_normal(password))
    core = _ENDS.sub("", folded)
    words = _common()
    return (
        folded in words
        or core in words
        or len(set(folded)) <= 2
        or any(folded in row or folded in row[::-1] for row in _SEQUENCES)
    )


def _is_made_of(password: str, words: list[str]) -> bool:
    """Whether little but the person's own name or numbers is in it."""
    folded = fold(_normal(password))
    for word in sorted((fold(word) for word in words), key=len, reverse=True):
        if len(word) >= 3:
            folded = folded.replace(word, "")
    return len(_ENDS.sub("", folded)) < 3 and len(folded) < len(password) - 2


@cache
def _common() -> frozenset[str]:
    path = Path(__file__).with_name("common_passwords.txt")
    return frozenset(fold(word) for word in path.read_text(encoding="utf-8").split())


@cache
def _nobodys_hash() -> str:
    """Verified when there is no hash, so that unknown accounts take the same time."""
    return _hasher.hash(secrets.token_urlsafe(16))


def _normal(password: str) -> str:
    """The same keys give the same password on every device; lone surrogates can't be encoded."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()


def _replace(
    person_id: int, password_hash: str, *, must_change: bool, except_session: int | None, by: int | None
) -> None:
    with unit_of_work():
        _store(person_id, password_hash, must_change=must_change, changed_at=clock.now())
        end_all_sessions(person_id, except_session=except_session)
        action = "password.reset" if must_change else "password.changed"
        audit.record(action, f"person:{person_id}", actor_id=by)


def _store(person_id: int, password_hash: str, *, must_change: bool, changed_at: int) -> None:
    with unit_of_work():
        db.session.merge(
            Credential(
                person_id=person_id,
                password_hash=password_hash,
                must_change=must_change,
                changed_at=changed_at,
            )
        )
