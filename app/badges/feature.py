"""What thanks and badges mount."""

from app.badges import queries, views
from app.content.models import THANKS
from app.content.schemas import ContentKind, register_kind
from app.core.feature import Feature
from app.people.queries import register_tab
from app.reputation.schemas import ActSource, register_acts

register_kind(ContentKind(THANKS, composed=True, details=queries.card_details))
register_tab(views.tab)
register_acts(ActSource(of_item=queries.thanked_of, stream=queries.thanked_acts))

FEATURE = Feature(name="badges", blueprints=views.BLUEPRINTS)
