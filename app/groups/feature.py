"""What this feature mounts."""

from app.core.feature import Feature

FEATURE = Feature(name="groups")
