"""What people set for themselves."""

from __future__ import annotations

from zoneinfo import available_timezones

from app.accounts.models import Preference
from app.accounts.schemas import Preferences
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import LOCALES
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work

THEMES = ("auto", "light", "dark")
FEED_ORDERS = ("activity", "useful")
PICTURES = ("auto", "always", "tapped")


def save_preferences(actor: Actor, wanted: Preferences) -> None:
    """Keep what the actor has set. Raises `Invalid` with every field that is wrong."""
    wrong = {
        name: _("Choose one of the list.")
        for name, right in (
            ("locale", wanted.locale in ("", *LOCALES)),
            ("theme", wanted.theme in THEMES),
            ("time_zone", wanted.time_zone == "" or wanted.time_zone in available_timezones()),
            ("feed_order", wanted.feed_order in FEED_ORDERS),
            ("pictures", wanted.pictures in PICTURES),
        )
        if not right
    }
    if wrong:
        raise Invalid(errors=wrong)
    with unit_of_work():
        row = _row(actor.person_id)
        row.locale, row.time_zone = wanted.locale or None, wanted.time_zone or None
        row.theme, row.feed_order, row.pictures = wanted.theme, wanted.feed_order, wanted.pictures
        row.letter_keys = wanted.letter_keys


def set_feed_order(actor: Actor, order: str) -> None:
    """Remember in which order the actor reads the feed. Raises `Invalid`. Writes only what has changed."""
    if order not in FEED_ORDERS:
        raise Invalid(_("Choose one of the list."), field="feed_order")
    if order != actor.feed_order:
        with unit_of_work():
            _row(actor.person_id).feed_order = order


def set_locale(actor: Actor, locale: str) -> None:
    """The actor reads in another language from now on. Raises `Invalid`. Writes only what has changed."""
    if locale not in LOCALES:
        raise Invalid(_("Choose one of the list."), field="locale")
    if locale != actor.locale:
        with unit_of_work():
            _row(actor.person_id).locale = locale


def keep_first_locale(person_id: int, locale: str) -> None:
    """The language chosen before signing in stays, for somebody who has never chosen one inside."""
    if locale in LOCALES:
        with unit_of_work():
            row = _row(person_id)
            row.locale = row.locale or locale


def _row(person_id: int) -> Preference:
    row = db.session.get(Preference, person_id)
    if row is None:
        row = Preference(
            person_id=person_id, theme="auto", feed_order="activity", letter_keys=True, pictures="auto"
        )
        db.session.add(row)
    return row
