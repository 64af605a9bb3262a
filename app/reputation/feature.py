"""What reputation mounts."""

from app.content import events as content
from app.content.policy import register_topics_right
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.questions import events as questions
from app.reputation import jobs, listeners
from app.reputation.cli import reputation
from app.reputation.events import PointsChanged
from app.reputation.queries.standing import may_add_topics
from app.reputation.views import desk, points

register_topics_right(may_add_topics)

_ITEM_EVENTS = (
    content.ContentPublished, content.CommentAdded, content.ContentEdited, content.ContentDeleted,
    content.ContentHidden, content.ContentRestored, content.TopicsAdded,
)  # fmt: skip

FEATURE = Feature(
    name="reputation",
    blueprints=(points.blueprint, desk.blueprint),
    listeners=(
        *(Listener(f"reputation.settle.{each.name}", each, listeners.settle) for each in _ITEM_EVENTS),
        Listener("reputation.settle.ContentLiked", content.ContentLiked, listeners.settle_like),
        Listener("reputation.settle.ContentUnliked", content.ContentUnliked, listeners.settle_like),
        Listener("reputation.settle.AnswerAccepted", questions.AnswerAccepted, listeners.settle_answer),
        Listener("reputation.settle.AnswerUnaccepted", questions.AnswerUnaccepted, listeners.settle_answer),
        Listener("reputation.hint", PointsChanged, listeners.hint),
    ),
    commands=(reputation,),
    jobs=(Job("settle_waiting_acts", 10, jobs.settle_waiting),),
)
