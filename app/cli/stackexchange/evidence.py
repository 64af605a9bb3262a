"""What only the dump knows and the ledger and badges are computed from, kept as it came.

Accounts with the reputation that the site states, what is counted of a question, edits that somebody else approved.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.cli.bulk import in_chunks
from app.cli.stackexchange.memory import Memory
from app.cli.stackexchange.run import Run
from app.cli.stackexchange.source import Table
from app.cli.stackexchange.suggested import EDITED
from app.core.unit_of_work import unit_of_work

ACCOUNT = "account:"
COUNTED = "counted:"
#: The site's own background process has no points.
_COMMUNITY = -1

_Records = Iterator[tuple[str, Mapping[str, Any]]]


def keep_evidence(run: Run) -> None:
    """Keep what the dump says. One pass over users and posts; transactions of 2000 records."""
    _keep(run, ACCOUNT, _accounts(run))
    _keep(run, COUNTED, _counted(run))
    _keep(run, EDITED, run.suggested.records(run.outline.posts), Table.POST_HISTORY)


def _accounts(run: Run) -> _Records:
    for user in run.reader.users():
        if user.id != _COMMUNITY:
            yield (
                f"{ACCOUNT}{user.id}",
                {"Reputation": user.reputation, "CreationDate": user.created.isoformat()},
            )


def _counted(run: Run) -> _Records:
    for post in run.reader.posts():
        if post.id in run.outline.root_of:
            wiki = (
                {"CommunityOwnedDate": post.community_owned.date().isoformat()}
                if post.community_owned
                else {}
            )
            views = {"ViewCount": post.views} if post.views else {}
            if wiki or views:
                yield f"{COUNTED}{post.id}", wiki | views


def _keep(run: Run, prefix: str, records: _Records, table: Table | None = None) -> None:
    """Keep the records, and forget those that a whole dump no longer has."""
    memory = Memory(run.source_id, prefix)
    seen: set[str] = set()
    for chunk in in_chunks(records, 2000):
        with unit_of_work():
            memory.remember(dict(chunk))
        seen.update(key for key, _ in chunk)
    if run.outline.is_whole and (table is None or run.reader.is_whole(table)):
        with unit_of_work():
            memory.forget(key for key in memory if key not in seen)
