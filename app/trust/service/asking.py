"""Who is asked about an item: whether it is still true, or to look at it again."""

from __future__ import annotations

from app.accounts.queries import people_with_role
from app.content.models import ContentItem
from app.core.outbox import emit
from app.trust.events import CheckAsked
from app.trust.models import OFFICIAL, ContentTrust
from app.trust.policy import owners_of, topic_ids_of, who_sees


def asked_if_true(item: ContentItem, root: ContentItem, row: ContentTrust) -> list[int]:
    """Who answers for it; else who owns its topics; else who made it official, or wrote it; else the editors.

    Nobody who has left, and nobody who may not see it. At most seven statements.
    """
    return _first(item, root, row, item.author_id)


def ask_to_check(item: ContentItem, root: ContentItem, row: ContentTrust, *, by: int | None = None) -> None:
    """Ask who may say that it still stands, and who wrote it, to look at it; not `by`, whose change is the reason.

    As `asked_if_true`, but of what is not official who asked rather than who wrote it: they accepted it.
    """
    asked = {*_first(item, root, row, root.author_id), *who_sees([item.author_id], item)} - {by}
    if asked:
        emit(CheckAsked(item.id, root.id, tuple(sorted(asked))))


def _first(item: ContentItem, root: ContentItem, row: ContentTrust, otherwise: int) -> list[int]:
    official = OFFICIAL in (row.state, row.was)
    for some in (
        [row.owner_id],
        owners_of(topic_ids_of(root.id)),
        [row.official_by if official else otherwise],
        [*people_with_role("editor")] or [*people_with_role("administrator")],
    ):
        if found := who_sees([each for each in some if each is not None], item):
            return found
    return []
