"""What the selects of the settings offer, in the reader's language."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_location
from wtforms.fields.choices import SelectChoice

from app.core import clock
from app.core.i18n import gettext as _
from app.core.i18n import locale_code

#: Where shops are, from west to east, and a few places where people travel.
TIME_ZONES: tuple[str, ...] = (
    "Europe/London", "Europe/Berlin", "Europe/Kaliningrad", "Europe/Minsk", "Europe/Moscow", "Europe/Istanbul",
    "Europe/Samara", "Asia/Tbilisi", "Asia/Yerevan", "Asia/Baku", "Asia/Dubai", "Asia/Yekaterinburg", "Asia/Tashkent",
    "Asia/Almaty", "Asia/Omsk", "Asia/Bishkek", "Asia/Novosibirsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Shanghai",
    "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka", "America/New_York", "UTC",
)  # fmt: skip


def locale_choices() -> list[SelectChoice]:
    """Languages by their own names."""
    return [
        SelectChoice("", _("As the network")),
        SelectChoice("ru", "Русский"),
        SelectChoice("en", "English"),
    ]


def time_zone_choices(chosen: str | None) -> list[SelectChoice]:
    """Time zones with their distance from UTC; the chosen one is always among them."""
    names = TIME_ZONES
    if chosen and chosen not in names and chosen in available_timezones():
        names = (*names, chosen)
    return [SelectChoice("", _("As my shop")), *(SelectChoice(name, _label(name)) for name in names)]


def _label(name: str) -> str:
    now = clock.as_datetime(clock.now()).astimezone(ZoneInfo(name))
    offset = int((now.utcoffset() or now.astimezone(UTC).utcoffset()).total_seconds() // 60)  # type: ignore[union-attr]
    sign, (hours, minutes) = ("−" if offset < 0 else "+"), divmod(abs(offset), 60)
    distance = f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "") if offset else "UTC"
    place = (
        "" if name == "UTC" else get_timezone_location(ZoneInfo(name), locale=locale_code(), return_city=True)
    )
    return f"{place} ({distance})" if place else distance
