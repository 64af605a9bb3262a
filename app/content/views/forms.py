"""Reading what forms of content send."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import Any, BinaryIO, cast

from flask import g, request

from app.core.errors import DomainError, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.web import actor, config
from app.files import queries
from app.files import service as files


def text(name: str, *, most: int = 500_000) -> str:
    """A text field as typed, "" when absent. Raises `Invalid` when it is absurdly long.

    What a text may have at most is for its use case to say; here it is only kept from being looked at at all.
    """
    value = request.form.get(name, "")
    if len(value) > most:
        raise Invalid(_("This is longer than %(most)s characters.", most=most), field=name)
    return value


def file_ids() -> tuple[str, ...]:
    """The uploaded files named by the form, each once, in the order it asks for, and those `take_files` has kept."""
    named = list(dict.fromkeys(value for value in request.form.getlist("files") if value))
    places = {file_id: _place(file_id, number) for number, file_id in enumerate(named, 1)}
    return (*sorted(named, key=places.__getitem__), *g.get("taken_files", ()))


def _place(file_id: str, number: int) -> tuple[int, int]:
    """Where a file is to stand: what is moved forward goes before what stands there, what is moved back after it."""
    asked = request.form.get(f"order-{file_id}", "")
    place = int(asked) if asked.isdecimal() and len(asked) < 4 else number
    return (place, (place > number) - (place < number))


def take_files() -> tuple[str, ...]:
    """The files of the form, those kept first that came with it: so they come where no script sends them before.

    Raises `Invalid` (field "files") for one that is not accepted; those before it are kept and named by `file_ids`.
    """
    taken: list[str] = g.setdefault("taken_files", [])
    key = idempotency_key()
    for number, sent in enumerate(request.files.getlist("upload")):
        if not sent.filename:
            continue
        try:
            kept = files.upload(
                actor(),
                cast(BinaryIO, sent.stream),
                sent.filename,
                most_bytes=config().upload_max_bytes,
                key=key and f"{key}:{number}",  # a form that is sent twice brings its files once
            )
        except DomainError as error:
            raise Invalid(f"{sent.filename[:80]}: {error.message}", field="files") from error
        taken.append(kept.id)
    return file_ids()


def offered_files(*content_ids: int) -> list[dict[str, Any]]:
    """The files that the form named, for showing it again as it was filled in. One SELECT, none without files."""
    named = file_ids()
    if not named:
        return []
    alts = file_alts()
    found = queries.offered(actor().person_id, content_ids, named)
    return [{**asdict(each), "alt": alts.get(each.id, each.alt)} for each in found]


def file_alts() -> dict[str, str]:
    """What the form says its pictures show, by public id."""
    return {
        file_id: request.form[name] for file_id in file_ids() if (name := f"alt-{file_id}") in request.form
    }


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
