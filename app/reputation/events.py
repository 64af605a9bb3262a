"""What happens to reputation."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class PointsChanged(Event):
    """Somebody's reputation changed, and perhaps their level."""

    person_id: int
    before: int
    after: int
