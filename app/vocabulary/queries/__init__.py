"""What is read of the company's words."""

from app.vocabulary.queries.missed import missed_page
from app.vocabulary.queries.synonyms import alternatives, page, table

__all__ = ["alternatives", "missed_page", "page", "table"]
