"""What happens in moderation. That something was hidden or restored is told by `app.content.events`."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class ContentReported(Event):
    """Somebody says that a text breaks the rules; once per person and text."""

    content_id: int
    root_id: int
    #: The group it stands in, if any.
    group_id: int | None
    reporter_id: int
    reason: str
