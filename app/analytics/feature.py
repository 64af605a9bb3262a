"""What analytics mounts."""

from app.analytics.views import blueprint
from app.core.feature import Feature

FEATURE = Feature(name="analytics", blueprints=(blueprint,))
