"""What a use case raises. The edges turn each into the right status, as a page, a fragment or problem+json.

Texts are lazy translations, so that they are said in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class DomainError(Exception):
    """A use case could not do what was asked; `message` is for the person who asked."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad-request"

    def __init__(self, message: Any = "", *, field: str | None = None) -> None:
        super().__init__(str(message) if isinstance(message, str) else self.code)
        self.message = message
        self.field = field


class NotSignedIn(DomainError):
    """Nobody is signed in, or the session has ended."""

    status = 401
    code = "not-signed-in"


class Forbidden(DomainError):
    """The person sees the object but may not do this with it."""

    status = 403
    code = "forbidden"


class NotFound(DomainError):
    """There is no such object, or the person may not know that there is."""

    status = 404
    code = "not-found"


class Conflict(DomainError):
    """Somebody else was first: a stale edit, a name that is taken."""

    status = 409
    code = "conflict"


class TooLarge(DomainError):
    """A file or text is larger than allowed."""

    status = 413
    code = "too-large"


class UnsupportedType(DomainError):
    """A file of a type that is not accepted."""

    status = 415
    code = "unsupported-type"


class Invalid(DomainError):
    """Input that breaks a rule; `errors` maps field names to messages."""

    status = 422
    code = "invalid"

    def __init__(
        self, message: Any = "", *, field: str | None = None, errors: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message, field=field)
        self.errors: dict[str, Any] = dict(errors or {})
        if field is not None:
            self.errors.setdefault(field, message)


class TooMany(DomainError):
    """Asked too often; `retry_after` is in seconds."""

    status = 429
    code = "too-many"

    def __init__(self, message: Any = "", *, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after
