"""When things happen: working hours of eleven time zones, the week, and five months of growing use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from app.core.clock import DAY, HOUR, MINUTE, SECOND, as_moment

#: Days of use a demo company has behind it.
DAYS = 150

_WEEKDAYS = (1.10, 1.15, 1.10, 1.05, 1.00, 0.70, 0.55)
#: How much is written in each local hour.
_HOURS = (
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0.15,
    0.6,
    1.0,
    1.1,
    1.0,
    0.9,
    0.8,
    0.9,
    0.95,
    0.9,
    0.85,
    0.8,
    0.7,
    0.55,
    0.35,
    0.15,
    0.05,
)
_AWAKE = range(8, 22)


@cache
def offset(zone: str, day: date) -> int:
    """Hours of `zone` before UTC at noon of `day`."""
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).astimezone(ZoneInfo(zone))
    shift = moment.utcoffset()
    assert shift is not None
    return round(shift / timedelta(hours=1))


class Rhythm:
    """Draws moments (microseconds, UTC) of the five months that end with the day of `now`.

    A plan is made as if that day were over, so that it does not depend on the hour. `fit` then brings the last two
    days before now, keeping their order.
    """

    def __init__(self, now: int, zones: Iterable[str]) -> None:
        self.today = now // DAY
        #: The end of the day: what the plan takes for now.
        self.now = (self.today + 1) * DAY
        self._real = now
        self._pivot = self.now - 2 * DAY
        day = date(1970, 1, 1) + timedelta(days=self.today)
        self.offsets = {zone: offset(zone, day) for zone in zones}
        first = day.weekday() - DAYS + 1
        weights = (_WEEKDAYS[(first + place) % 7] * (0.6 + 0.7 * place / DAYS) for place in range(DAYS))
        self._days = list(accumulate(weights))
        self._hours = list(accumulate(_HOURS))

    def fit(self, moment: int) -> int:
        """The moment as it is stored: the last two days are pressed together so that nothing lies in the future."""
        if moment <= self._pivot:
            return moment
        return self._pivot + (moment - self._pivot) * (self._real - self._pivot) // (2 * DAY)

    @property
    def start(self) -> int:
        """The first moment of the five months."""
        return (self.today - DAYS + 1) * DAY

    def moment(self, rng: Random, zone: str) -> int:
        """A working moment in `zone`."""
        day = self.today - DAYS + 1 + rng.choices(range(DAYS), cum_weights=self._days)[0]
        hour = rng.choices(range(24), cum_weights=self._hours)[0]
        moment = day * DAY + (hour - self.offsets[zone]) * HOUR + int(rng.random() * HOUR)
        while moment >= self.now - MINUTE:
            moment -= DAY
        return moment

    def is_awake(self, zone: str, moment: int) -> bool:
        """Whether it is day in `zone`."""
        return (moment // HOUR + self.offsets[zone]) % 24 in _AWAKE

    def after(self, rng: Random, moment: int, median: int, *, before: int = 1) -> int:
        """A moment some time later, `median` in the middle, that leaves time for `before` things until now."""
        delay = int(median * rng.lognormvariate(0, 1.1)) + SECOND
        most = (self.now - moment) // (before + 1)
        return moment + (delay if delay < most else max(1, int(most * (0.3 + 0.7 * rng.random()))))


def day_of(moment: int) -> date:
    """The UTC date of a moment."""
    return date(1970, 1, 1) + timedelta(days=moment // DAY)


def moment_of(day: date, hour: int = 6) -> int:
    """A moment on `day`."""
    return as_moment(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
