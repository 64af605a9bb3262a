"""What the page shell mounts."""

from app.core.feature import Feature
from app.web import views

FEATURE = Feature(name="web", blueprints=(views.blueprint,))
