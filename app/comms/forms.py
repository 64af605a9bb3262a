"""What editors type on the desk, made into values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _


@dataclass(frozen=True)
class Subject:
    """What a mandatory subscription is about: "#topic" or "@group"."""

    kind: str
    name: str


def end_of_day(written: str, time_zone: str) -> int | None:
    """The moment at which a day ("2026-03-14") is over in a time zone, or None for no day.

    Raises `Invalid` (field "until") for anything else.
    """
    if not written.strip():
        return None
    try:
        next_day = date.fromisoformat(written.strip()) + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise Invalid(_("Write the day as year, month and day: 2026-03-14."), field="until") from error
    return clock.as_moment(datetime.combine(next_day, time.min, ZoneInfo(time_zone)))


def last_day(moment: int | None, time_zone: str) -> str:
    """The day that `end_of_day` made the moment from, as a date field takes it."""
    if moment is None:
        return ""
    return clock.as_datetime(moment - clock.SECOND).astimezone(ZoneInfo(time_zone)).date().isoformat()


def subject(written: str) -> Subject:
    """What "#topic" or "@group" names; a bare word is a topic. Raises `Invalid` (field "subject")."""
    word = written.strip()
    if not word:
        raise Invalid(_("Name a topic with # or a group with @."), field="subject")
    return Subject("group" if word[0] in "@＠" else "topic", word.lstrip("#＃@＠"))


def region(written: str) -> int | None:
    """The id of a region, or None for everyone. Raises `Invalid` (field "region")."""
    if not written:
        return None
    if not written.isdecimal() or len(written) > 9:
        raise Invalid(_("There is no such region."), field="region")
    return int(written)
