"""What happens to orders, and to points that are about to expire."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class RewardOrdered(Event):
    """Somebody has ordered a reward; it waits for a decision."""

    order_id: int
    person_id: int


@dataclass(frozen=True)
class OrderMoved(Event):
    """An order came into another state: "approved", "handed_out", "closed", "cancelled"."""

    order_id: int
    person_id: int
    state: str
    actor_id: int


@dataclass(frozen=True)
class BonusExpiring(Event):
    """So many points of somebody's count for so many more days at most."""

    person_id: int
    points: int
    until: int
    days: int
