"""Pages of thanks and badges."""

from app.badges.views import cabinet, desk, giving

tab, act = cabinet.tab, cabinet.act
BLUEPRINTS = (giving.blueprint, cabinet.blueprint, desk.blueprint)

__all__ = ["BLUEPRINTS", "act", "tab"]
