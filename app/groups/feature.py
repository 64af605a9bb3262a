"""What this feature mounts."""

from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.groups import jobs, listeners
from app.groups.events import GroupLeft
from app.groups.views import blueprint
from app.people.events import PersonLeft

FEATURE = Feature(
    name="groups",
    blueprints=(blueprint,),
    listeners=(
        Listener("groups.settle_departure", PersonLeft, listeners.settle_departure),
        Listener("groups.leave_room", GroupLeft, listeners.leave_room),
    ),
    jobs=(Job("groups.repair_member_counts", 1440, jobs.repair_member_counts),),
)
