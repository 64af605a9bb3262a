"""Use cases of reputation: settle what acts are worth, catch up with the past, check the ledger."""

from app.reputation.service.catching_up import catch_up
from app.reputation.service.recognition import recognise, show_in_leaders
from app.reputation.service.settling import settle_due, settle_item
from app.reputation.service.verifying import verify

__all__ = ["catch_up", "recognise", "settle_due", "settle_item", "show_in_leaders", "verify"]
