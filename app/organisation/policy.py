"""Who may set what everybody sees."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _

LONGEST_NAME = 60
LONGEST_SHORT = 20
#: As long as any text that people write may be.
LONGEST_CONSENT = 10_000


def demand_administrator(actor: Actor) -> None:
    """Raises `Forbidden` for everybody who is no administrator."""
    if not actor.is_administrator:
        raise Forbidden(_("Only administrators set this."))
