"""Use cases of reputation: settle what acts are worth, catch up with the past, check the ledger, set the rules."""

from app.reputation.service.catching_up import catch_up
from app.reputation.service.previewing import preview
from app.reputation.service.recognition import forget_person, recognise, show_in_leaders
from app.reputation.service.rules import change_rule, set_levels
from app.reputation.service.settling import NEWCOMER, settle_due, settle_item
from app.reputation.service.verifying import verify

__all__ = [
    "NEWCOMER", "catch_up", "change_rule", "forget_person",
    "preview", "recognise", "set_levels", "settle_due", "settle_item",
    "show_in_leaders", "verify",
]  # fmt: skip
