"""What is read about articles: one function per page or fragment."""

from app.articles.queries.beginning import begin, taken_ids, thread
from app.articles.queries.cards import FACTS, MADE_OF, REVIEW_BY, more, read_facts
from app.articles.queries.care import care
from app.articles.queries.history import compared, compared_with, versions
from app.articles.queries.knowledge import knowledge
from app.articles.queries.streams import FILTERS, articles
from app.articles.queries.topics import topic_answers

__all__ = [
    "FACTS",
    "FILTERS",
    "MADE_OF",
    "REVIEW_BY",
    "articles",
    "begin",
    "care",
    "compared",
    "compared_with",
    "knowledge",
    "more",
    "read_facts",
    "taken_ids",
    "thread",
    "topic_answers",
    "versions",
]
