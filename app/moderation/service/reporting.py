"""Saying that something breaks the rules."""

from __future__ import annotations

from typing import Any

from app.content.policy import access_item, can_report
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.characters import clean_characters
from app.lib.text import is_blank
from app.moderation.events import ContentReported
from app.moderation.models import OPEN, REASONS, Report

#: Longest note of a report, in characters.
MAX_NOTE = 1000


def report(actor: Actor, public_id: str, reason: str, note: str = "") -> bool:
    """Tell the moderators about something one sees; whether it is told now, not already before.

    Two or three SELECTs and an INSERT. Raises `Invalid` (fields reason, note), `NotFound` for what is not seen,
    `Forbidden` for one's own text and for what is hidden already.
    """
    note = clean_characters(note).strip()
    note = "" if is_blank(note) else note
    _check(reason, note)
    with unit_of_work():
        item, root = access_item(actor, public_id)
        if not can_report(actor, item):
            raise Forbidden(_("This can't be reported: you wrote it, or it is hidden already."))
        row = {
            "content_id": item.id, "reporter_id": actor.person_id, "reason": reason, "note": note,
            "created_at": clock.now(), "state": OPEN,
        }  # fmt: skip
        told = db.session.scalar(
            insert(Report)
            .values(row)
            .on_conflict_do_nothing(index_elements=["content_id", "reporter_id"])
            .returning(Report.id)
        )
        if told is None:
            return False
        emit(ContentReported(item.id, root.id, item.group_id, actor.person_id, reason))
        return True


def _check(reason: str, note: str) -> None:
    errors: dict[str, Any] = {}
    if reason not in REASONS:
        errors["reason"] = _("Choose what is wrong.")
    if len(note) > MAX_NOTE:
        errors["note"] = _("The note is longer than %(most)s characters.", most=MAX_NOTE)
    elif reason == "other" and not note:
        errors["note"] = _("Say in a few words what is wrong.")
    if errors:
        raise Invalid(next(iter(errors.values())), errors=errors)
