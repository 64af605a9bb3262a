"""What this feature mounts."""

from app.core.feature import Feature
from app.people.views import blueprint

FEATURE = Feature(name="people", blueprints=(blueprint,))
