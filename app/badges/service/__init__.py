"""Use cases of thanks and badges."""

from app.badges.service.thanking import say_thanks

__all__ = ["say_thanks"]
