"""What comes from the form of settings."""

from __future__ import annotations

import re

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:00)?\Z", re.ASCII)


def minute_of(written: str) -> int:
    """The minute of the day that "22:00" says; -1 for what says none."""
    found = _TIME.match(written.strip())
    return int(found[1]) * 60 + int(found[2]) if found else -1


def written(minute: int) -> str:
    """A minute of the day as a field of a form takes it: "22:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"
