"""Reading cases: the queue, one case, what was decided, and why something is hidden."""

from app.moderation.queries.cases import case
from app.moderation.queries.decisions import hidden_reasons
from app.moderation.queries.queue import OPEN_COUNT, decided, open_count, queue

__all__ = ["OPEN_COUNT", "case", "decided", "hidden_reasons", "open_count", "queue"]
