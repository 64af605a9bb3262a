"""What is read about thanks and badges, one module for each page."""

from app.badges.queries.acts import thanked_acts, thanked_of
from app.badges.queries.cabinet import cabinet, certificate, count_worn, worn
from app.badges.queries.cards import card_details, recipients
from app.badges.queries.giving import about_item, choices, giving_page

__all__ = [
    "about_item",
    "cabinet",
    "card_details",
    "certificate",
    "choices",
    "count_worn",
    "giving_page",
    "recipients",
    "thanked_acts",
    "thanked_of",
    "worn",
]
