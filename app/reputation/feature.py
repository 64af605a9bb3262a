"""What reputation mounts."""

from app.accounts.events import InvitationTaken
from app.content import events as content
from app.content.policy import register_confirm_right, register_topics_right
from app.core.actor import Actor
from app.core.feature import Feature, Job
from app.core.i18n import gettext as _
from app.core.i18n import ngettext
from app.core.outbox import Listener
from app.people import queries as people
from app.people.events import PersonErased
from app.people.schemas import PersonLine, ProfileMark
from app.questions import events as questions
from app.reputation import jobs, listeners, queries
from app.reputation.cli import reputation
from app.reputation.events import PointsChanged
from app.reputation.queries.standing import may_add_topics, may_confirm_answers, may_merge_topics
from app.reputation.views import desk, points, standing
from app.topics.policy import register_merge_right
from app.trust.events import TrustChanged

register_topics_right(may_add_topics)
register_confirm_right(may_confirm_answers)
register_merge_right(may_merge_topics)

_ITEM_EVENTS = (
    content.ContentPublished, content.CommentAdded, content.ContentEdited, content.ContentDeleted,
    content.ContentHidden, content.ContentRestored, content.TopicsAdded,
)  # fmt: skip


def _level(actor: Actor, person: PersonLine) -> ProfileMark | None:
    shown = queries.shown_standing(person.id)
    if shown is None or not shown.points:
        return None
    return ProfileMark(
        _("Level %(level)s", level=shown.level),
        ngettext("· %(num)s point", "· %(num)s points", shown.points),
    )


people.register_mark(_level)

FEATURE = Feature(
    name="reputation",
    blueprints=(points.blueprint, desk.blueprint, standing.blueprint),
    listeners=(
        *(Listener(f"reputation.settle.{each.name}", each, listeners.settle) for each in _ITEM_EVENTS),
        Listener("reputation.settle.ContentLiked", content.ContentLiked, listeners.settle_like),
        Listener("reputation.settle.ContentUnliked", content.ContentUnliked, listeners.settle_like),
        Listener("reputation.settle.AnswerAccepted", questions.AnswerAccepted, listeners.settle_answer),
        Listener("reputation.settle.AnswerUnaccepted", questions.AnswerUnaccepted, listeners.settle_answer),
        Listener("reputation.settle.InvitationTaken", InvitationTaken, listeners.settle_invitation),
        Listener("reputation.settle.TrustChanged", TrustChanged, listeners.settle),
        Listener("reputation.forget_person", PersonErased, listeners.forget),
        Listener("reputation.hint", PointsChanged, listeners.hint),
    ),
    commands=(reputation,),
    jobs=(Job("settle_waiting_acts", 10, jobs.settle_waiting),),
)
