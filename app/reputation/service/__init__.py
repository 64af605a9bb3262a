"""Use cases of reputation: settle what acts are worth, catch up with the past, check the ledger, set the rules."""

from app.reputation.service.catching_up import catch_up
from app.reputation.service.previewing import preview, preview_new
from app.reputation.service.recognition import forget_person, recognise, show_in_leaders
from app.reputation.service.rules import PAYABLE, change_rule, make_rule, set_levels, set_points_of
from app.reputation.service.settling import NEWCOMER, settle_due, settle_item
from app.reputation.service.verifying import verify

__all__ = [
    "NEWCOMER", "PAYABLE", "catch_up", "change_rule", "forget_person",
    "make_rule", "preview", "preview_new", "recognise", "set_levels", "set_points_of", "settle_due", "settle_item",
    "show_in_leaders", "verify",
]  # fmt: skip
