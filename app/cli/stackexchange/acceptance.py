"""Accepted answers: taken over from the source, unless somebody here has chosen otherwise since."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app.cli.bulk import in_chunks, update_rows
from app.cli.stackexchange.memory import Memory
from app.cli.stackexchange.outline import post_key
from app.cli.stackexchange.run import Outcome, Run
from app.content.models import ContentItem
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.questions.models import Question

#: What is remembered: question id there → answer id there.
_Answers = dict[str, dict[str, Any]]


def import_acceptance(run: Run, accepted_at: Mapping[int, int]) -> None:
    """Make each question's accepted answer equal to the source's; `accepted_at` are moments by answer."""
    memory = Memory(run.source_id, "accepted:")
    questions = [post_id for post_id, root in run.outline.root_of.items() if post_id == root]
    for chunk in in_chunks(questions):
        ids = {post_id: run.content[post_key(post_id)] for post_id in chunk}
        shown = _shown(ids.values())
        published = _published(run.content[post_key(a)] for a in map(run.outline.accepted.get, chunk) if a)
        rows: list[dict[str, Any]] = []
        remembered: _Answers = {}
        for post_id, content_id in ids.items():
            key, answer = f"accepted:{post_id}", run.outline.accepted.get(post_id)
            now, before, wanted = (
                shown[content_id],
                _content_of(run, memory[key].get("answer")),
                _content_of(run, answer),
            )
            if now.accepted_id not in (before, wanted):
                run.tally.add("accepted answers", Outcome.OURS, int(wanted != before))
                continue
            if answer is not None or key in memory:
                remembered[key] = {"answer": answer}
            moment = accepted_at.get(answer or 0, published.get(wanted or 0))
            row = _row(content_id, wanted, now.author_id, moment)
            is_theirs = wanted is not None and key in memory and before == wanted
            differs = any(getattr(now, name) != value for name, value in row.items())
            if now.accepted_id != wanted or (is_theirs and differs):
                rows.append(row)
        _write(run, memory, rows, remembered)


def _write(run: Run, memory: Memory, rows: list[dict[str, Any]], remembered: _Answers) -> None:
    """Free the answers that changed questions before giving them anew: an answer is accepted once."""
    nobody = {"accepted_id": None, "accepted_by": None, "accepted_at": None}
    with unit_of_work():
        update_rows(Question, [{**row, **nobody} for row in rows], key="content_id")
        update_rows(Question, rows, key="content_id")
        memory.remember(remembered)
    run.touched.update(row["content_id"] for row in rows)
    run.tally.add("accepted answers", Outcome.ADDED, sum(row["accepted_id"] is not None for row in rows))
    run.tally.add("accepted answers", Outcome.REMOVED, sum(row["accepted_id"] is None for row in rows))


def _shown(content_ids: Iterable[int]) -> dict[int, Any]:
    """The questions as they are now."""
    rows = db.session.execute(
        select(
            Question.content_id,
            Question.accepted_id,
            Question.accepted_by,
            Question.accepted_at,
            ContentItem.author_id,
        )
        .join(ContentItem, ContentItem.id == Question.content_id)
        .where(Question.content_id.in_(list(content_ids)))
    )
    return {row.content_id: row for row in rows}


def _published(content_ids: Iterable[int]) -> dict[int, int]:
    """When answers were written: the moment of acceptance where no vote says it."""
    columns = select(ContentItem.id, ContentItem.published_at)
    return dict(db.session.execute(columns.where(ContentItem.id.in_(list(content_ids)))).all())


def _content_of(run: Run, answer: int | None) -> int | None:
    return None if answer is None else run.content.get(post_key(answer))


def _row(content_id: int, answer: int | None, asker: int, moment: int | None) -> dict[str, Any]:
    return {
        "content_id": content_id,
        "accepted_id": answer,
        "accepted_by": None if answer is None else asker,
        "accepted_at": None if answer is None else moment,
    }
