"""What the page shell mounts."""

from app.core.feature import Feature
from app.web import views
from app.web.offline import sharing
from app.web.offline import views as offline

FEATURE = Feature(name="web", blueprints=(views.blueprint, offline.blueprint, sharing.blueprint))
