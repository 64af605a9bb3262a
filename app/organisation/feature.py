"""What this feature mounts."""

from app.core.feature import Feature
from app.organisation.views import blueprint

FEATURE = Feature(name="organisation", blueprints=(blueprint,))
