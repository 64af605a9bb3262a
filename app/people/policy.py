"""Who may change what is known of places."""

from __future__ import annotations

from app.core.actor import Actor


def can_set_hours(actor: Actor, manager_id: int | None) -> bool:
    """Who runs a shop says when it is open; editors and administrators do for every shop."""
    return actor.is_editor or actor.person_id == manager_id
