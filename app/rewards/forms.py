"""What editors type about rewards, made into values; and the report made into a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.lib.csvfile import stream_table
from app.rewards.schemas import LEVELS, LoyaltyTerms, ReportRow, RewardDetails

WORDS = ("title_ru", "title_en", "terms_ru", "terms_en", "drawing", "picture")
LOCALES = ("ru", "en")
_COLUMNS = ("personnel_number", "earned", "spent", "expired", "balance", "orders")


@dataclass(frozen=True)
class Period:
    """Whole days, by their dates and as moments; `ends` is the first moment after them."""

    first: date
    last: date
    begins: int
    ends: int


def reward_details(form: Mapping[str, str], time_zone: str) -> RewardDetails:
    """A reward as it was typed. Raises `Invalid` for what is no number and no day."""
    errors: dict[str, Any] = {}
    values: dict[str, Any] = {name: form.get(name, "").strip() for name in WORDS}
    price = _number(form, "price", errors)
    total = _number(form, "total", errors)
    level = _number(form, "level", errors)
    region = _number(form, "region_id", errors)
    begins = _day(form, "active_from", time_zone, errors)
    ends = _day(form, "active_until", time_zone, errors, after=True)
    if errors:
        raise Invalid(_("Look at the marked fields."), errors=errors)
    return RewardDetails(
        **values, price=price or 0, total=total, region_id=region, shop_format=form.get("shop_format", "") or None,
        level=level or 0, active_from=begins, active_until=ends,
    )  # fmt: skip


def typed_reward(details: RewardDetails, time_zone: str) -> dict[str, Any]:
    """The values of a reward as their fields show them."""
    shown: dict[str, Any] = {name: getattr(details, name) for name in WORDS}
    for name in ("price", "total", "region_id", "shop_format", "level"):
        value = getattr(details, name)
        shown[name] = "" if value is None else value
    shown["price"] = details.price or ""
    for name, back in (("active_from", 0), ("active_until", clock.SECOND)):
        moment = getattr(details, name)
        zone = ZoneInfo(time_zone)
        shown[name] = clock.as_datetime(moment - back).astimezone(zone).date().isoformat() if moment else ""
    return shown


def loyalty_terms(form: Mapping[str, str]) -> tuple[LoyaltyTerms, int]:
    """The levels as they were typed, and for how many months points count. Raises `Invalid` for what is no number."""
    errors: dict[str, Any] = {}
    months = _number(form, "months", errors) or 0
    thresholds = tuple(_number(form, code, errors) or 0 for code in LEVELS[1:])
    if errors:
        raise Invalid(_("Look at the marked fields."), errors=errors)
    benefits = {
        code: {locale: form.get(f"{code}_{locale}", "").strip() for locale in LOCALES} for code in LEVELS
    }
    return LoyaltyTerms(thresholds, benefits), months


def typed_loyalty(terms: LoyaltyTerms, months: int) -> dict[str, Any]:
    """The levels as their fields show them."""
    shown: dict[str, Any] = {"months": months, **dict(zip(LEVELS[1:], terms.thresholds, strict=True))}
    for code in LEVELS:
        for locale in LOCALES:
            shown[f"{code}_{locale}"] = terms.benefits.get(code, {}).get(locale, "")
    return shown


def typed_period(form: Mapping[str, str], time_zone: str) -> Period:
    """The period that is asked for, by default last month. Raises `Invalid` (fields "from" and "to")."""
    found: dict[str, date | None] = {}
    for name in ("from", "to"):
        written = form.get(name, "").strip()
        try:
            found[name] = date.fromisoformat(written) if written else None
        except ValueError as error:
            raise Invalid(_("Write the day as year, month and day: 2026-03-14."), field=name) from error
    return period(found["from"], found["to"], time_zone)


def period(first: date | None, last: date | None, time_zone: str) -> Period:
    """Days of a time zone; what is missing is taken of last month. Raises `Invalid` (field "to")."""
    zone = ZoneInfo(time_zone)
    this_month = clock.as_datetime(clock.now()).astimezone(zone).date().replace(day=1)
    end = last or (this_month - timedelta(days=1) if first is None or first < this_month else clock.today())
    begin = first or end.replace(day=1)
    if end < begin or end.year > 9000:
        raise Invalid(_("The last day comes before the first."), field="to")
    return Period(begin, end, _midnight(begin, zone), _midnight(end + timedelta(days=1), zone))


def as_table(period: Period, rows: Iterator[ReportRow]) -> Iterator[bytes]:
    """The report of a period as a comma-separated table, piece by piece."""
    days = (period.first.isoformat(), period.last.isoformat())
    return stream_table(
        ("from", "to", *_COLUMNS), ((*days, *(getattr(row, name) for name in _COLUMNS)) for row in rows)
    )


def _midnight(day: date, zone: ZoneInfo) -> int:
    return clock.as_moment(datetime.combine(day, time.min, zone))


def _number(form: Mapping[str, str], name: str, errors: dict[str, Any]) -> int | None:
    written = form.get(name, "").strip()
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) < 10):
        errors[name] = _("Write a whole number.")
        return None
    return int(written)


def _day(
    form: Mapping[str, str], name: str, time_zone: str, errors: dict[str, Any], *, after: bool = False
) -> int | None:
    """The first moment of a day, or of the day `after` it."""
    written = form.get(name, "").strip()
    if not written:
        return None
    try:
        return _midnight(date.fromisoformat(written) + timedelta(days=int(after)), ZoneInfo(time_zone))
    except (ValueError, OverflowError):
        errors[name] = _("Write the day as year, month and day: 2026-03-14.")
        return None
