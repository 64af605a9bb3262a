"""Words in the reader's language. Message ids are English; catalogues live in `app/translations`.

Inside a request the language is the reader's; jobs and commands say it with `speaking`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from flask_babel import (
    Babel,
    force_locale,
    get_locale,
    gettext,
    lazy_gettext,
    lazy_pgettext,
    ngettext,
    pgettext,
)

LOCALES = ("ru", "en")

babel = Babel()

__all__ = [
    "LOCALES",
    "babel",
    "gettext",
    "house_locale",
    "house_time_zone",
    "lazy_gettext",
    "lazy_pgettext",
    "locale_code",
    "ngettext",
    "pgettext",
    "speaking",
]


def locale_code() -> str:
    """The language in force: "ru" or "en"."""
    locale = get_locale()
    return str(locale.language) if locale is not None else "en"


def house_locale() -> str:
    """The language of whoever has chosen none: "ru" or "en"."""
    return str(current_app.config["BABEL_DEFAULT_LOCALE"])


def house_time_zone() -> str:
    """The time zone of whoever has no shop: an IANA name."""
    return str(current_app.extensions["shopfloor_config"].default_time_zone)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Say everything inside in `locale`."""
    with force_locale(locale):
        yield
