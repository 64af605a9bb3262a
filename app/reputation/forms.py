"""What editors type about rules and levels, made into values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.lib.text import clean_line
from app.reputation.models import BONUS, REPUTATION
from app.reputation.schemas import NewRule, RuleChange

#: More points than this are a slip of the finger.
MOST_POINTS = 1_000
MOST_PERCENT = 1_000
MOST_CAP = 100_000
#: Longest name of a rule, in characters.
LONGEST_TITLE = 80
#: The points at which a level may end, and how many levels there may be.
MOST_THRESHOLD = 10_000_000
MOST_LEVELS = 50


def rule_change(form: Mapping[str, str], time_zone: str) -> RuleChange:
    """What the form asks of a rule. Days are those of the editor's time zone. Raises `Invalid` by field."""
    errors: dict[str, object] = {}
    points = _number(form, "points", 0, MOST_POINTS, errors)
    cap = _number(form, "daily_cap", 1, MOST_CAP, errors) if form.get("daily_cap", "").strip() else None
    percent = _number(form, "priority_percent", 0, MOST_PERCENT, errors)
    begins = _day(form, "valid_from", time_zone, errors)
    ends = _day(form, "valid_until", time_zone, errors, end=True)
    account, title = form.get("account", REPUTATION), form.get("title", "")
    if len(title) > LONGEST_TITLE:
        errors["title"] = _("At most %(most)s characters.", most=LONGEST_TITLE)
    if account not in (REPUTATION, BONUS):
        errors["account"] = _("There is no such account.")
    if errors:
        raise Invalid(_("The rule was not changed."), errors=errors)
    return RuleChange(
        points=points, daily_cap=cap, priority_percent=percent, only_priority=form.get("only_priority") == "1",
        account=account, valid_from=begins, valid_until=ends,
        title=clean_line(title, LONGEST_TITLE),
    )  # fmt: skip


def new_rule(form: Mapping[str, str], time_zone: str) -> NewRule:
    """What the form asks of a rule that there is not yet. Raises `Invalid` by field."""
    act, _colon, pays = form.get("what", "").partition(":")
    return NewRule(act, pays, rule_change(form, time_zone))


def thresholds(written: str) -> tuple[int, ...]:
    """Points at which levels end, from numbers with commas or spaces between them.

    Raises `Invalid` (field "thresholds") unless each is larger than the one before.
    """
    words = written.replace(",", " ").replace(";", " ").split()
    if not all(_is_number(word) for word in words):
        raise Invalid(_("Write whole numbers with commas between them: 20, 60, 150."), field="thresholds")
    numbers = tuple(int(word) for word in words)
    if not 1 <= len(numbers) <= MOST_LEVELS:
        raise Invalid(_("There are 1 to %(most)s thresholds.", most=MOST_LEVELS), field="thresholds")
    for smaller, larger in zip((0, *numbers), numbers, strict=False):
        if larger <= smaller:
            raise Invalid(
                _("Each threshold is larger than the one before; %(number)s is not.", number=larger),
                field="thresholds",
            )
    if numbers[-1] > MOST_THRESHOLD:
        raise Invalid(_("A level ends at %(most)s points at most.", most=MOST_THRESHOLD), field="thresholds")
    return numbers


def level_terms(form: Mapping[str, str], rights: Iterable[str]) -> tuple[tuple[int, ...], dict[str, int]]:
    """Where levels end, and from which level on each right is had. Raises `Invalid` by field, of all that is wrong."""
    errors: dict[str, object] = {}
    ends: tuple[int, ...] = ()
    try:
        ends = thresholds(form.get("thresholds", ""))
    except Invalid as error:
        errors |= error.errors
    granted = {name: _number(form, name, 1, MOST_LEVELS + 1, errors) for name in rights}
    if errors:
        raise Invalid(_("The levels were not changed."), errors=errors)
    return ends, granted


def day_of(moment: int | None, time_zone: str) -> str:
    """A moment's day, as a date field takes it."""
    if moment is None:
        return ""
    return clock.as_datetime(moment).astimezone(ZoneInfo(time_zone)).date().isoformat()


def _number(form: Mapping[str, str], name: str, least: int, most: int, errors: dict[str, object]) -> int:
    written = form.get(name, "").strip()
    if not _is_number(written) or not least <= int(written) <= most:
        errors[name] = _("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
        return least
    return int(written)


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= 9


def _day(
    form: Mapping[str, str], name: str, time_zone: str, errors: dict[str, object], *, end: bool = False
) -> int | None:
    """The first moment of a day, or its last; None for today as a beginning, and for no day."""
    written = form.get(name, "").strip()
    if not written:
        return None
    zone = ZoneInfo(time_zone)
    try:
        day = date.fromisoformat(written)
        moment = clock.as_moment(datetime.combine(day + timedelta(days=end), time.min, zone)) - end
    except (ValueError, OverflowError):
        errors[name] = _("Write the day as year, month and day: 2026-03-14.")
        return None
    if not end and day == clock.as_datetime(clock.now()).astimezone(zone).date():
        return None
    if moment <= clock.now():
        errors[name] = (
            _("The last day must not have passed.")
            if end
            else _("A rule counts from today or later; the past stays as it is.")
        )
    return moment
