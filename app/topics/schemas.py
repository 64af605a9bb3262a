"""What templates and other features are given of topics."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TopicChip:
    """A topic on a card: `name` as titled, without "#"."""

    name: str
    url: str
    priority: bool
