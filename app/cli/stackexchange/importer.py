"""Bringing one dump in, step by step.

Each step writes in short transactions of its own and can be repeated: an import that was interrupted is completed by
running it again. Only one import runs at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from app.cli.stackexchange import drafts
from app.cli.stackexchange.acceptance import import_acceptance
from app.cli.stackexchange.counters import recount
from app.cli.stackexchange.evidence import keep_evidence
from app.cli.stackexchange.history import import_history
from app.cli.stackexchange.items import ItemWriter, known_content
from app.cli.stackexchange.ledger import import_ledger
from app.cli.stackexchange.likes import import_comment_scores, import_votes
from app.cli.stackexchange.links import import_badges, import_links
from app.cli.stackexchange.memory import Memory
from app.cli.stackexchange.outline import read_outline
from app.cli.stackexchange.people import import_people
from app.cli.stackexchange.problems import Problems
from app.cli.stackexchange.reader import DumpReader
from app.cli.stackexchange.run import Progress, Run, Tally
from app.cli.stackexchange.source import Dump
from app.cli.stackexchange.topics import import_topics
from app.cli.stackexchange.vanished import remove_content, remove_people, remove_topics
from app.content.models import Source
from app.core import audit, clock
from app.core.db import db
from app.core.unit_of_work import unit_of_work


@dataclass(frozen=True)
class Report:
    """What an import did and what it left out. `is_whole` is False when nothing could be taken for gone."""

    site: str
    tally: Tally
    problems: Problems
    is_whole: bool


def import_dump(dump: Dump, progress: Progress, *, is_indexed: bool) -> Report:
    """Make Shopfloor hold what `dump` says of its site, and keep what was written here since.

    With `is_indexed` the search index follows; without one it has to be built afterwards, for no event tells of
    imported content. Takes about 2 ms a row.
    """
    problems = Problems()
    reader = DumpReader(dump, problems)
    outline = read_outline(reader, problems)
    run = Run(reader, outline, problems, progress, _source_id(dump.site), is_indexed)
    import_people(run)
    import_topics(run)
    run.content = known_content(run.source_id)
    posts, comments = Memory(run.source_id, "post:"), Memory(run.source_id, "comment:")
    writers = [
        _write(run, "questions", posts, drafts.questions(run), outline.questions),
        _write(run, "answers", posts, drafts.answers(run), outline.answers),
        _write(run, "comments", comments, drafts.comments(run), outline.comments),
    ]
    accepted_at = import_votes(run)
    import_comment_scores(run)
    import_acceptance(run, accepted_at)
    import_links(run)
    import_history(run)
    import_badges(run)
    keep_evidence(run)
    remove_content(run, frozenset().union(*(writer.seen for writer in writers)), (posts, comments))
    import_ledger(run)
    remove_topics(run)
    remove_people(run)
    recount(run)
    _note_import(run)
    return Report(dump.site, run.tally, problems, outline.is_whole)


def _write(run: Run, what: str, memory: Memory, items: Iterator[drafts.Draft], length: int) -> ItemWriter:
    writer = ItemWriter(run, what, memory)
    writer.write(run.steps(what.capitalize(), items, length))
    return writer


def _source_id(site: str) -> int:
    code = f"stackexchange:{site}"
    with unit_of_work():
        source = db.session.scalars(select(Source).where(Source.code == code)).first()
        if source is None:
            source = Source(
                code=code, name=f"Stack Exchange ({site})", url=f"https://{site}", imported_at=clock.now()
            )
            db.session.add(source)
            db.session.flush()  # everything that follows needs its id
        return source.id


def _note_import(run: Run) -> None:
    with unit_of_work():
        db.session.get_one(Source, run.source_id).imported_at = clock.now()
        audit.record(
            "import.stackexchange",
            f"source:{run.site}",
            actor_id=None,
            counts={f"{what} {outcome}": number for (what, outcome), number in run.tally.counts.items()},
            problems=len(run.problems),
        )
