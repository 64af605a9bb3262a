"""What the source no longer has: removed, unless people here have built on it.

Then a publication or comment is marked deleted and its thread stays, and a person has left. Nothing is removed after
a dump whose users, posts or comments could not be read to the end.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, or_, select

from app.cli.bulk import in_chunks, update_rows
from app.cli.stackexchange.memory import Memory
from app.cli.stackexchange.naming import naming_of
from app.cli.stackexchange.references import referenced
from app.cli.stackexchange.run import Outcome, Run
from app.content.models import (
    ANSWER,
    COMMENT,
    DELETED,
    QUESTION,
    ContentItem,
    PersonOrigin,
    Reaction,
    TopicOrigin,
)
from app.core import clock
from app.core.db import db
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.people.events import PersonLeft
from app.people.models import LEFT, Handle, Person
from app.reputation.models import Entry
from app.search.schemas import COMMENT as COMMENT_DOCUMENT
from app.search.schemas import PERSON, PUBLICATION, TOPIC
from app.topics.models import Topic

#: What the import itself hangs on a row; it goes with the row and holds nothing.
_OURS_ON_CONTENT = (
    "content_items.root_id", "content_items.parent_id", "reactions.content_id", "content_origins.content_id",
    "content_topics.content_id", "topic_givers.content_id", "person_mentions.content_id", "group_mentions.content_id",
    "content_revisions.content_id", "content_links.from_id", "content_links.to_id", "questions.content_id",
    "questions.accepted_id",
)  # fmt: skip
_OURS_ON_PEOPLE = ("handles.person_id", "person_origins.person_id", "person_words.person_id")
#: Where the ledger names people. It keeps its rows for good, and the people of them: without a name.
_LEDGER_OF_PEOPLE = (
    "reputation_entries.person_id",
    "reputation_entries.actor_id",
    "reputation_balances.person_id",
    "reputation_days.person_id",
)
_OURS_ON_TOPICS = ("topic_origins.topic_id",)

_WORD = {QUESTION: "questions", ANSWER: "answers", COMMENT: "comments"}
#: Rows that point at others go first.
_ORDER = (COMMENT, ANSWER, QUESTION)


def remove_content(run: Run, seen: Collection[str], memories: Iterable[Memory]) -> None:
    """Remove the rows whose keys are not among `seen`, or mark them deleted when something of ours hangs on them."""
    gone = {run.content[key]: key for key in run.content if key not in seen}
    if not gone or not run.outline.is_whole:
        return
    rows = _gone_rows(gone)
    held = _held(set(gone))
    for id_ in tuple(held):
        held.update(above for above in (rows[id_].root_id, rows[id_].parent_id) if above in gone)
    removed = sorted((id_ for id_ in gone if id_ not in held), key=lambda id_: _ORDER.index(rows[id_].kind))
    buried = [id_ for id_ in held if rows[id_].state != DELETED]
    for chunk in in_chunks(removed):
        _remove(run, [rows[id_] for id_ in chunk])
    _bury(run, [rows[id_] for id_ in buried])
    with unit_of_work():
        for memory in memories:
            memory.forget([key for key in map(gone.__getitem__, (*removed, *buried)) if key in memory])
        for prefix in ("accepted:", "history:"):
            posts = (gone[id_] for id_ in removed if gone[id_].startswith("post:"))
            Memory(run.source_id, prefix).forget(key.replace("post:", prefix) for key in posts)
    run.touched.update(rows[id_].root_id or id_ for id_ in (*removed, *buried))
    run.touched.difference_update(removed)
    for id_ in removed:
        del run.content[gone[id_]]


def _gone_rows(gone: Iterable[int]) -> dict[int, Any]:
    columns = (
        ContentItem.id,
        ContentItem.root_id,
        ContentItem.parent_id,
        ContentItem.kind,
        ContentItem.state,
    )
    return {
        row.id: row
        for chunk in in_chunks(gone)
        for row in db.session.execute(select(*columns).where(ContentItem.id.in_(chunk)))
    }


def _remove(run: Run, rows: Sequence[Any]) -> None:
    """Delete rows, those that point at others first."""
    with unit_of_work():
        for kind in _ORDER:
            ids = [row.id for row in rows if row.kind == kind]
            db.session.execute(delete(ContentItem).where(ContentItem.id.in_(ids)))
            run.note(PUBLICATION if kind == QUESTION else COMMENT_DOCUMENT, ids)
            run.tally.add(_WORD[kind], Outcome.REMOVED, len(ids))


def _bury(run: Run, rows: Sequence[Any]) -> None:
    """Mark rows deleted; what people here wrote below them is seen no more either."""
    with unit_of_work():
        update_rows(ContentItem, [{"id": row.id, "state": DELETED} for row in rows])
        for row in rows:
            run.note_thread(row.id, row.root_id or row.id)
            run.tally.add(_WORD[row.kind], Outcome.KEPT)


def remove_people(run: Run) -> None:
    """Remove the people whom the source no longer has and nobody here refers to; the others have left.

    Of somebody whom the ledger alone remembers the row stays, and nothing in it says who it was.
    """
    gone = {person.id: key for key, person in run.gone_people.items()}
    if not gone:
        return
    memory = Memory(run.source_id, "user:")
    held = referenced(Person, gone, apart_from=(*_OURS_ON_PEOPLE, *_LEDGER_OF_PEOPLE))
    left = [id_ for id_ in held if gone[id_] in memory]
    in_ledger = _in_ledger(set(gone) - held)
    for chunk in in_chunks(sorted(in_ledger)):
        _make_nameless(run, memory, {id_: gone[id_] for id_ in chunk})
    for chunk in in_chunks(id_ for id_ in gone if id_ not in held and id_ not in in_ledger):
        with unit_of_work():
            db.session.execute(delete(Person).where(Person.id.in_(chunk)))
            memory.forget([gone[id_] for id_ in chunk])
            run.note(PERSON, chunk)
        run.tally.add("people", Outcome.REMOVED, len(chunk))
    with unit_of_work():
        update_rows(Person, [{"id": id_, "state": LEFT, "left_on": clock.today()} for id_ in left])
        memory.forget([gone[id_] for id_ in left])
        for id_ in left:
            emit(PersonLeft(id_))
    run.tally.add("people", Outcome.KEPT, len(left))


def _in_ledger(ids: Iterable[int]) -> set[int]:
    """Those people of whom the ledger has entries."""
    return {
        id_
        for chunk in in_chunks(ids)
        for column in (Entry.person_id, Entry.actor_id)
        for id_ in db.session.scalars(select(column).where(column.in_(chunk)).distinct())
        if id_ is not None
    }


def _make_nameless(run: Run, memory: Memory, people: Mapping[int, str]) -> None:
    """Take from people everything but their number. Who comes back to the site is somebody new here."""
    naming = naming_of("", "Former user")
    with unit_of_work():
        for model, column in ((PersonOrigin, PersonOrigin.person_id), (Handle, Handle.person_id)):
            db.session.execute(delete(model).where(column.in_(people)))
        update_rows(
            Person,
            [
                {
                    "id": id_, "personnel_number": f"former/{id_}", "handle": f"former/{id_}",
                    "first_name": naming.first, "last_name": naming.last, "name": naming.full,
                    "sort_name": naming.full.casefold(), "latin_name": naming.full.casefold(),
                    "about": "", "about_html": "", "state": LEFT, "left_on": clock.today(),
                }
                for id_ in people
            ],
        )  # fmt: skip
        memory.forget(people.values())
        run.note(PERSON, people)
    for key in people.values():
        del run.gone_people[key]
    run.tally.add("people", Outcome.REMOVED, len(people))


def remove_topics(run: Run) -> None:
    """Forget the tags that the source no longer has; a topic that the import made and nobody uses goes with its tag."""
    if not run.outline.is_whole:
        return
    memory = Memory(run.source_id, "tag:")
    rows = db.session.execute(
        select(TopicOrigin.key, TopicOrigin.topic_id).where(TopicOrigin.source_id == run.source_id)
    )
    gone = {key: topic_id for key, topic_id in rows if key not in run.topics}
    made = [topic_id for key, topic_id in gone.items() if memory[f"tag:{key}"].get("made")]
    with unit_of_work():
        for chunk in in_chunks(gone):
            db.session.execute(
                delete(TopicOrigin).where(TopicOrigin.source_id == run.source_id, TopicOrigin.key.in_(chunk))
            )
        still_used = referenced(Topic, made, apart_from=())
        unused = [topic_id for topic_id in made if topic_id not in still_used]
        db.session.execute(delete(Topic).where(Topic.id.in_(unused)))
        memory.forget([f"tag:{key}" for key in gone])
        run.note(TOPIC, unused)
    run.gone_topics = [topic_id for topic_id in gone.values() if topic_id not in unused]
    run.tally.add("topics", Outcome.REMOVED, len(unused))
    run.tally.add("topics", Outcome.KEPT, len(gone) - len(unused))


def _held(gone: set[int]) -> set[int]:
    """Those of the rows that are gone on which something of ours hangs: a comment, a like, a file, a report, …"""
    held = referenced(ContentItem, gone, apart_from=_OURS_ON_CONTENT)
    for chunk in in_chunks(gone):
        held.update(
            db.session.scalars(
                select(Reaction.content_id).where(
                    Reaction.content_id.in_(chunk), Reaction.person_id.is_not(None)
                )
            )
        )
        for root_id, parent_id in db.session.execute(
            select(ContentItem.root_id, ContentItem.parent_id).where(
                or_(ContentItem.root_id.in_(chunk), ContentItem.parent_id.in_(chunk)),
                ContentItem.id.not_in(gone),
            )
        ):
            held.update(above for above in (root_id, parent_id) if above in gone)
    return held
