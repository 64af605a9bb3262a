"""What questions mount."""

from app.content.schemas import ContentKind, register_kind
from app.core.feature import Feature
from app.questions import queries, service, views

register_kind(ContentKind("question", on_create=service.create, accepted=queries.accepted))

FEATURE = Feature(name="questions", blueprints=(views.blueprint,))
