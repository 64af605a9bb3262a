"""Pages of thanks and badges."""

from app.badges.views import cabinet, giving

tab = cabinet.tab
BLUEPRINTS = (giving.blueprint, cabinet.blueprint)

__all__ = ["BLUEPRINTS", "tab"]
