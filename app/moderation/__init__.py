"""Moderation: employees report what breaks the rules; moderators hide and restore with a reason the author sees."""
