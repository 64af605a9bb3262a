"""Post history becomes revisions: how a post read after each edit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from app.cli.bulk import in_chunks, insert_rows, update_rows
from app.cli.stackexchange.memory import Memory, fingerprint
from app.cli.stackexchange.outline import post_key, user_key
from app.cli.stackexchange.rows import HistoryEntry, HistoryKind
from app.cli.stackexchange.run import Outcome, Run
from app.cli.stackexchange.source import Table
from app.cli.stackexchange.texts import CONVERTER_VERSION, from_markdown
from app.content.models import ContentItem, Revision
from app.core.clock import as_moment
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.lib.text import clean_line

_TITLES = (HistoryKind.INITIAL_TITLE, HistoryKind.EDIT_TITLE, HistoryKind.ROLLBACK_TITLE)
_BODIES = (HistoryKind.INITIAL_BODY, HistoryKind.EDIT_BODY, HistoryKind.ROLLBACK_BODY)
_MAX_TITLE = 200
_MAX_COMMENT = 400


@dataclass(frozen=True, slots=True)
class _Version:
    """How a post read from one moment on."""

    title: str
    body: str
    user_id: int | None
    moment: int
    comment: str


def import_history(run: Run) -> None:
    """Write the versions of every post that was ever edited. Holds the file's texts in memory.

    The revisions of a post that people here edited since stay as they are.
    """
    memory = Memory(run.source_id, "history:")
    entries = run.steps("History", run.reader.history(), run.reader.count(Table.POST_HISTORY))
    for chunk in in_chunks(_changed(run, memory, _by_post(run, entries)), 200):
        ids = {post_id: run.content[post_key(post_id)] for post_id, _, _ in chunk}
        stored = _stored(ids.values())
        mine = [
            (post_id, versions, mark)
            for post_id, versions, mark in chunk
            if stored.get(ids[post_id], 0) == memory[f"history:{post_id}"].get("count", 0)
        ]
        rows = [
            _row(run, ids[post_id], number, version)
            for post_id, versions, _ in mine
            for number, version in enumerate(versions, start=1)
        ]
        with unit_of_work():
            db.session.execute(
                delete(Revision).where(Revision.content_id.in_([ids[post_id] for post_id, _, _ in mine]))
            )
            insert_rows(Revision, rows)
            update_rows(
                ContentItem,
                [{"id": ids[post_id], "revision": max(len(versions), 1)} for post_id, versions, _ in mine],
            )
            memory.remember(
                {
                    f"history:{post_id}": {"whole": mark, "count": len(versions)}
                    for post_id, versions, mark in mine
                }
            )
        run.touched.update(run.content[post_key(run.outline.root_of[post_id])] for post_id, _, _ in mine)
        run.tally.add("revisions", Outcome.ADDED, len(rows))
        run.tally.add("revisions", Outcome.OURS, len(chunk) - len(mine))


def _by_post(run: Run, entries: Iterable[HistoryEntry]) -> dict[int, list[HistoryEntry]]:
    posts: defaultdict[int, list[HistoryEntry]] = defaultdict(list)
    for entry in entries:
        run.suggested.note(entry)
        if entry.post_id in run.outline.root_of:
            if entry.kind in _TITLES or entry.kind in _BODIES:
                posts[entry.post_id].append(entry)
        elif entry.post_id not in run.outline.posts:
            run.problems.add(Table.POST_HISTORY, entry.id, "the post it is about is not in the dump")
    return posts


def _changed(
    run: Run, memory: Memory, posts: dict[int, list[HistoryEntry]]
) -> Iterator[tuple[int, list[_Version], str]]:
    """The posts whose versions differ from those of the last import; a post never edited has none."""
    for post_id, entries in posts.items():
        versions = _versions(entries)
        if len(versions) < 2:
            versions = []
        editors = [_editor(run, version.user_id) for version in versions]
        mark = fingerprint(versions, editors, CONVERTER_VERSION)
        remembered = memory[f"history:{post_id}"]
        if remembered.get("whole") != mark and (versions or remembered.get("count")):
            yield post_id, versions, mark


def _versions(entries: list[HistoryEntry]) -> list[_Version]:
    """The versions of one post in order. What an edit leaves alone is as it was."""
    edits: dict[str, list[HistoryEntry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.created, entry.id)):
        edits.setdefault(entry.revision, []).append(entry)
    versions: list[_Version] = []
    title, body = "", None
    for edit in edits.values():
        for entry in edit:
            if entry.kind in _TITLES:
                title = clean_line(entry.text, _MAX_TITLE)
            else:
                body = from_markdown(entry.text)
        if body is None:
            continue
        first = edit[0]
        comment = next((entry.comment for entry in edit if entry.comment), "")
        versions.append(
            _Version(title, body, first.user_id, as_moment(first.created), clean_line(comment, _MAX_COMMENT))
        )
    return versions


def _stored(content_ids: Iterable[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Revision.content_id, func.count())
        .where(Revision.content_id.in_(list(content_ids)))
        .group_by(Revision.content_id)
    )
    return dict(rows.all())


def _row(run: Run, content_id: int, number: int, version: _Version) -> dict[str, Any]:
    return {
        "content_id": content_id,
        "number": number,
        "title": version.title,
        "body_source": version.body,
        "edited_by": _editor(run, version.user_id),
        "edited_at": version.moment,
        "comment": version.comment,
    }


def _editor(run: Run, user_id: int | None) -> int | None:
    person = None if user_id is None else run.people.get(user_key(user_id))
    return person.id if person else None
