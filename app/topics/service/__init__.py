"""What people and editors do with topics: name, read, describe, merge, put first, make mandatory."""

from app.topics.service.counting import set_publications_count
from app.topics.service.curating import change_topic
from app.topics.service.mandatory import end_rule, make_group_mandatory, make_topic_mandatory
from app.topics.service.merging import merge, register_merge_hook, weigh
from app.topics.service.naming import ensure_topics
from app.topics.service.priority import choose, end_expired, move, prolong, withdraw
from app.topics.service.subscribing import forget_person, subscribe, unsubscribe

__all__ = [
    "change_topic",
    "choose",
    "end_expired",
    "end_rule",
    "ensure_topics",
    "forget_person",
    "make_group_mandatory",
    "make_topic_mandatory",
    "merge",
    "move",
    "prolong",
    "register_merge_hook",
    "set_publications_count",
    "subscribe",
    "unsubscribe",
    "weigh",
    "withdraw",
]
