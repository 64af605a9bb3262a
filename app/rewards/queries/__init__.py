"""Reading the catalogue, orders, statements and the report."""

from app.rewards.queries.catalogue import OFFERED, catalogue, has_points, has_rewards, reward_page
from app.rewards.queries.desk import choices, desk_rewards, reward_details
from app.rewards.queries.loyalty import loyalty, loyalty_lines, terms
from app.rewards.queries.orders import ORDERS_PAGE, desk_counts, desk_orders, my_orders, order_titles
from app.rewards.queries.report import report
from app.rewards.queries.statement import statement

__all__ = [
    "OFFERED", "ORDERS_PAGE", "catalogue", "choices", "desk_counts", "desk_orders", "desk_rewards",
    "has_points", "has_rewards", "loyalty", "loyalty_lines", "my_orders", "order_titles", "report",
    "reward_details", "reward_page", "statement", "terms",
]  # fmt: skip
