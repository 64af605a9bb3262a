"""What thanks and badges mount."""

from app.badges import jobs, listeners, queries, views
from app.badges.cli import badges_group
from app.badges.schemas import MOST_WORDS
from app.content.models import THANKS
from app.content.policy import register_thanks_right
from app.content.schemas import ContentKind, register_kind
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.people.events import PersonChanged
from app.people.queries import register_act, register_tab
from app.reputation.queries import is_recognised
from app.reputation.schemas import ActSource, register_acts, register_subjects
from app.topics.events import TopicsMerged

register_kind(ContentKind(THANKS, composed=True, longest=MOST_WORDS, details=queries.card_details))
register_tab(views.tab)
register_act(views.act)
register_thanks_right(is_recognised)
register_subjects(queries.names, queries.not_given)
register_acts(ActSource(of_item=queries.thanked_of, stream=queries.thanked_acts))

FEATURE = Feature(
    name="badges",
    blueprints=views.BLUEPRINTS,
    listeners=(
        Listener("badges.refresh_person", PersonChanged, listeners.refresh_cards_of_person),
        Listener("badges.topics_merged", TopicsMerged, listeners.rename_subjects),
    ),
    jobs=(Job("badges.award", 1440, jobs.award_badges),),
    commands=(badges_group,),
)
