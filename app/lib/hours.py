"""Opening hours: a week of them in one line, whether it is open at a moment, and time that counts only while open.

Moments are microseconds since the epoch, as everywhere; time zones are IANA names, so a change to summer time is
counted as it is lived.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_MINUTE = 60_000_000
_DAY_MINUTES = 24 * 60
#: Days ahead within which time is counted; who is never open is waited for no longer.
FAR = 60

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_NAMES = {name.lower(): place for place, name in enumerate(DAYS)} | {
    name: place for place, name in enumerate(("пн", "вт", "ср", "чт", "пт", "сб", "вс"))
}
_TIMES = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?\Z")
_CLOSED = frozenset({"off", "closed", "выходной"})

Span = tuple[int, int]


class NotHours(ValueError):
    """What was written says no opening hours."""


@dataclass(frozen=True)
class Week:
    """For each day from Monday on: from which minute to which it is open, or None."""

    days: tuple[Span | None, ...]

    def __str__(self) -> str:
        """The shortest line that says it: "Mo-Fr 10:00-20:00; Sa-Su 11:00-18:00". Closed days are left out."""
        parts = []
        first = 0
        for place in range(1, 8):
            if place < 7 and self.days[place] == self.days[first]:
                continue
            if (span := self.days[first]) is not None:
                names = DAYS[first] if place - first == 1 else f"{DAYS[first]}-{DAYS[place - 1]}"
                parts.append(f"{names} {_clock(span[0])}-{_clock(span[1])}")
            first = place
        return "; ".join(parts)


def parse(written: str) -> Week:
    """The week in "Mo-Fr 10-20; Sa,Su 11:00-18:00", in Russian too; hours without days are those of every day.

    What is written later holds for the days it names; days that are not named are closed. Raises `NotHours`.
    """
    days: list[Span | None] = [None] * 7
    parts = [
        part
        for part in re.split(r"[;\n]", written.lower().replace("–", "-").replace("—", "-"))
        if part.strip()
    ]
    if not parts:
        raise NotHours("There are no hours.")
    for part in parts:
        named, _space, times = re.sub(r"\s*([-,:])\s*", r"\1", part.strip()).rpartition(" ")
        for day in _named(named.strip()):
            days[day] = _span(times)
    if not any(days):
        raise NotHours("It would never be open.")
    return Week(tuple(days))


#: When shops are open of which nobody has said it, and when people work who work in no shop.
SHOP_WEEK = Week(((600, 1260),) * 7)
OFFICE_WEEK = Week(((540, 1080),) * 5 + (None, None))


@lru_cache(maxsize=4096)
def week_of(written: str) -> Week:
    """The stored hours of a shop, or those of most shops where there are none, or none that can be read."""
    try:
        return parse(written) if written else SHOP_WEEK
    except NotHours:
        return SHOP_WEEK


def is_open(week: Week, zone: str, moment: int) -> bool:
    """Whether it is open at a moment."""
    today = _local_day(moment, zone)
    return any(begins <= moment < ends for begins, ends in _spans(week, zone, today))


def next_open(week: Week, zone: str, moment: int) -> int | None:
    """The moment itself when it is open, else that at which it opens next; None when it never does."""
    today = _local_day(moment, zone)
    for ahead in range(FAR):
        for begins, ends in _spans(week, zone, today + timedelta(days=ahead)):
            if moment < ends:
                return max(begins, moment)
    return None


def after_open_time(calendars: Iterable[tuple[Week, str]], start: int, amount: int) -> int:
    """The moment at which `amount` has gone by since `start`, counted only while one of the calendars is open.

    After `FAR` days it is not waited any longer.
    """
    left = amount
    distinct = tuple(sorted(set(calendars), key=str))
    first = datetime.fromtimestamp(start / 1_000_000, UTC).date()
    reached = start
    for ahead in range(FAR):
        for begins, ends in _open_on(distinct, first + timedelta(days=ahead)):
            since = max(begins, reached)
            if since + left <= ends:
                return since + left
            left -= max(0, ends - since)
            reached = max(reached, ends)
    return start + FAR * _DAY_MINUTES * _MINUTE


def _open_on(calendars: Iterable[tuple[Week, str]], day: date) -> Iterator[Span]:
    """When any is open within a day of UTC, in order, without overlaps."""
    begins_day = _moment(day, 0, "UTC")
    ends_day = _moment(day + timedelta(days=1), 0, "UTC")
    spans = sorted(
        (max(begins, begins_day), min(ends, ends_day))
        for week, zone in calendars
        for local in (day - timedelta(days=1), day, day + timedelta(days=1))
        for begins, ends in _spans(week, zone, local)
        if begins < ends_day and ends > begins_day
    )
    until = begins_day
    for begins, ends in spans:
        if ends > until:
            yield max(begins, until), ends
            until = ends


def _spans(week: Week, zone: str, day: date) -> tuple[Span, ...]:
    span = week.days[day.weekday()]
    return () if span is None else ((_moment(day, span[0], zone), _moment(day, span[1], zone)),)


@lru_cache(maxsize=8192)
def _moment(day: date, minute: int, zone: str) -> int:
    local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    if minute == _DAY_MINUTES:
        local, minute = local + timedelta(days=1), 0
    local = local.replace(hour=minute // 60, minute=minute % 60)
    return int(local.timestamp()) * 1_000_000


def _local_day(moment: int, zone: str) -> date:
    return datetime.fromtimestamp(moment / 1_000_000, ZoneInfo(zone)).date()


def _named(written: str) -> Iterator[int]:
    if not written:
        yield from range(7)
        return
    for word in written.replace(" ", ",").split(","):
        first, dash, last = word.partition("-")
        if first not in _NAMES or (dash and last not in _NAMES):
            raise NotHours(f"{word!r} is no day of the week.")
        begins = _NAMES[first]
        ends = _NAMES[last] if dash else begins
        yield from (day % 7 for day in range(begins, (ends if ends >= begins else ends + 7) + 1))


def _span(written: str) -> Span | None:
    if written in _CLOSED:
        return None
    found = _TIMES.match(written)
    if found is None:
        raise NotHours(f"{written!r} is not from one hour to another.")
    hours = [int(found[1]), int(found[3])]
    minutes = [int(found[2] or 0), int(found[4] or 0)]
    begins, ends = (hour * 60 + minute for hour, minute in zip(hours, minutes, strict=True))
    if max(minutes) > 59 or begins >= ends or ends > _DAY_MINUTES:
        raise NotHours(f"{written!r} does not end after it begins, on the same day.")
    return begins, ends


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
