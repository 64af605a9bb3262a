"""When a text or its question is edited: what was vouched for is what stood there, so it is checked anew.

Corrections pass. All of it in the open unit of work, with the publication locked.
"""

from __future__ import annotations

from sqlalchemy import or_, select

from app.content.models import PUBLISHED, ContentItem
from app.core import audit
from app.core.db import db
from app.core.outbox import emit
from app.trust.events import OfficialChanged, Reworded
from app.trust.models import CHECK, CONFIRMED, OFFICIAL, OPINION, ContentConfirmation, ContentTrust
from app.trust.policy import can_trust, who_sees
from app.trust.queries import confirmers, is_same, is_shown, revision_at, trust_row
from app.trust.service.asking import ask_to_check, asked_if_true
from app.trust.service.rows import row_for, told, turn


def text_changed(item: ContentItem, root: ContentItem, editor_id: int) -> None:
    """A text or its files changed: what is official is recalled, what was accepted or confirmed is to be checked.

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
    elif row.changed_from is not None and row.because_id is None and is_same(item, row.changed_from):
        row.text_from = row.changed_from
        _put_back(item, root, row)
    elif not is_same(item, row.text_from):
        vouched, row.text_from = row.text_from, item.revision
        if CONFIRMED in (row.state, row.was) or (accepted and editor_id != root.author_id):
            _drop(item, root, row, vouched, editor_id, _vouchers(item, root, vouched, accepted))


def question_changed(asked: ContentItem, accepted: tuple[int, int] | None, editor_id: int) -> None:
    """A question or its files changed: who vouched for an answer to what it asked before is asked anew.

    `accepted` is the answer that it shows, and since when. Again changes nothing. Whoever rewrote it, as it is another
    question; who asked sees so on its page, and is not told. Some six statements for each answer that somebody vouched
    for, and two for each confirmation.
    """
    accepted_id, accepted_at = accepted or (None, 0)
    for answer in _vouched_answers(asked, accepted_id):
        row = trust_row(answer.id, lock=True)
        answered_before = _judge_confirmations(answer, asked)
        if row is not None and row.changed_from is not None:
            if row.because_id == asked.id and is_same(asked, row.changed_from):
                _put_back(answer, asked, row)
            continue
        shown = answer.id == accepted_id
        since = max(row.since if row is not None else 0, accepted_at if shown else 0)
        if not shown and (row is None or not {CONFIRMED, OFFICIAL} & {row.state, row.was}):
            continue
        if not is_same(asked, number := revision_at(asked, since)):
            row = row or row_for(answer)
            people = {*answered_before, *_standing_behind(row, asked, shown)}
            _drop(answer, asked, row, number, editor_id, people, because=asked)


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
    """What was accepted at a moment is so again: to be checked, if it or its question was rewritten since.

    A dozen statements.
    """
    number, asked = revision_at(item, accepted_at or 0), revision_at(root, accepted_at or 0)
    itself = is_same(item, number)
    if itself and is_same(root, asked):
        return
    row = row_for(item)
    if itself:
        _drop(item, root, row, asked, root.author_id, {root.author_id}, because=root)
    else:
        row.revision = row.text_from = item.revision
        _drop(item, root, row, number, item.author_id, _vouchers(item, root, number, accepted=True))


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
    item: ContentItem,
    root: ContentItem,
    row: ContentTrust,
    vouched: int,
    editor_id: int,
    people: set[int],
    *,
    because: ContentItem | None = None,
) -> None:
    """Have it checked, and ask who vouched for it; once, however often it is rewritten until they have looked.

    `vouched` is the version of the text that changed: of its own, or of the question, which is `because` then.
    """
    if row.changed_from is not None:
        return
    because_id = because.id if because is not None else None
    turn(row, CHECK, was=row.was or row.state, because_id=because_id, changed_from=vouched)
    why = "question" if because is not None else "reworded"
    audit.record("trust.to_check", f"item:{item.public_id}", actor_id=None, why=why)
    asked = who_sees(sorted(people - {editor_id}), item)
    if not asked and not (because is not None and editor_id in people):
        asked = asked_if_true(item, root, row)
    if found := tuple(each for each in asked if each != editor_id):
        emit(Reworded(item.id, root.id, found, vouched, editor_id, of_question=because is not None))
    told(item, root)


def _put_back(item: ContentItem, root: ContentItem, row: ContentTrust) -> None:
    """What they vouched for stands there again: it counts as before, unless the other text has changed meanwhile."""
    other, because_id = (item, None) if row.because_id is not None else (root, root.id)
    then = revision_at(other, row.since)
    if item is not root and not is_same(other, then):
        turn(row, CHECK, was=row.was, because_id=because_id, changed_from=then)
    else:
        turn(row, row.was)
        audit.record("trust.checked", f"item:{item.public_id}", actor_id=None, state=row.state)
    told(item, root)


def _vouchers(item: ContentItem, root: ContentItem, vouched: int, accepted: bool) -> set[int]:
    """Who confirmed a text as it has read since a version, and who accepted it. One SELECT."""
    return {*confirmers(item.id, since=vouched), *([root.author_id] if accepted else [])}


def _standing_behind(row: ContentTrust, asked: ContentItem, shown: bool) -> set[int]:
    """Who vouches for an answer but by confirming it: who made it official and answers for it; else who asked."""
    if OFFICIAL in (row.state, row.was):
        return {each for each in (row.official_by, row.owner_id) if each is not None}
    return {asked.author_id} if shown else set()


def _vouched_answers(asked: ContentItem, accepted_id: int | None) -> list[ContentItem]:
    """The published answers of a question for which somebody stands, locked, by id. One SELECT."""
    confirmed = select(ContentConfirmation.content_id)
    trusted = select(ContentTrust.content_id).where(ContentTrust.state != OPINION)
    found = select(ContentItem).where(
        ContentItem.root_id == asked.id,
        ContentItem.state == PUBLISHED,
        or_(ContentItem.id == accepted_id, ContentItem.id.in_(confirmed), ContentItem.id.in_(trusted)),
    )
    locked = found.order_by(ContentItem.id).with_for_update().execution_options(populate_existing=True)
    return [each for each in db.session.scalars(locked) if can_trust(each)]


def _judge_confirmations(answer: ContentItem, asked: ContentItem) -> list[int]:
    """Let confirmations count that were given to what the question asks now, and no others; who gave those."""
    rows = select(ContentConfirmation).where(ContentConfirmation.content_id == answer.id)
    others = []
    for each in db.session.scalars(rows.order_by(ContentConfirmation.person_id)).all():
        counts = is_same(asked, revision_at(asked, each.confirmed_at))
        each.revision = abs(each.revision) if counts else -abs(each.revision)
        if not counts:
            others.append(each.person_id)
    db.session.flush()  # they are counted in SQL
    return others
