"""What reputation mounts."""

from app.content import events as content
from app.core.actor import Actor
from app.core.feature import Feature, Job
from app.core.i18n import gettext as _
from app.core.i18n import ngettext
from app.core.outbox import Listener
from app.people import queries as people
from app.people.schemas import PersonLine, ProfileMark
from app.questions import events as questions
from app.reputation import jobs, listeners, queries
from app.reputation.events import PointsChanged
from app.reputation.views import standing

_ITEM_EVENTS = (
    content.ContentPublished, content.CommentAdded, content.ContentEdited, content.ContentDeleted,
    content.ContentHidden, content.ContentRestored, content.TopicsAdded,
)  # fmt: skip


def _level(actor: Actor, person: PersonLine) -> ProfileMark | None:
    standing = queries.shown_standing(person.id)
    if standing is None or not standing.points:
        return None
    points = ngettext("· %(num)s point", "· %(num)s points", standing.points)
    return ProfileMark(_("Level %(level)s", level=standing.level), points)


people.register_mark(_level)

FEATURE = Feature(
    name="reputation",
    blueprints=(standing.blueprint,),
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
