"""What readers choose of figures, and the table for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.analytics.schemas import Figures, FiguresLine, FiguresPage, Period
from app.core import clock
from app.core.errors import Invalid
from app.core.i18n import gettext
from app.core.i18n import lazy_gettext as _
from app.lib.csvfile import stream_table

#: Periods that end today, in days.
DAYS = (7, 30, 90)
#: The longest period.
MOST_DAYS = 731


def chosen_period(args: Mapping[str, str], time_zone: str) -> Period:
    """The period asked for: "from" and "to", or "days" up to today. Raises `Invalid` by field."""
    zone = ZoneInfo(time_zone)
    today = clock.as_datetime(clock.now()).astimezone(zone).date()
    if args.get("from") or args.get("to"):
        errors: dict[str, Any] = {}
        first = _day(args, "from", errors)
        last = _day(args, "to", errors) or today
        if not errors and first is None:
            errors["from"] = _("Choose the first day.")
        elif first is not None and (first > last or (last - first).days >= MOST_DAYS):
            errors["to"] = _("The last day lies after the first, and not more than two years.")
        if errors or first is None:
            raise Invalid(_("Choose another period."), errors=errors)
        return _period(first, last, zone)
    written = args.get("days", "")
    days = int(written) if written in {str(each) for each in DAYS} else DAYS[1]
    return _period(today - timedelta(days=days - 1), today, zone)


def as_table(page: FiguresPage) -> Iterator[bytes]:
    """The figures as a table: the whole, then topics, regions and hours. Times are seconds."""
    heads = (
        gettext("By"), gettext("Name"), gettext("Asked"), gettext("Answered"), gettext("Answered, per cent"),
        gettext("First answer, median, s"), gettext("First answer, nine of ten, s"), gettext("Accepted"),
        gettext("Accepted answer, median, s"), gettext("Accepted answer, nine of ten, s"),
        gettext("Without an expert"), gettext("Found without asking"),
    )  # fmt: skip
    groups: tuple[tuple[str, tuple[FiguresLine, ...]], ...] = (
        (gettext("Everything"), (FiguresLine("", "", page.whole),)),
        (gettext("Topic"), page.topics),
        (gettext("Region"), page.regions),
        (gettext("Hour"), page.hours),
    )
    rows = ((by, line.name, *_cells(line.figures)) for by, lines in groups for line in lines)
    return stream_table(heads, rows)


def _cells(figures: Figures) -> tuple[int | None, ...]:
    return (
        figures.asked, figures.answered, figures.share, _seconds(figures.median_first),
        _seconds(figures.p90_first), figures.accepted, _seconds(figures.median_accepted),
        _seconds(figures.p90_accepted), figures.without_expert, figures.deflected,
    )  # fmt: skip


def _seconds(time: int | None) -> int | None:
    return None if time is None else time // clock.SECOND


def _period(first: date, last: date, zone: ZoneInfo) -> Period:
    begins = clock.as_moment(datetime.combine(first, time.min, zone))
    ends = clock.as_moment(datetime.combine(last + timedelta(days=1), time.min, zone))
    return Period(first, last, begins, ends)


def _day(args: Mapping[str, str], name: str, errors: dict[str, Any]) -> date | None:
    written = args.get(name, "").strip()
    if not written:
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        found = None
    if found is None or not 1990 <= found.year <= 2200:
        errors[name] = _("Write the day as year, month and day: 2026-03-14.")
        return None
    return found
