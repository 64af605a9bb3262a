"""What this feature mounts."""

from app.core.feature import Feature, Job
from app.vocabulary import service
from app.vocabulary.views import desk, helping

FEATURE = Feature(
    name="vocabulary",
    blueprints=(desk.blueprint, helping.blueprint),
    jobs=(Job("vocabulary.forget_missed", 24 * 60, service.forget_missed),),
)
