"""What this feature mounts."""

from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.people.events import PersonErased, PersonJoined, PersonMoved, PersonReturned
from app.topics import jobs, listeners
from app.topics.events import MandatoryAudienceWaits, MandatoryRulesChanged
from app.topics.views import blueprint

FEATURE = Feature(
    name="topics",
    blueprints=(blueprint,),
    listeners=(
        Listener("topics.serve_audience", MandatoryRulesChanged, listeners.serve_audience),
        Listener("topics.serve_rest", MandatoryAudienceWaits, listeners.serve_rest),
        Listener("topics.serve_new_person", PersonJoined, listeners.serve_person),
        Listener("topics.serve_moved_person", PersonMoved, listeners.serve_person),
        Listener("topics.serve_returned_person", PersonReturned, listeners.serve_person),
        Listener("topics.forget_person", PersonErased, listeners.forget),
    ),
    jobs=(
        Job("topics.end_expired_priorities", 5, jobs.end_expired_priorities),
        Job("topics.serve_everyone", 1440, jobs.serve_everyone),
        Job("topics.repair_subscriber_counts", 1440, jobs.repair_subscriber_counts),
    ),
)
