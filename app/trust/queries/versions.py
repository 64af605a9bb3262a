"""What an item said and showed in earlier versions, and whether it still does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from app.content.models import QUESTION, ContentItem, Revision
from app.content.schemas import FILES_CHANGED
from app.core.audit import AuditEntry
from app.core.db import db
from app.lib.rewording import is_slight

#: Question marks at the end of a word. In an answer they make a doubt of it; a question asks the same without.
_ASKING = re.compile(r"\?+(?=\s|$)")


def is_same(item: ContentItem, revision: int) -> bool:
    """Whether an item says what it said in a version, but for corrections, with the same photos and files.

    Two SELECTs, none for the present version.
    """
    if revision >= item.revision:
        return True
    before, now = _text(item, revision), _text(item)
    if item.kind == QUESTION:
        before, now = (_ASKING.sub(" ", each) for each in (before, now))
    return is_slight(before, now) and not files_changed_since(item, revision)


def files_changed_since(item: ContentItem, revision: int) -> bool:
    """Whether photos or files came or went after a version; also when they were put back. One SELECT."""
    return any(
        _number(row) > revision and (row.details["added"] or row.details["removed"])
        for row in _file_changes(item)
    )


def revision_at(item: ContentItem, moment: int) -> int:
    """The version that an item had just before a moment. Two SELECTs."""
    kept = select(Revision.number).where(Revision.content_id == item.id, Revision.edited_at < moment)
    text = db.session.scalar(kept.order_by(Revision.number.desc()).limit(1)) or 1
    return max(text, *(_number(row) for row in _file_changes(item) if row.happened_at < moment), 1)


def _text(item: ContentItem, revision: int | None = None) -> str:
    """What an item says, or said in a revision: in the latest kept text up to it. One SELECT for what it said."""
    if revision is None:
        return f"{item.title}\n{item.body_source}"
    kept = select(Revision).where(Revision.content_id == item.id, Revision.number <= revision)
    found = db.session.scalars(kept.order_by(Revision.number.desc()).limit(1)).first()
    return _text(item) if found is None else f"{found.title}\n{found.body_source}"


def _file_changes(item: ContentItem) -> Sequence[Row[Any]]:
    of_it = (AuditEntry.subject == f"item:{item.public_id}", AuditEntry.action == FILES_CHANGED)
    return db.session.execute(select(AuditEntry.happened_at, AuditEntry.details).where(*of_it)).all()


def _number(row: Row[Any]) -> int:
    """The version that a change of files made; 0 where that was not written down."""
    return int(row.details.get("revision", 0))
