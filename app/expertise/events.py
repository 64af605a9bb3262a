"""What happens to what people know."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class StrengthsChanged(Event):
    """Somebody's strength in these topics is another, or they hide them: titles there may change."""

    topic_ids: tuple[int, ...]
