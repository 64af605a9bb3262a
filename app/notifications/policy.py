"""When nothing announces itself."""

from __future__ import annotations


def is_quiet_hour(minute: int, begins: int, ends: int) -> bool:
    """Whether a minute of the day lies between two others; over midnight when the first of them is the larger."""
    if begins < ends:
        return begins <= minute < ends
    return minute >= begins or minute < ends
