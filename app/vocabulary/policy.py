"""Who keeps the words of the company."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _


def access_desk(actor: Actor) -> None:
    """Raises `Forbidden` for who is no editor."""
    if not actor.is_editor:
        raise Forbidden(_("Only editors decide which words mean the same."))
