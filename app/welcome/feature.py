"""What this feature mounts."""

from app.core.feature import Feature
from app.welcome.views import blueprint

FEATURE = Feature(name="welcome", blueprints=(blueprint,))
