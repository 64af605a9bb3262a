"""Use cases of thanks and badges."""

from app.badges.service.automatic import award, follow_merge, recompute
from app.badges.service.editing import change_badge, make_badge, retire_badge
from app.badges.service.importing import replace_imported
from app.badges.service.thanking import say_thanks

__all__ = [
    "award",
    "change_badge",
    "follow_merge",
    "make_badge",
    "recompute",
    "replace_imported",
    "retire_badge",
    "say_thanks",
]
