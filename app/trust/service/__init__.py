"""What changes trust. In the open unit of work are only the functions that say so."""

from app.trust.service.confirming import confirm, confirm_article, set_confirmations, unconfirm
from app.trust.service.expiring import ask_and_expire
from app.trust.service.limiting import extend, set_limits, set_owner
from app.trust.service.openings import forget_old, forget_person, opened
from app.trust.service.recalling import drop_to_check, recall, relieve
from app.trust.service.rewording import accepted_again, question_changed, text_changed, vouched
from app.trust.service.rows import demand_seen
from app.trust.service.standing import check, make_official, withdraw_gone

__all__ = [
    "accepted_again",
    "ask_and_expire",
    "check",
    "confirm",
    "confirm_article",
    "demand_seen",
    "drop_to_check",
    "extend",
    "forget_old",
    "forget_person",
    "make_official",
    "opened",
    "question_changed",
    "recall",
    "relieve",
    "set_confirmations",
    "set_limits",
    "set_owner",
    "text_changed",
    "unconfirm",
    "vouched",
    "withdraw_gone",
]
