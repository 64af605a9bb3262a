"""What trust mounts."""

from app.content import events as content
from app.content.queries.accepted import register_confirmed
from app.content.schemas import register_trust
from app.content.service.opening import register_read
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.core.overlay import register_personal
from app.people.events import PersonErased
from app.trust import jobs, listeners, queries, service
from app.trust.events import OfficialChanged, TrustChanged, ValidAgain
from app.trust.schemas import trusted_kinds
from app.trust.views import overlays, pages

register_trust(queries.marks, trusted_kinds())
register_confirmed(queries.CONFIRMED_BY_ACTOR)
register_read(service.opened)
register_personal("beyond", overlays.beyond)
register_personal("limits", overlays.limits)

FEATURE = Feature(
    name="trust",
    blueprints=(pages.blueprint,),
    listeners=(
        Listener("trust.follow_edit", content.ContentEdited, listeners.follow_edit),
        Listener("trust.follow_deleted", content.ContentDeleted, listeners.follow_gone),
        Listener("trust.follow_hidden", content.ContentHidden, listeners.follow_gone),
        Listener("trust.recall", OfficialChanged, listeners.recall),
        Listener("trust.relieve", ValidAgain, listeners.relieve),
        Listener("trust.hint", TrustChanged, listeners.hint_state),
        Listener("trust.forget_person", PersonErased, listeners.forget_person),
    ),
    jobs=(
        Job("trust.watch_validity", 10, jobs.watch_validity),
        Job("trust.forget_openings", 1440, jobs.forget_openings),
    ),
)
