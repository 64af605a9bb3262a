"""Pages of rewards."""

from app.rewards.views import catalogue, desk, ordering

BLUEPRINTS = (catalogue.blueprint, ordering.blueprint, desk.blueprint)

__all__ = ["BLUEPRINTS"]
