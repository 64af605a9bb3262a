"""What this feature mounts."""

from app.core.feature import Feature
from app.mentions.views import blueprint

FEATURE = Feature(name="mentions", blueprints=(blueprint,))
