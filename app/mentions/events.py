"""What happens to mentions."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class MentionsRead(Event):
    """A person has looked through their mentions; what was new until then is known to them."""

    person_id: int
    until: int
