"""Use cases of people and places: joining, moving, leaving, returning, following, one's own profile."""

from app.people.service.counting import set_publications_count
from app.people.service.erasing import erase_person
from app.people.service.following import follow, subscribe_region, unfollow
from app.people.service.handles import claim_handle, is_free
from app.people.service.places import position_named, set_opening_hours
from app.people.service.profile import (
    OWNERS_ALONE,
    cut_photo,
    edit_profile,
    photo_cut,
    remove_photo,
    set_photo,
    whole_photo,
)
from app.people.service.staff import (
    changed,
    colour_of,
    mark_left,
    mark_returned,
    move_person,
    new_person,
    rename_person,
    sort_name_of,
)
from app.people.service.titles import entitle

__all__ = [
    "OWNERS_ALONE",
    "changed",
    "claim_handle",
    "colour_of",
    "cut_photo",
    "edit_profile",
    "entitle",
    "erase_person",
    "follow",
    "is_free",
    "mark_left",
    "mark_returned",
    "move_person",
    "new_person",
    "photo_cut",
    "position_named",
    "remove_photo",
    "rename_person",
    "set_opening_hours",
    "set_photo",
    "set_publications_count",
    "sort_name_of",
    "subscribe_region",
    "unfollow",
    "whole_photo",
]
