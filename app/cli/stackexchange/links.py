"""Post links become links between publications; badges are kept as they came, for the badge cabinet."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from app.badges import service as badges
from app.cli.bulk import in_chunks
from app.cli.stackexchange.memory import Memory
from app.cli.stackexchange.outline import post_key, user_key
from app.cli.stackexchange.rows import LinkKind
from app.cli.stackexchange.run import Outcome, Run
from app.cli.stackexchange.source import Table
from app.content.models import ContentLink
from app.core.clock import as_moment
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert

_KINDS = {LinkKind.LINKED: "linked", LinkKind.DUPLICATE: "duplicate"}


def import_links(run: Run) -> None:
    """Make the links between questions equal to the source's. One transaction."""
    memory = Memory(run.source_id, "link:")
    wanted = dict(_links(run))
    gone = [] if not _all_there(run, Table.POST_LINKS) else [key for key in memory if key not in wanted]
    rows = [
        {"from_id": run.content[fields["from"]], "to_id": run.content[fields["to"]], "kind": fields["kind"],
         "created_at": fields["created"]}
        for key, fields in wanted.items() if key not in memory
    ]  # fmt: skip
    with unit_of_work():
        for key in gone:
            _remove(run, memory[key], wanted)
        for chunk in in_chunks(rows):
            statement = insert(ContentLink).on_conflict_do_nothing(
                index_elements=["from_id", "to_id", "kind"]
            )
            db.session.execute(statement, chunk)
        memory.remember(wanted)
        memory.forget(gone)
    run.tally.add("links", Outcome.ADDED, len(rows))
    run.tally.add("links", Outcome.REMOVED, len(gone))
    run.tally.add("links", Outcome.UNCHANGED, len(wanted) - len(rows))


def import_badges(run: Run) -> None:
    """Keep who was given which badge, and when."""
    memory = Memory(run.source_id, "badge:")
    seen: set[str] = set()
    for chunk in in_chunks(run.steps("Badges", _badges(run), run.reader.count(Table.BADGES)), 2000):
        records = dict(chunk)
        new = sum(key not in memory for key in records)
        with unit_of_work():
            memory.remember(records)
        seen.update(records)
        run.tally.add("badges", Outcome.ADDED, new)
        run.tally.add("badges", Outcome.UNCHANGED, len(records) - new)
    if _all_there(run, Table.BADGES):
        gone = [key for key in memory if key not in seen]
        with unit_of_work():
            memory.forget(gone)
        run.tally.add("badges", Outcome.REMOVED, len(gone))
    badges.replace_imported(run.source_id, _given(run))


def _given(run: Run) -> Iterator[tuple[int, str, int, int]]:
    """Every badge that is kept and whose owner is here: person, name, grade, moment."""
    memory = Memory(run.source_id, "badge:")
    for key in memory:
        fields = memory[key]
        person = run.people.get(user_key(fields["UserId"]))
        if person is not None:
            yield (
                person.id,
                fields["Name"],
                fields["Class"],
                as_moment(datetime.fromisoformat(fields["Date"])),
            )


def _all_there(run: Run, table: Table) -> bool:
    return run.outline.is_whole and run.reader.is_whole(table)


def _links(run: Run) -> Iterator[tuple[str, dict[str, Any]]]:
    """The links whose ends are there. A link of an answer is one of its question."""
    for link in run.reader.post_links():
        kind = _KINDS.get(LinkKind(link.kind)) if link.kind in set(LinkKind) else None
        start, end = run.outline.root_of.get(link.post_id), run.outline.root_of.get(link.related_id)
        if kind is None:
            run.problems.add(Table.POST_LINKS, link.id, "links of this kind are not known")
        elif start is None or end is None:
            run.problems.add(Table.POST_LINKS, link.id, "one of the posts it joins is not in the dump")
        elif start != end:
            yield (
                f"link:{link.id}",
                {
                    "from": post_key(start),
                    "to": post_key(end),
                    "kind": kind,
                    "created": as_moment(link.created),
                },
            )


def _remove(run: Run, fields: Any, wanted: dict[str, dict[str, Any]]) -> None:
    """Remove a link that the source no longer has, unless another row of it says the same."""
    ends = (fields["from"], fields["to"], fields["kind"])
    if ends in {(other["from"], other["to"], other["kind"]) for other in wanted.values()}:
        return
    start, end = run.content.get(fields["from"]), run.content.get(fields["to"])
    if start is not None and end is not None:
        db.session.execute(
            delete(ContentLink).where(
                ContentLink.from_id == start, ContentLink.to_id == end, ContentLink.kind == fields["kind"]
            )
        )


def _badges(run: Run) -> Iterator[tuple[str, dict[str, Any]]]:
    for badge in run.reader.badges():
        if badge.user_id not in run.outline.names:
            run.problems.add(Table.BADGES, badge.id, "the user who was given it is not in the dump")
            continue
        yield (
            f"badge:{badge.id}",
            {
                "UserId": badge.user_id,
                "Name": badge.name,
                "Date": badge.given.isoformat(),
                "Class": badge.badge_class,
                "TagBased": badge.tag_based,
            },
        )
