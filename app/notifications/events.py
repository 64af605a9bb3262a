"""What happens to notifications."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class NotificationsChanged(Event):
    """The bells of these people have something new, or less."""

    person_ids: tuple[int, ...]
