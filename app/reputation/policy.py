"""Who sets the rules, and what a level allows."""

from __future__ import annotations

from collections.abc import Mapping

from app.core import settings
from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _

#: The setting that says from which level on a right is had.
RIGHTS = "reputation.rights"
#: The rights that come with a level: adding topics to what others published, confirming answers to others' questions,
#: merging topics that are called by two names.
ADD_TOPICS = "add_topics"
CONFIRM_ANSWERS = "confirm_answers"
MERGE_TOPICS = "merge_topics"
DEFAULT_RIGHTS = {ADD_TOPICS: 3, CONFIRM_ANSWERS: 6, MERGE_TOPICS: 7}


def can_set_rules(actor: Actor) -> bool:
    """Editors of internal communications decide what acts are worth."""
    return actor.is_editor


def demand_rules(actor: Actor) -> None:
    """Raises `Forbidden` for all but editors."""
    if not can_set_rules(actor):
        raise Forbidden(_("The rules are set by the editors of internal communications."))


def rights() -> Mapping[str, int]:
    """From which level on each right is had. Asked of the database seldom."""
    kept: dict[str, int] = settings.known(RIGHTS, {})
    return {**DEFAULT_RIGHTS, **kept}
