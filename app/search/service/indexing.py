"""Keeping the index: marking what changed, draining the marks in one lane, rebuilding, comparing.

Besides, noting the questions that were answered before they were asked.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, delete, func, literal, or_, select, tuple_, update

from app.content.models import ContentItem, ContentTopic
from app.content.policy import access_publication
from app.content.service import drafts
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Change, Progress, Put, Remove, SearchUnavailable
from app.core.fulltext.locks import LockTimeout
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import after_commit, unit_of_work
from app.core.upsert import insert
from app.expertise.models import Expertise
from app.files.models import File
from app.lib.characters import clean_characters
from app.search.events import AnswerFound
from app.search.models import Deflection, SearchPending
from app.search.queries import documents, pending, similar
from app.search.schemas import COMMENT, FILE, KEEP_ASKED, MOST_KEPT, PUBLICATION, TOPIC, Suggestion
from app.trust import service as trust
from app.trust.queries import marks

log = logging.getLogger(__name__)

#: Documents applied at once.
BATCH = 500
#: The event id of a repair.
REPAIR = 0
#: From this part of the documents an engine is made for, operators are told.
NEARLY_MOST = 0.8

Key = tuple[str, int]


@dataclass(frozen=True)
class Health:
    """How the index is, in words."""

    healthy: bool
    words: str
    #: Whether something is to be done before long.
    warning: bool = False


@dataclass(frozen=True)
class Drift:
    """How index and database differ: in the database alone, in the index alone, in both but not the same."""

    missing: tuple[Key, ...] = ()
    left_over: tuple[Key, ...] = ()
    outdated: tuple[Key, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """Everything that differs."""
        return (*self.missing, *self.left_over, *self.outdated)


def mark(keys: Iterable[Key], event_id: int) -> None:
    """Have these documents read anew, soon after the open unit of work commits. One INSERT."""
    rows = [{"kind": kind, "document_id": id_, "event_id": event_id} for kind, id_ in dict.fromkeys(keys)]
    if rows:
        db.session.execute(_on_conflict(insert(SearchPending)), rows)
        after_commit(_drain_soon)


def mark_item(content_id: int, root_id: int, event_id: int) -> None:
    """Have a publication with its topics, or a comment, read anew, with their files. Two or three INSERTs."""
    mark([(COMMENT if content_id != root_id else PUBLICATION, content_id)], event_id)
    _mark_files(ContentItem.id == content_id, event_id)
    if content_id == root_id:
        _mark_topics(ContentTopic.content_id == content_id, event_id)


def mark_thread(content_id: int, root_id: int, event_id: int) -> None:
    """As `mark_item`, and with a publication everything in its thread, which is seen only as long as it is."""
    mark_item(content_id, root_id, event_id)
    if content_id == root_id:
        _mark_content(ContentItem.root_id == root_id, event_id)
        _mark_files(ContentItem.root_id == root_id, event_id)


def mark_group_content(group_id: int, event_id: int) -> None:
    """Have everything that stands in a group read anew, for it was opened or closed. Three INSERTs."""
    _mark_content(ContentItem.group_id == group_id, event_id)
    _mark_files(ContentItem.group_id == group_id, event_id)
    inside = select(ContentItem.id).where(ContentItem.group_id == group_id)
    _mark_topics(ContentTopic.content_id.in_(inside), event_id)
    after_commit(_drain_soon)


def mark_about(topic_id: int, event_id: int) -> None:
    """Have every publication about a topic read anew. One INSERT."""
    about = select(ContentTopic.content_id).where(ContentTopic.topic_id == topic_id)
    _mark_content(ContentItem.id.in_(about), event_id)
    after_commit(_drain_soon)


def mark_authored(person_ids: Sequence[int], event_id: int) -> None:
    """Have everything these people wrote read anew, for they work elsewhere now. One INSERT."""
    _mark_content(ContentItem.author_id.in_(person_ids), event_id)
    after_commit(_drain_soon)


def mark_known_for(person_ids: Sequence[int], event_id: int) -> None:
    """Have what these people wrote about topics they know something of read anew. One INSERT."""
    about = (
        select(ContentTopic.content_id)
        .join(Expertise, Expertise.topic_id == ContentTopic.topic_id)
        .where(Expertise.person_id == ContentItem.author_id)
    )
    thread = func.coalesce(ContentItem.root_id, ContentItem.id)
    _mark_content(ContentItem.author_id.in_(person_ids) & thread.in_(about), event_id)
    after_commit(_drain_soon)


def drain() -> int:
    """Bring the index up to date with everything marked; how many documents were read.

    Some nine statements a batch of 500, and a short unit of work to cross out what was applied. Raises
    `SearchUnavailable`, and `LockTimeout` when another process holds the index for a minute; the marks stay.
    """
    done = 0
    while True:
        batch = _apply_batch()
        if batch:
            with unit_of_work():
                applied = tuple_(SearchPending.kind, SearchPending.document_id, SearchPending.event_id)
                db.session.execute(delete(SearchPending).where(applied.in_([tuple(row) for row in batch])))
        done += len(batch)
        if len(batch) < BATCH:
            return done


def drain_if_possible() -> bool:
    """`drain`; whether the index took it. The marks stay for the periodic job when it did not."""
    try:
        drain()
    except (SearchUnavailable, LockTimeout) as error:
        log.warning("the search index takes no changes now: %s", error)
        return False
    return True


def is_broken() -> bool:
    """Whether the index has to be rebuilt, and nobody is at it."""
    status = engine().status()
    if not status.healthy and not status.rebuilding:
        log.error("the search index is not usable: %s", status.reason)
        return True
    return False


def rebuild(progress: Progress | None = None) -> int:
    """Build the index anew from the database while the present one goes on answering; how many documents.

    Reads everything in short transactions. Raises `RebuildRunning`.
    """
    count = engine().rebuild(documents.everything(), progress)
    drain()
    log.info("search index rebuilt: %s documents", count)
    return count


def verify(*, repair: bool = True) -> Drift:
    """Compare the index with the database, and repair what differs. Reads everything.

    What changed while comparing is looked at twice. Raises `SearchUnavailable`, also for damage to the words alone,
    of which a sample is read.
    """
    drain()
    sound = engine().status()
    if not sound.healthy:
        raise SearchUnavailable(sound.reason)
    suspects = _compare(None)
    if not suspects.keys:
        return suspects
    drain()
    drift = _compare(suspects.keys)
    if repair and drift.keys:
        with unit_of_work():
            mark(drift.keys, REPAIR)
        drain()
    return drift


def status() -> Health:
    """How the index is, for operators. Opens it afresh and counts what is marked: one statement."""
    found = engine().status()
    waiting = db.session.scalar(select(func.count()).select_from(SearchPending)) or 0
    if not found.healthy:
        doing = (
            "being rebuilt"
            if found.rebuilding
            else "run `flask search rebuild`, or wait till it heals by itself"
        )
        return Health(False, f"{found.reason}; {doing}")
    size = f"{found.segments} segments, {found.size_bytes // 1_000_000} MB"
    words = f"{found.documents} documents in {size}, {waiting} waiting"
    most = found.most_documents
    if most is None or found.documents < NEARLY_MOST * most:
        return Health(True, words)
    is_too_much = found.documents > most
    limit = f"{'more than' if is_too_much else 'nearly'} the {most:,} this engine is made for"
    switch = "set SHOPFLOOR_SEARCH_BACKEND=postgresql and run `flask search rebuild`, see docs/search.md"
    return Health(not is_too_much, f"{words}; {limit}: {switch}", warning=True)


def answer_found(actor: Actor, public_id: str, asked: str) -> Suggestion:
    """Note that a question, as far as it was typed, is answered by what stands there; its draft is dropped.

    Once a day for a person and a thread: again changes nothing. Some eight statements. Raises `NotFound` for what the
    person may not see, `Invalid` for what answers nothing.
    """
    with unit_of_work():
        found = similar.one(actor, access_publication(actor, public_id).id)
        if found is None:
            raise Invalid(_("There is no answer here to have found."), field="public_id")
        now = clock.now()
        row = insert(Deflection).values(
            person_id=actor.person_id, content_id=found.id, answer_id=found.told.id if found.told else None,
            asked=clean_characters(asked.strip())[:MOST_KEPT] or None, at=now, day=now // clock.DAY,
        )  # fmt: skip
        new = row.on_conflict_do_nothing(index_elements=["person_id", "content_id", "day"])
        text_id = found.told.id if found.told else found.id
        if db.session.scalar(new.returning(Deflection.id)) is not None:
            emit(AnswerFound(found.id, text_id))
        # They have read it, though they did not open its page.
        trust.opened(actor, list(marks([text_id]).values()))
        drafts.forget(actor.person_id, "publish")
        return found


def answer_not_found(actor: Actor, public_id: str) -> None:
    """Take back what `answer_found` has just noted: it was not the answer. Two statements. Raises `NotFound`.

    Again changes nothing.
    """
    with unit_of_work():
        item = access_publication(actor, public_id)
        just_now = delete(Deflection).where(
            Deflection.person_id == actor.person_id,
            Deflection.content_id == item.id,
            Deflection.at > clock.now() - clock.HOUR,
        )
        for answer_id in db.session.scalars(just_now.returning(Deflection.answer_id)).all():
            emit(AnswerFound(item.id, answer_id or item.id))


def forget_asked(person_id: int | None = None) -> None:
    """Forget the words of questions that needed no asking: a person's, or those kept long enough. One UPDATE."""
    rule = (
        Deflection.at < clock.now() - KEEP_ASKED if person_id is None else Deflection.person_id == person_id
    )
    with unit_of_work():
        db.session.execute(update(Deflection).where(rule, Deflection.asked.is_not(None)).values(asked=None))


