"""What this feature mounts."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.feature import Feature, Job
from app.core.i18n import lazy_gettext as _
from app.core.outbox import Listener
from app.groups import jobs, listeners
from app.groups.events import GroupLeft
from app.groups.views import blueprint
from app.people import queries as people
from app.people.events import PersonLeft
from app.people.schemas import PersonLine, ProfileTab


def _profile_tab(actor: Actor, person: PersonLine) -> ProfileTab:
    return ProfileTab("groups", _("Groups"), f"{person.url}/groups", rank=40)


people.register_tab(_profile_tab)

FEATURE = Feature(
    name="groups",
    blueprints=(blueprint,),
    listeners=(
        Listener("groups.settle_departure", PersonLeft, listeners.settle_departure),
        Listener("groups.leave_room", GroupLeft, listeners.leave_room),
    ),
    jobs=(Job("groups.repair_member_counts", 1440, jobs.repair_member_counts),),
)
