"""Use cases of reputation: settle what acts are worth, catch up with the past, check the ledger, set the rules."""

from app.reputation.service.bonus import NotEnoughPoints, expire_due, give_back, set_bonus_months, spend
from app.reputation.service.catching_up import catch_up
from app.reputation.service.previewing import preview, preview_new
from app.reputation.service.recognition import forget_person, recognise, recognise_shop, show_in_leaders
from app.reputation.service.rules import (
    OFFERED,
    PAYABLE,
    change_rule,
    make_rule,
    offer_bonus,
    set_levels,
    set_points_of,
)
from app.reputation.service.settling import NEWCOMER, settle_due, settle_item
from app.reputation.service.verifying import verify

__all__ = [
    "NEWCOMER", "OFFERED", "PAYABLE", "NotEnoughPoints", "catch_up", "change_rule", "expire_due", "forget_person",
    "give_back", "make_rule", "offer_bonus", "preview", "preview_new", "recognise", "recognise_shop",
    "set_bonus_months", "set_levels", "set_points_of", "settle_due", "settle_item", "show_in_leaders", "spend",
    "verify",
]  # fmt: skip
