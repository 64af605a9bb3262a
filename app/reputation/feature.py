"""What reputation mounts."""

from app.content import events as content
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.questions import events as questions
from app.reputation import jobs, listeners
from app.reputation.events import PointsChanged

_ITEM_EVENTS = (
    content.ContentPublished, content.CommentAdded, content.ContentEdited, content.ContentDeleted,
    content.ContentHidden, content.ContentRestored, content.TopicsAdded,
)  # fmt: skip

FEATURE = Feature(
    name="reputation",
    listeners=(
        *(Listener(f"reputation.settle.{each.name}", each, listeners.settle) for each in _ITEM_EVENTS),
        Listener("reputation.settle.ContentLiked", content.ContentLiked, listeners.settle_like),
        Listener("reputation.settle.ContentUnliked", content.ContentUnliked, listeners.settle_like),
        Listener("reputation.settle.AnswerAccepted", questions.AnswerAccepted, listeners.settle_answer),
        Listener("reputation.settle.AnswerUnaccepted", questions.AnswerUnaccepted, listeners.settle_answer),
        Listener("reputation.hint", PointsChanged, listeners.hint),
    ),
    jobs=(Job("settle_waiting_acts", 10, jobs.settle_waiting),),
)
