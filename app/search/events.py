"""What happens where answers are found without asking."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class AnswerFound(Event):
    """Somebody who began to ask found the answer, or takes back that it was one."""

    #: The question, or the text that answers by itself.
    thread_id: int
    #: What was shown of it: the answer, or the text itself.
    content_id: int
