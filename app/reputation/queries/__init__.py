"""Reading what was done and what it is worth."""

from app.reputation.queries.acts import acts_of, invitations_of, standing_acts, total_acts
from app.reputation.queries.bonus import (
    bonus_balance,
    bonus_earned_since,
    bonus_entries,
    bonus_past,
    bonus_pasts,
    holders,
    terms,
)
from app.reputation.queries.explaining import guide, histories, history, level_lines, points_for
from app.reputation.queries.leaders import PERIODS, leaders
from app.reputation.queries.own import points
from app.reputation.queries.recognition import (
    goes_without,
    is_recognised,
    shown_standing,
    units,
    unrecognised,
    wants_to_be_shown,
)
from app.reputation.queries.rules import pays_bonus, rules_in_force
from app.reputation.queries.soundness import total_entries, wrong_balances
from app.reputation.queries.standing import levels, standing, standings
from app.reputation.queries.widget import widget

__all__ = [
    "PERIODS", "acts_of", "bonus_balance", "bonus_earned_since", "bonus_entries", "bonus_past", "bonus_pasts",
    "goes_without", "guide", "histories", "history", "holders", "invitations_of", "is_recognised", "leaders",
    "level_lines", "levels", "pays_bonus", "points", "points_for", "rules_in_force", "shown_standing", "standing",
    "standing_acts", "standings", "terms", "total_acts", "total_entries", "units", "unrecognised", "wants_to_be_shown",
    "widget", "wrong_balances",
]  # fmt: skip
