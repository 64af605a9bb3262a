"""What is read of routing: one function per page or fragment, and the rules others ask."""

from app.routing.queries.asks import asked_about, for_me
from app.routing.queries.care import care_form, departments, desk, keepers, looked_after
from app.routing.queries.duty import Worker, acts_on_duty, is_away, on_duty, workers, workers_of
from app.routing.queries.plans import plan_for, terms
from app.routing.queries.ranking import who_can_help
from app.routing.queries.standings import standing

__all__ = [
    "Worker",
    "acts_on_duty",
    "asked_about",
    "care_form",
    "departments",
    "desk",
    "for_me",
    "is_away",
    "keepers",
    "looked_after",
    "on_duty",
    "plan_for",
    "standing",
    "terms",
    "who_can_help",
    "workers",
    "workers_of",
]
