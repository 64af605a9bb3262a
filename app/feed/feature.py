"""What the feed mounts, and the tabs it fills on other features' pages."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.feature import Feature
from app.core.i18n import lazy_gettext as _
from app.feed import sockets
from app.feed.views import files, home, places
from app.groups import queries as groups
from app.groups.schemas import GroupHead, GroupTab
from app.people import queries as people
from app.people.schemas import PersonLine, PlaceHead, PlaceTab, ProfileTab
from app.people.views import land_on


def _group_tab(actor: Actor, group: GroupHead) -> GroupTab:
    return GroupTab("publications", _("Publications"), group.url, group.publications)


def _profile_tab(actor: Actor, person: PersonLine) -> ProfileTab:
    return ProfileTab("publications", _("Publications"), f"{person.url}/publications", rank=10)


def _group_files_tab(actor: Actor, group: GroupHead) -> GroupTab:
    return GroupTab("files", _("Files"), f"{group.url}/files")


def _profile_files_tab(actor: Actor, person: PersonLine) -> ProfileTab:
    return ProfileTab("files", _("Files"), f"{person.url}/files", rank=50)


def _place_tab(actor: Actor, place: PlaceHead) -> PlaceTab:
    return PlaceTab("publications", _("Publications"), f"{place.url}/publications", rank=10)


groups.register_tab(_group_tab)
groups.register_tab(_group_files_tab)
people.register_tab(_profile_tab)
people.register_tab(_profile_files_tab)
people.register_place_tab(_place_tab)
land_on("person", places.person)
land_on("shop", places.shop)
land_on("department", lambda department_id: places.department(int(department_id)))

FEATURE = Feature(
    name="feed",
    blueprints=(home.blueprint, places.blueprint, files.blueprint),
    sockets=sockets.register,
)
