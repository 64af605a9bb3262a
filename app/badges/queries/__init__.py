"""What is read about thanks and badges, one module for each page."""

from app.badges.queries.acts import thanked_acts, thanked_of
from app.badges.queries.cabinet import cabinet, certificate, count_worn, worn
from app.badges.queries.cards import card_details, given_badges, recipients
from app.badges.queries.desk import badge_details, badges_by_id, concentration, desk_badges, names, not_given
from app.badges.queries.giving import about_item, choices, giving_page
from app.badges.queries.team import team

__all__ = [
    "about_item",
    "badge_details",
    "badges_by_id",
    "cabinet",
    "card_details",
    "certificate",
    "choices",
    "concentration",
    "count_worn",
    "desk_badges",
    "given_badges",
    "giving_page",
    "names",
    "not_given",
    "recipients",
    "team",
    "thanked_acts",
    "thanked_of",
    "worn",
]
