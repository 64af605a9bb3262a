"""What is read about mentions: completion while typing, and the page "Mentions of me"."""

from app.mentions.queries.completion import complete
from app.mentions.queries.listing import mine

__all__ = ["complete", "mine"]
