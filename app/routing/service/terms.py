"""What editors set for all questions."""

from __future__ import annotations

from app.core import audit, settings
from app.core.actor import Actor
from app.core.unit_of_work import unit_of_work
from app.routing.policy import access_desk
from app.routing.queries.plans import TERMS
from app.routing.schemas import Terms


def set_terms(actor: Actor, terms: Terms) -> None:
    """Set the usual plan, questions a day and how long a promise holds; for waves from now on. Audited.

    Raises `Forbidden` for all but editors.
    """
    access_desk(actor)
    stored = {"plan": terms.plan.stored(), "a_day": terms.a_day, "hold": terms.hold}
    with unit_of_work():
        settings.put(TERMS, stored)
        audit.record("routing.terms_changed", "routing", actor_id=actor.person_id, **stored)
