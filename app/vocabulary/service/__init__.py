"""Keeping synonyms, and noting what was looked for in vain."""

from app.vocabulary.service.missing import forget_missed, note_missed
from app.vocabulary.service.synonyms import add, bring_in, change, remove

__all__ = ["add", "bring_in", "change", "forget_missed", "note_missed", "remove"]
