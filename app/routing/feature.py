"""What routing mounts."""

from app.content import events as content
from app.content.service.opening import register_opening
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.people.events import PersonErased, PersonLeft, PersonMoved
from app.questions.events import AnswerAccepted, AnswerUnaccepted
from app.routing import events, jobs, listeners, service
from app.routing.views import BLUEPRINTS
from app.topics.service import register_merge_hook

register_opening("asked", service.SAW)
register_merge_hook(service.merge_topics)

FEATURE = Feature(
    name="routing",
    blueprints=BLUEPRINTS,
    listeners=(
        Listener("routing.start", content.ContentPublished, listeners.start),
        Listener("routing.answered", content.CommentAdded, listeners.answered),
        Listener("routing.accepted", AnswerAccepted, listeners.judged),
        Listener("routing.unaccepted", AnswerUnaccepted, listeners.judged),
        Listener("routing.deleted", content.ContentDeleted, listeners.came_or_went),
        Listener("routing.hidden", content.ContentHidden, listeners.came_or_went),
        Listener("routing.restored", content.ContentRestored, listeners.came_or_went),
        Listener("routing.hint", events.RoutingChanged, listeners.hint),
        Listener("routing.left", PersonLeft, listeners.left),
        Listener("routing.moved", PersonMoved, listeners.moved),
        Listener("routing.forget_person", PersonErased, listeners.forget),
    ),
    jobs=(Job("routing.drive", 1, jobs.drive),),
)
