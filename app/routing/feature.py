"""What routing mounts."""

from app.content import events as content
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.people.events import PersonErased, PersonLeft, PersonMoved
from app.questions.events import AnswerAccepted, AnswerUnaccepted
from app.routing import events, jobs, listeners, service
from app.routing.queries.owning import curators_of, owns
from app.routing.views import BLUEPRINTS
from app.topics.service import register_merge_hook
from app.trust.policy import register_owner_people, register_owners

register_merge_hook(service.merge_topics)
register_owners(owns)
register_owner_people(curators_of)

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
