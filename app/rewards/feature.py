"""What rewards mount."""

from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.files.policy import Holder, register_holder
from app.people.events import PersonErased
from app.reputation.schemas import BonusPlace, register_bonus_place, register_spending_check
from app.rewards import jobs, listeners, policy, queries, service, views
from app.rewards.cli import rewards_group
from app.rewards.models import Reward

register_holder(Holder(Reward.picture_id, policy.can_see_picture))
register_spending_check(service.check_orders)
register_bonus_place(BonusPlace("/rewards", queries.has_rewards, queries.has_points))

FEATURE = Feature(
    name="rewards",
    blueprints=views.BLUEPRINTS,
    listeners=(Listener("rewards.forget_person", PersonErased, listeners.forget),),
    jobs=(Job("rewards.watch_expiry", 60, jobs.watch_expiry),),
    commands=(rewards_group,),
)
