"""What pages are given of notifications."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnreadCounts:
    """What the frame's counters show."""

    notifications: int
    mentions: int
