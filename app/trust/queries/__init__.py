"""What is read of trust: marks of many items, one item's page, what relies on something, the desk's lists."""

from app.trust.queries.linked import linked_to, openers
from app.trust.queries.marks import (
    CONFIRMED_BY_ACTOR,
    confirmations,
    confirmations_needed,
    confirmers,
    is_official,
    is_shown,
    marks,
    trust_row,
)  # fmt: skip
from app.trust.queries.versions import is_same, revision_at

__all__ = [
    "CONFIRMED_BY_ACTOR",
    "confirmations",
    "confirmations_needed",
    "confirmers",
    "is_official",
    "is_same",
    "is_shown",
    "linked_to",
    "marks",
    "openers",
    "revision_at",
    "trust_row",
]
