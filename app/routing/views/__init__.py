"""Pages and acts of routing."""

from app.routing.views import asked, care, desk

BLUEPRINTS = (asked.blueprint, care.blueprint, desk.blueprint)
