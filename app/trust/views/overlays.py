"""What a reader sees of the limits of something on a card that is rendered once for everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from markupsafe import escape

from app.core.actor import Actor
from app.core.i18n import gettext as _
from app.core.i18n import locale_code
from app.trust.schemas import ELSEWHERE, NOT_YET, OVER, Where, limits_in


def beyond(actor: Actor) -> Callable[[str], bytes]:
    """A class where something is not valid for the reader. No SQL."""
    where = Where.of(actor)
    return lambda code: b" is-beyond" if limits_in(code).judge(where) else b""


def limits(actor: Actor) -> Callable[[str], bytes]:
    """The limits in words, as they concern the reader. No SQL."""
    where, locale = Where.of(actor), locale_code()
    return lambda code: _in_words(code, where, locale)


def day_words(day: date, locale: str, this_year: int) -> str:
    """A day as it is read: "3 May", with the year when it is another."""
    return str(format_date(day, "d MMMM" if day.year == this_year else "d MMMM y", locale=locale))


@lru_cache(maxsize=4096)
def _in_words(code: str, where: Where, locale: str) -> bytes:
    said = limits_in(code)
    verdict = said.judge(where)

    def when(day: date) -> str:
        return day_words(day, locale, where.today.year)

    words = ""
    if verdict == OVER and said.valid_until is not None:
        words = _("Was valid until %(day)s", day=when(said.valid_until))
    elif verdict == NOT_YET and said.valid_from is not None:
        words = _("Valid only from %(day)s", day=when(said.valid_from))
    elif verdict == ELSEWHERE:
        words = _("Not valid where you work")
    elif said.valid_until is not None:
        words = _("Valid until %(day)s", day=when(said.valid_until))
    return str(escape(words)).encode()
