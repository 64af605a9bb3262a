"""When a text is edited: what was vouched for is what it said before, so it is checked anew. Corrections pass.

All of it in the open unit of work, with the publication locked.
"""

from __future__ import annotations

from sqlalchemy import select

from app.content.models import ContentItem, Revision
from app.core import audit
from app.core.db import db
from app.core.outbox import emit
from app.lib.rewording import is_slight
from app.trust.events import OfficialChanged, Reworded
from app.trust.models import CHECK, CONFIRMED, OFFICIAL, ContentTrust
from app.trust.policy import who_sees
from app.trust.queries import confirmers, is_shown, trust_row
from app.trust.service.asking import ask_to_check, asked_if_true
from app.trust.service.rows import row_for, told, turn


def text_changed(item: ContentItem, root: ContentItem, editor_id: int) -> None:
    """A text was edited: what is official is recalled, what was accepted or confirmed is to be checked.

    Again changes nothing. Whose word it rests on may change it and it stays: who made it official or answers for that;
    who asked and accepted it. A dozen statements at most.
    """
    accepted = is_shown(item, root)
    row = trust_row(item.id, lock=True)
    if row is None:
        if not accepted and not confirmers(item.id):
            return
        row = row_for(item)
        # Nothing is stored of what was accepted or confirmed as it was published.
        row.revision = row.text_from = 1
    before, row.revision = row.revision, item.revision
    if OFFICIAL in (row.state, row.was):
        row.text_from = item.revision
        if before != item.revision:
            _official_changed(item, root, row, before, editor_id)
    elif row.changed_from is not None and is_slight(_text(item, row.changed_from), _text(item)):
        # What they vouched for stands there again.
        row.text_from = row.changed_from
        turn(row, row.was)
        audit.record("trust.checked", f"item:{item.public_id}", actor_id=None, state=row.state)
        told(item, root)
    elif not is_slight(_text(item, row.text_from), _text(item)):
        vouched, row.text_from = row.text_from, item.revision
        if CONFIRMED in (row.state, row.was) or (accepted and editor_id != root.author_id):
            _drop(item, root, row, vouched, editor_id, accepted=accepted)


def vouched(item: ContentItem, root: ContentItem) -> None:
    """Who may accept stands behind an answer as it reads now; a check of its text is done. Two statements."""
    row = trust_row(item.id, lock=True)
    if row is None and item.revision == 1:
        return
    row = row or row_for(item)
    row.revision = row.text_from = item.revision
    if row.changed_from is not None:
        turn(row, row.was)
        told(item, root)


def accepted_again(item: ContentItem, root: ContentItem, accepted_at: int | None) -> None:
    """What was accepted at a moment is so again: to be checked, when it was rewritten since. A few statements."""
    then = select(Revision.number).where(
        Revision.content_id == item.id, Revision.edited_at <= (accepted_at or 0)
    )
    number = db.session.scalar(then.order_by(Revision.number.desc()).limit(1)) or 1
    if is_slight(_text(item, number), _text(item)):
        return
    row = row_for(item)
    row.revision = row.text_from = item.revision
    _drop(item, root, row, number, item.author_id, accepted=True)


def _official_changed(
    item: ContentItem, root: ContentItem, row: ContentTrust, before: int, editor_id: int
) -> None:
    emit(OfficialChanged(item.id, root.id, "edited", before, editor_id))
    if row.state != CHECK and editor_id not in (row.official_by, row.owner_id):
        turn(row, CHECK, was=row.state, changed_from=before)
        audit.record("trust.to_check", f"item:{item.public_id}", actor_id=None, why="edited")
        ask_to_check(item, root, row, by=editor_id)
        told(item, root)


def _drop(
    item: ContentItem, root: ContentItem, row: ContentTrust, vouched: int, editor_id: int, *, accepted: bool
) -> None:
    """Have it checked, and ask who vouched for it; once, however often it is rewritten until they have looked."""
    if row.changed_from is not None:
        return
    turn(row, CHECK, was=row.was or row.state, changed_from=vouched)
    audit.record("trust.to_check", f"item:{item.public_id}", actor_id=None, why="reworded")
    people = {*confirmers(item.id, since=vouched), *([root.author_id] if accepted else [])} - {editor_id}
    asked = who_sees(sorted(people), item) or asked_if_true(item, root, row)
    if found := tuple(each for each in asked if each != editor_id):
        emit(Reworded(item.id, root.id, found, vouched, editor_id))
    told(item, root)


def _text(item: ContentItem, revision: int | None = None) -> str:
    """What an item says, or said in a revision: in the latest kept text up to it. One SELECT for what it said."""
    if revision is None or revision >= item.revision:
        return f"{item.title}\n{item.body_source}"
    kept = select(Revision).where(Revision.content_id == item.id, Revision.number <= revision)
    found = db.session.scalars(kept.order_by(Revision.number.desc()).limit(1)).first()
    return _text(item) if found is None else f"{found.title}\n{found.body_source}"
