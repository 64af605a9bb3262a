"""What the desk's page is given."""

from __future__ import annotations

from dataclasses import dataclass

from app.reputation.queries.recognition import Unit
from app.topics.schemas import MandatoryLine, PriorityLine


@dataclass(frozen=True)
class Desk:
    """Everything on the desk."""

    priorities: tuple[PriorityLine, ...]
    rules: tuple[MandatoryLine, ...]
    #: (id, name) of every region.
    regions: tuple[tuple[int, str], ...]
    #: Regions and departments, and whether recognition was switched off right there; shops where it was.
    units: tuple[Unit, ...]

    @property
    def without_recognition(self) -> list[Unit]:
        """Where recognition was switched off."""
        return [unit for unit in self.units if unit.off]

    @property
    def with_recognition(self) -> list[tuple[str, str]]:
        """Where it can be, as a field takes them."""
        return [(unit.key, unit.name) for unit in self.units if not unit.off]
