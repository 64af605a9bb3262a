"""What this feature mounts."""

from app.cli.imports import import_group
from app.core.feature import Feature

FEATURE = Feature(name="cli", commands=(import_group,))
