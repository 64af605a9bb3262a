"""What the desk's page is given."""

from __future__ import annotations

from dataclasses import dataclass

from app.topics.schemas import MandatoryLine, PriorityLine


@dataclass(frozen=True)
class Desk:
    """Everything on the desk."""

    priorities: tuple[PriorityLine, ...]
    rules: tuple[MandatoryLine, ...]
    #: (id, name) of every region.
    regions: tuple[tuple[int, str], ...]
