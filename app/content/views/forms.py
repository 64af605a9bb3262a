"""Reading what forms of content send."""

from __future__ import annotations

import secrets

from flask import request

from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _


def text(name: str, *, most: int = 500_000) -> str:
    """A text field as typed, "" when absent. Raises `Invalid` when it is absurdly long.

    What a text may have at most is for its use case to say; here it is only kept from being looked at at all.
    """
    value = request.form.get(name, "")
    if len(value) > most:
        raise Invalid(_("This is longer than %(most)s characters.", most=most), field=name)
    return value


def file_ids() -> tuple[str, ...]:
    """The uploaded files named by the form, each once."""
    return tuple(dict.fromkeys(value for value in request.form.getlist("files") if value))


def idempotency_key() -> str | None:
    """The key of the intended act: the header or the form field, or None."""
    key = request.headers.get("Idempotency-Key") or request.form.get("idempotency_key") or ""
    return key[:100] or None


def late() -> bool:
    """Whether the text waited on its writer's device before it was sent (docs/unsent.md)."""
    return request.form.get("late") == "1"


def new_key() -> str:
    """A key for a form that is about to be shown."""
    return secrets.token_urlsafe(12)
