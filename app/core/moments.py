"""Moments in words, in the reader's language and time zone."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta, get_day_names

from app.core import clock
from app.core.i18n import gettext, speaking
from app.lib.hours import DAYS, week_of


def when(moment: int, locale: str, time_zone: str) -> str:
    """How long ago, or the date when it is more than six days: "5 minutes ago", "14 March", "14 March 2025"."""
    ago = clock.now() - moment
    if ago < clock.MINUTE:
        return _ago(0, locale)
    if ago < clock.HOUR:
        return _ago(ago // clock.MINUTE * 60, locale)
    if ago < clock.DAY:
        return _ago(ago // clock.HOUR * 3600, locale)
    if ago < 7 * clock.DAY:
        return _ago(ago // clock.DAY * 86_400, locale)
    return _day(moment // clock.HOUR, locale, time_zone, clock.today().year)


def day(moment: int, locale: str, time_zone: str) -> str:
    """The date, of past and future alike: "14 March", "14 March 2025"."""
    return _day(moment // clock.HOUR, locale, time_zone, clock.today().year)


def calendar_day(value: date, locale: str) -> str:
    """A date that is the same for everybody, wherever they are: "14 March", "14 March 2025"."""
    same_year = value.year == clock.today().year
    return format_date(value, "d MMMM" if same_year else "d MMMM y", locale=locale)


def exact(moment: int, locale: str, time_zone: str) -> str:
    """Date and time: "14 March 2026, 09:05"."""
    return _exact(moment // clock.MINUTE, locale, time_zone)


@lru_cache(maxsize=4096)
def opening_hours(written: str, locale: str) -> str:
    """Opening hours as `app.lib.hours` writes them, in words: "Mon–Fri 10:00–20:00, Sat 11:00–18:00"."""
    names = get_day_names("abbreviated", locale=locale)
    parts = []
    for part in str(week_of(written)).split("; "):
        days, times = part.split(" ")
        named = "–".join(names[DAYS.index(day)].rstrip(".") for day in days.split("-"))
        parts.append(times.replace("-", "–") if days == "Mo-Su" else f"{named} {times.replace('-', '–')}")
    return ", ".join(parts)


@lru_cache(maxsize=1024)
def _ago(seconds: int, locale: str) -> str:
    if seconds == 0:
        with speaking(locale):
            return str(gettext("just now"))
    return format_timedelta(-seconds, add_direction=True, locale=locale, threshold=1)


@lru_cache(maxsize=8192)
def _day(hour: int, locale: str, time_zone: str, this_year: int) -> str:
    local = clock.as_datetime(hour * clock.HOUR).astimezone(ZoneInfo(time_zone))
    return format_date(local, "d MMMM" if local.year == this_year else "d MMMM y", locale=locale)


@lru_cache(maxsize=8192)
def _exact(minute: int, locale: str, time_zone: str) -> str:
    local = clock.as_datetime(minute * clock.MINUTE).astimezone(ZoneInfo(time_zone))
    return format_datetime(local, "d MMMM y, HH:mm", locale=locale)
