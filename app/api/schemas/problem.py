"""What every error looks like (RFC 9457)."""

from __future__ import annotations

from app.api.schemas.base import Answer


class FieldProblem(Answer):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(Answer):
    """Why the request was not done. `title` is a stable code, `detail` a sentence in the person's language."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None
    errors: tuple[FieldProblem, ...] | None = None
