"""Use cases of routing: waves, what those do who are asked, who looks after topics, and the terms."""

from app.routing.service.answering import SAW, claim, pass_on, saw
from app.routing.service.caring import forget_person, hand_over, hand_to_manager, keep, set_care
from app.routing.service.merging import merge_topics
from app.routing.service.terms import set_terms
from app.routing.service.waves import drive, drive_one, settle, start

__all__ = [
    "SAW",
    "claim",
    "drive",
    "drive_one",
    "forget_person",
    "hand_over",
    "hand_to_manager",
    "keep",
    "merge_topics",
    "pass_on",
    "saw",
    "set_care",
    "set_terms",
    "settle",
    "start",
]
