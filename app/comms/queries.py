"""What is read for the comms desk."""

from __future__ import annotations

from app.comms.schemas import Desk
from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _
from app.reputation import queries as reputation
from app.topics import queries as topics
from app.topics.policy import can_curate


def desk(actor: Actor) -> Desk:
    """Priority topics, mandatory subscriptions, where recognition is off. Six statements.

    Raises `Forbidden` for all but editors.
    """
    if not can_curate(actor):
        raise Forbidden(_("The desk is for the editors of internal communications."))
    return Desk(
        topics.priority_desk(actor), topics.mandatory_rules(actor), topics.regions(), reputation.units()
    )
