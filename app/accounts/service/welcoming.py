"""The first steps of somebody who is here for the first time: taken, skipped, or put away."""

from __future__ import annotations

from collections.abc import Callable

from app.accounts.models import Arrival
from app.core.actor import Actor
from app.core.db import db
from app.core.unit_of_work import unit_of_work


def take_step(actor: Actor, step: str) -> tuple[str, ...]:
    """A first step was taken; what is left. Again changes nothing."""
    return _keep(actor, lambda left: [each for each in left if each != step])


def skip_step(actor: Actor, step: str) -> tuple[str, ...]:
    """A first step is left for later: it comes after those not looked at yet; what is left."""
    return _keep(actor, lambda left: sorted(left, key=lambda each: each == step))


def put_welcome_away(actor: Actor) -> None:
    """Nothing is left: the rest is done elsewhere, or never."""
    _keep(actor, lambda _left: [])


def _keep(actor: Actor, change: Callable[[list[str]], list[str]]) -> tuple[str, ...]:
    with unit_of_work():
        row = db.session.get(Arrival, actor.person_id, with_for_update=True)
        if row is None:
            return ()
        left = change((row.welcome or "").split())
        row.welcome = " ".join(left) or None
        return tuple(left)
