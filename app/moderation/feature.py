"""What moderation mounts, and what it tells the features below."""

from app.content.events import ContentDeleted
from app.content.schemas import register_hidden_reasons
from app.core.feature import Feature
from app.core.outbox import Listener
from app.files.policy import register_parent_rule
from app.moderation import listeners
from app.moderation.policy import sees_reported
from app.moderation.queries import hidden_reasons
from app.moderation.views import blueprint

register_hidden_reasons(hidden_reasons)
register_parent_rule(sees_reported)

FEATURE = Feature(
    name="moderation",
    blueprints=(blueprint,),
    listeners=(Listener("moderation.close_reports", ContentDeleted, listeners.close_reports),),
)
