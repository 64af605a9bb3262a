"""What is read about people and places: one function per page or fragment."""

from app.people.queries.connections import connections, followed_among, suggested
from app.people.queries.directory import by_index_of_words, directory, name_matches
from app.people.queries.lines import LINE, joined, line, lines, with_handles
from app.people.queries.managers import manager_above
from app.people.queries.places import (
    department,
    manages,
    opening_hours_of,
    people_of,
    region,
    regions,
    register_place_tab,
    shop,
    shops_below,
    subscribed_regions,
)
from app.people.queries.profile import (
    about,
    address_of,
    card,
    head,
    photo_key,
    register_act,
    register_mark,
    register_note,
    register_tab,
)

__all__ = [
    "LINE",
    "about",
    "address_of",
    "by_index_of_words",
    "card",
    "connections",
    "department",
    "directory",
    "followed_among",
    "head",
    "joined",
    "line",
    "lines",
    "manager_above",
    "manages",
    "name_matches",
    "opening_hours_of",
    "people_of",
    "photo_key",
    "region",
    "regions",
    "register_act",
    "register_mark",
    "register_note",
    "register_place_tab",
    "register_tab",
    "shop",
    "shops_below",
    "subscribed_regions",
    "suggested",
    "with_handles",
]
