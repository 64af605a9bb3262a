"""Who moderates what.

Company moderators deal with everything that was reported: a report discloses what it is about, also from a closed or
secret group. Moderators of a group deal with what stands in their group, reported or not.
"""

from __future__ import annotations

from app.core.actor import Actor


def moderates_anything(actor: Actor) -> bool:
    """Whether the person has a moderation queue at all."""
    return actor.is_moderator or bool(actor.moderated_group_ids)
