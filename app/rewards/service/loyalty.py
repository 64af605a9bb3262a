"""Setting the levels of loyalty."""

from __future__ import annotations

from typing import Any

from app.core import audit, settings
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.reputation.service import set_bonus_months
from app.rewards.policy import access_desk
from app.rewards.queries.loyalty import BENEFITS, THRESHOLDS, terms
from app.rewards.schemas import LEVELS, LoyaltyTerms

#: The highest threshold, and the longest text of what a level brings.
MOST_POINTS = 1_000_000
MOST_TEXT = 600


def set_loyalty(actor: Actor, wanted: LoyaltyTerms, months: int) -> None:
    """Choose from how many points each level is had, what it brings, and how many months points count. Audited.

    Points that were earned keep their date. Raises `Forbidden`, and `Invalid` by field.
    """
    access_desk(actor)
    errors: dict[str, Any] = {}
    below = 0
    for code, points in zip(LEVELS[1:], wanted.thresholds, strict=True):
        if not below < points <= MOST_POINTS:
            errors[code] = _("More points than for the level before, at most %(most)s.", most=MOST_POINTS)
        below = points
    for code, texts in wanted.benefits.items():
        for locale, text in texts.items():
            if len(text) > MOST_TEXT:
                errors[f"{code}_{locale}"] = _("At most %(most)s characters.", most=MOST_TEXT)
    if errors:
        raise Invalid(_("Look at the marked fields."), errors=errors)
    with unit_of_work():
        before = terms().thresholds
        set_bonus_months(actor, months)
        settings.put(THRESHOLDS, list(wanted.thresholds))
        settings.put(BENEFITS, {code: dict(texts) for code, texts in wanted.benefits.items()})
        audit.record(
            "loyalty.changed", "rewards", actor_id=actor.person_id, before=list(before),
            after=list(wanted.thresholds),
        )  # fmt: skip
