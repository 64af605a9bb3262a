"""What this feature mounts."""

from app.comms.views import blueprint
from app.core.feature import Feature

FEATURE = Feature(name="comms", blueprints=(blueprint,))
