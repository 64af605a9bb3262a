"""Who sees figures: editors those of the company, managers those of the region they work in."""

from __future__ import annotations

from app.core.actor import MANAGER, Actor
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _


def held_to(actor: Actor) -> int | None:
    """The region to which the reader is held, or None for the whole company. Raises `Forbidden` for everybody else."""
    if actor.is_editor:
        return None
    if actor.has(MANAGER) and actor.region_id is not None:
        return actor.region_id
    raise Forbidden(_("Figures are for editors, and for managers those of their region."))
