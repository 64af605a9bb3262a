"""What is read about topics: one function per page or fragment."""

from app.topics.queries.chips import chips
from app.topics.queries.completion import complete
from app.topics.queries.desk import mandatory_rules, priority_desk, regions
from app.topics.queries.directory import directory, mine
from app.topics.queries.head import card, head, register_experts
from app.topics.queries.priority import priority
from app.topics.schemas import topic_url

__all__ = [
    "card",
    "chips",
    "complete",
    "directory",
    "head",
    "mandatory_rules",
    "mine",
    "priority",
    "priority_desk",
    "regions",
    "register_experts",
    "topic_url",
]
