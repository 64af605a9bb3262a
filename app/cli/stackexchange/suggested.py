"""Edits that somebody suggested and somebody else approved: they are worth points to who suggested them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.cli.stackexchange.rows import HistoryEntry, HistoryKind

EDITED = "suggested:"
_EDITS = (HistoryKind.EDIT_TITLE, HistoryKind.EDIT_BODY, HistoryKind.EDIT_TAGS)


class SuggestedEdits:
    """Collects, from the post history as it is read, which edits were suggested by somebody and approved."""

    def __init__(self) -> None:
        self._edits: dict[str, HistoryEntry] = {}
        self._approved: dict[str, None] = {}

    def note(self, entry: HistoryEntry) -> None:
        """Look at a row. Only the first row of an edit is kept, without its text."""
        if entry.kind == HistoryKind.SUGGESTION_APPLIED:
            self._approved[entry.revision] = None
        elif entry.kind in _EDITS and entry.user_id is not None:
            self._edits.setdefault(entry.revision, replace(entry, text=""))

    def records(self, posts: Collection[int]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The approved edits of the posts that are there."""
        for revision in self._approved:
            edit = self._edits.get(revision)
            if edit is not None and edit.post_id in posts:
                yield (
                    f"{EDITED}{edit.id}",
                    {
                        "PostId": edit.post_id,
                        "UserId": edit.user_id,
                        "CreationDate": edit.created.date().isoformat(),
                    },
                )