def _drain_soon() -> None:
    drain_if_possible()


def _apply_batch() -> list[Row[Any]]:
    batch: list[Row[Any]] = []

    def load() -> Sequence[Change]:
        # Begin a new reading transaction, so that nothing older than the lane is read.
        db.session.rollback()
        batch.extend(pending.oldest(BATCH))
        return _changes([(row.kind, row.document_id) for row in batch])

    engine().apply_loaded(load)
    return batch


def _changes(keys: Sequence[Key]) -> list[Change]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, id_ in keys:
        by_kind[kind].append(id_)
    changes: list[Change] = []
    for kind, ids in by_kind.items():
        found = {document.id: document for document in documents.load(kind, ids)}
        changes.extend(Put(found[id_]) if id_ in found else Remove(kind, id_) for id_ in ids)
    return changes


def _compare(only: Sequence[Key] | None) -> Drift:
    indexed = {(kind, id_): fingerprint for kind, id_, fingerprint in engine().all_ids()}
    if only is None:
        expected = documents.everything()
    else:
        wanted = set(only)
        indexed = {key: fingerprint for key, fingerprint in indexed.items() if key in wanted}
        expected = iter([change.document for change in _changes(only) if isinstance(change, Put)])
    missing: list[Key] = []
    outdated: list[Key] = []
    for document in expected:
        fingerprint = indexed.pop((document.kind, document.id), None)
        if fingerprint is None:
            missing.append((document.kind, document.id))
        elif fingerprint != document.fingerprint():
            outdated.append((document.kind, document.id))
    return Drift(tuple(missing), tuple(indexed), tuple(outdated))


