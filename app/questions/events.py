"""What happens to questions."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class AnswerAccepted(Event):
    """An answer was accepted."""

    question_id: int
    answer_id: int
    answer_author_id: int
    actor_id: int


@dataclass(frozen=True)
class AnswerUnaccepted(Event):
    """An accepted answer no longer is: the asker changed their mind."""

    question_id: int
    answer_id: int
    answer_author_id: int
    actor_id: int
