"""What experts mount."""

from app.content import events as content
from app.content.policy import register_confirmers
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.expertise import jobs, listeners
from app.expertise.cli import expertise
from app.expertise.events import StrengthsChanged
from app.expertise.queries.confirming import may_confirm
from app.expertise.queries.shown import best
from app.expertise.views import pages
from app.people import events as people
from app.people.queries import register_note, register_tab
from app.questions import events as questions
from app.topics.events import TopicChanged
from app.topics.queries import register_experts
from app.trust.events import TrustChanged

register_tab(pages.tab)
register_note(pages.note)
register_experts(best)
register_confirmers(may_confirm)

_THREAD = (
    content.ContentEdited, content.ContentDeleted, content.ContentHidden, content.ContentRestored, content.TopicsAdded,
)  # fmt: skip
_MOVED = (people.PersonMoved, people.PersonLeft, people.PersonReturned)

FEATURE = Feature(
    name="expertise",
    blueprints=(pages.blueprint,),
    listeners=(
        *(Listener(f"expertise.count_thread.{each.name}", each, listeners.count_thread) for each in _THREAD),
        *(Listener(f"expertise.count_person.{each.name}", each, listeners.count_person) for each in _MOVED),
        Listener("expertise.count_thanks", content.ContentPublished, listeners.count_thanks),
        Listener("expertise.count_liked", content.ContentLiked, listeners.count_liked),
        Listener("expertise.count_unliked", content.ContentUnliked, listeners.count_liked),
        Listener("expertise.count_accepted", questions.AnswerAccepted, listeners.count_accepted),
        Listener("expertise.count_unaccepted", questions.AnswerUnaccepted, listeners.count_accepted),
        Listener("expertise.count_trusted", TrustChanged, listeners.count_trusted),
        Listener("expertise.forget_person", people.PersonErased, listeners.forget),
        Listener("expertise.entitle", StrengthsChanged, listeners.entitle),
        Listener("expertise.rename", TopicChanged, listeners.rename),
    ),
    jobs=(Job("expertise.recount", 1440, jobs.recount),),
    commands=(expertise,),
)
