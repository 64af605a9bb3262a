"""Reading what was done and what it is worth."""

from app.reputation.queries.acts import acts_of, standing_acts
from app.reputation.queries.rules import rules_in_force
from app.reputation.queries.standing import levels, standing, standings

__all__ = ["acts_of", "levels", "rules_in_force", "standing", "standing_acts", "standings"]
