"""The widget "Your reputation"."""

from __future__ import annotations

from dataclasses import dataclass

from app.core import shared
from app.core.actor import Actor
from app.reputation.queries.chances import chances, current_rules, earned
from app.reputation.queries.recognition import is_recognised
from app.reputation.queries.standing import levels, stand
from app.reputation.queries.steps import Step, choose
from app.reputation.schemas import Standing, open_bonus_place
from app.topics.queries import priority


@dataclass(frozen=True)
class Widget:
    """Where somebody stands, and what they may do next."""

    standing: Standing
    steps: tuple[Step, ...]
    #: Where bonus points are spent, or "".
    bonus_place: str = ""


def widget(actor: Actor) -> Widget | None:
    """The actor's widget; None without recognition. Two statements, beside what all share and is read seldom."""
    if not is_recognised(actor):
        return None
    points, given = earned(actor.person_id)
    mine = stand(points, levels())
    possible = chances(actor, shared.recall("priority topics", priority), level=mine.level)
    return Widget(mine, choose(current_rules(), given, possible), open_bonus_place())
