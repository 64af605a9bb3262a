"""Use cases of rewards: order, handle orders, make rewards, set levels of loyalty, watch points that expire."""

from app.rewards.service.editing import change_reward, make_reward, retire_reward
from app.rewards.service.expiring import watch_expiry
from app.rewards.service.handling import forget_person, move_order
from app.rewards.service.loyalty import set_loyalty
from app.rewards.service.ordering import order_reward
from app.rewards.service.verifying import check_orders

__all__ = [
    "change_reward", "check_orders", "forget_person", "make_reward", "move_order", "order_reward", "retire_reward",
    "set_loyalty", "watch_expiry",
]  # fmt: skip
