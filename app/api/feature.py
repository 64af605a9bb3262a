"""What this feature mounts."""

from app.api.endpoint import blueprint
from app.api.views import describing, directory, reading, rewards, trusting, writing
from app.core.feature import Feature

#: The modules whose endpoints are mounted; importing them is what mounts.
ENDPOINTS = (reading, directory, writing, trusting, rewards, describing)

FEATURE = Feature(name="api", blueprints=(blueprint,))
