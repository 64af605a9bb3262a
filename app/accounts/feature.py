"""What this feature mounts."""

from app.accounts import jobs, listeners
from app.accounts.cli import commands
from app.accounts.events import SessionsEnded
from app.accounts.queries.inviting import is_expected
from app.accounts.views import blueprint, inviting
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.people.events import PersonLeft
from app.people.queries import register_act

register_act(inviting.act, only_if=is_expected())

FEATURE = Feature(
    name="accounts",
    blueprints=(blueprint,),
    commands=commands,
    listeners=(
        Listener("accounts.cut_sessions", SessionsEnded, listeners.cut_sessions),
        Listener("accounts.cut_person", PersonLeft, listeners.cut_person),
    ),
    jobs=(
        Job("accounts.end_expired_sessions", 5, jobs.end_expired_sessions),
        Job("accounts.forget_old_sessions", 24 * 60, jobs.forget_old_sessions),
    ),
)
