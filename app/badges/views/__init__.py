"""Pages of thanks and badges."""

from app.badges.views import cabinet, desk, giving

tab = cabinet.tab
BLUEPRINTS = (giving.blueprint, cabinet.blueprint, desk.blueprint)

__all__ = ["BLUEPRINTS", "tab"]