def _mark_content(rule: ColumnElement[bool], event_id: int) -> None:
    kind = case((ContentItem.root_id.is_(None), PUBLICATION), else_=COMMENT)
    _mark_selected(select(kind, ContentItem.id, literal(event_id)).where(rule))


def _mark_files(rule: ColumnElement[bool], event_id: int) -> None:
    """The files of content, and those that its authors have taken from it: they wait without any."""
    given_up = and_(File.content_id.is_(None), File.owner_id.in_(select(ContentItem.author_id).where(rule)))
    attached = File.content_id.in_(select(ContentItem.id).where(rule))
    _mark_selected(select(literal(FILE), File.id, literal(event_id)).where(or_(attached, given_up)))


def _mark_topics(rule: ColumnElement[bool], event_id: int) -> None:
    _mark_selected(select(literal(TOPIC), ContentTopic.topic_id, literal(event_id)).where(rule).distinct())


def _mark_selected(rows: Any) -> None:
    columns = ["kind", "document_id", "event_id"]
    db.session.execute(_on_conflict(insert(SearchPending).from_select(columns, rows)))


def _on_conflict(statement: Any) -> Any:
    return statement.on_conflict_do_update(
        index_elements=["kind", "document_id"],
        set_={"event_id": statement.excluded.event_id},
        where=statement.excluded.event_id > SearchPending.event_id,
    )
