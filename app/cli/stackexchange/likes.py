"""Votes up and comment scores become likes; every vote is kept as it came, for what will be counted from them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import delete, select

from app.cli.bulk import in_chunks, insert_rows
from app.cli.stackexchange.memory import Memory
from app.cli.stackexchange.outline import comment_key, post_key
from app.cli.stackexchange.rows import Vote, VoteKind
from app.cli.stackexchange.run import Outcome, Run
from app.cli.stackexchange.source import Table
from app.content.models import Reaction
from app.core.clock import as_moment
from app.core.db import db
from app.core.unit_of_work import unit_of_work

#: A like to be: its key, the row it is for, and when.
_Like = tuple[str, int, int]


def import_votes(run: Run) -> dict[int, int]:
    """Keep the votes and make likes of those up; the moments of acceptance by answer.

    A vote on a post that is not in the dump is noted and left out.
    """
    memory = Memory(run.source_id, "vote:")
    likes = _Likes(run, "vote:")
    accepted: dict[int, int] = {}
    length = run.reader.count(Table.VOTES)
    for chunk in in_chunks(run.steps("Votes", _placed(run), length), 2000):
        records = {f"vote:{vote.id}": _record(vote) for vote in chunk}
        new = sum(key not in memory for key in records)
        accepted.update((vote.post_id, _moment(vote)) for vote in chunk if vote.kind == VoteKind.ACCEPTED)
        with unit_of_work():
            memory.remember(records)
            likes.write(_likes(run, chunk))
        run.tally.add("votes", Outcome.ADDED, new)
        run.tally.add("votes", Outcome.UNCHANGED, len(records) - new)
        likes.seen.update(records)
    if run.reader.is_whole(Table.VOTES) and run.outline.is_whole:
        gone = [key for key in memory if key not in likes.seen]
        with unit_of_work():
            memory.forget(gone)
            likes.remove_unseen()
        run.tally.add("votes", Outcome.REMOVED, len(gone))
    return accepted


def import_comment_scores(run: Run) -> None:
    """Make as many likes as a comment has points; the source does not say when or by whom."""
    likes = _Likes(run, "comment:")
    wanted = (
        (
            f"{comment_key(comment.id)}:{number}",
            run.content[comment_key(comment.id)],
            as_moment(comment.created),
        )
        for comment in run.reader.comments()
        if comment.post_id in run.outline.root_of
        for number in range(1, comment.score + 1)
    )
    for chunk in in_chunks(wanted, 2000):
        with unit_of_work():
            likes.write(chunk)
    if run.outline.is_whole:
        with unit_of_work():
            likes.remove_unseen()


class _Likes:
    """The likes of one source whose keys begin with `prefix`; `seen` are those that the dump has."""

    def __init__(self, run: Run, prefix: str) -> None:
        self._run = run
        rows = db.session.execute(
            select(Reaction.source_key, Reaction.id, Reaction.content_id).where(
                Reaction.source_id == run.source_id, Reaction.source_key.startswith(prefix, autoescape=True)
            )
        )
        self._known = {key: (id_, content_id) for key, id_, content_id in rows}
        self.seen: set[str] = set()

    def write(self, likes: Iterable[_Like]) -> None:
        """Insert the likes that are new, in the open unit of work."""
        wanted = list(likes)
        self.seen.update(key for key, _, _ in wanted)
        rows: list[dict[str, Any]] = [
            {
                "source_id": self._run.source_id,
                "source_key": key,
                "content_id": content_id,
                "created_at": moment,
            }
            for key, content_id, moment in wanted
            if key not in self._known
        ]
        insert_rows(Reaction, rows)

    def remove_unseen(self) -> None:
        """Take away the likes that the dump no longer has, in the open unit of work."""
        gone = [id_ for key, (id_, _) in self._known.items() if key not in self.seen]
        for chunk in in_chunks(gone):
            db.session.execute(delete(Reaction).where(Reaction.id.in_(chunk)))


def _placed(run: Run) -> Iterator[Vote]:
    for vote in run.reader.votes():
        if vote.post_id in run.outline.posts:
            yield vote
        else:
            run.problems.add(Table.VOTES, vote.id, "the post it was cast on is not in the dump")


def _likes(run: Run, votes: Iterable[Vote]) -> Iterator[_Like]:
    for vote in votes:
        if vote.kind == VoteKind.UP and vote.post_id in run.outline.root_of:
            yield f"vote:{vote.id}", run.content[post_key(vote.post_id)], _moment(vote)


def _record(vote: Vote) -> dict[str, Any]:
    record = {"PostId": vote.post_id, "VoteTypeId": vote.kind, "CreationDate": vote.day.isoformat()}
    optional = {"UserId": vote.user_id, "BountyAmount": vote.bounty}
    return record | {name: value for name, value in optional.items() if value is not None}


def _moment(vote: Vote) -> int:
    return as_moment(datetime.combine(vote.day, time(), UTC))
