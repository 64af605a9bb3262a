"""What articles mount."""

from app.articles import jobs, listeners, policy, queries
from app.articles.events import ArticlePassed, ArticleReviewed
from app.articles.views import BLUEPRINTS
from app.content.models import ARTICLE
from app.content.schemas import ContentKind, register_kind
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.people.events import PersonChanged, PersonErased, PersonLeft, PersonMoved
from app.trust.schemas import TrustedKind, register_trusted

register_kind(
    ContentKind(
        ARTICLE, composed=True, titled=True, answers=True, facts=queries.FACTS, read_facts=queries.read_facts,
        mark=queries.REVIEW_BY,
        made_of=queries.MADE_OF, may_edit=policy.may_edit, may_delete=policy.may_delete, pages="/articles",
    )
)  # fmt: skip
register_trusted(TrustedKind(ARTICLE))

FEATURE = Feature(
    name="articles",
    blueprints=BLUEPRINTS,
    listeners=(
        Listener("articles.hand_over_left", PersonLeft, listeners.hand_over_left),
        Listener("articles.hand_over_moved", PersonMoved, listeners.hand_over_moved),
        Listener("articles.refresh_person", PersonChanged, listeners.refresh_cards_of_person),
        Listener("articles.forget_person", PersonErased, listeners.forget_person),
        Listener("articles.hint_reviewed", ArticleReviewed, listeners.hint_changed),
        Listener("articles.hint_passed", ArticlePassed, listeners.hint_changed),
    ),
    jobs=(Job("articles.remind", 60, jobs.remind_owners),),
)
