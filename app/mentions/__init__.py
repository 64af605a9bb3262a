"""Mentions: completion of names while typing, and "Mentions of me"."""
