"""What happens with badges."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class BadgeEarned(Event):
    """A rule gave somebody a badge, for what was complete a moment ago."""

    person_id: int
    badge_id: int
    #: The topic it was given for, or 0.
    subject_id: int
