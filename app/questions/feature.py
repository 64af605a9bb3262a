"""What questions mount."""

from app.content.events import ContentEdited
from app.content.models import ANSWER
from app.content.schemas import ContentKind, register_kind
from app.core.feature import Feature
from app.core.outbox import Listener
from app.questions import events, listeners, queries, service, views
from app.trust.schemas import TrustedKind, register_trusted

register_kind(ContentKind("question", on_create=service.create, accepted=queries.ACCEPTED))

register_trusted(TrustedKind(ANSWER, on_official=service.stand_behind))

FEATURE = Feature(
    name="questions",
    blueprints=(views.blueprint,),
    listeners=(
        Listener("questions.hint_accepted", events.AnswerAccepted, listeners.hint_state),
        Listener("questions.follow_edit", ContentEdited, listeners.follow_edit),
        Listener("questions.hint_unaccepted", events.AnswerUnaccepted, listeners.hint_state),
    ),
)
