"""Making an article of a thread: what there is to choose from, and how the editor opens with what was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.articles.schemas import Begun, Piece, Thread
from app.content.models import ANSWER, COMPANY, DELETED, PUBLISHED, QUESTION, ContentItem
from app.content.policy import access_publication
from app.content.queries.accepted import accepted_answers
from app.content.queries.lines import Author, person_columns, person_line
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.prepared import Prepared, among
from app.files import queries as files
from app.files.service import MAX_FILES
from app.groups.models import Group
from app.lib.text import excerpt
from app.lib.topicline import split_topics

#: Texts of a thread to choose from.
MOST = 100
_QUOTE = 240
_TITLE = 120

_PIECES = Prepared(
    select(
        ContentItem.id, ContentItem.public_id, ContentItem.kind, ContentItem.excerpt, ContentItem.body_source,
        *person_columns("author", Author),
    )
    .join(Author, Author.id == ContentItem.author_id)
    .where(among(ContentItem.root_id, "ids"), ContentItem.state == PUBLISHED)
    .order_by(ContentItem.published_at, ContentItem.id)
    .limit(MOST)
)  # fmt: skip


def thread(actor: Actor, public_id: str) -> Thread:
    """A thread with its answers and comments, the accepted answer first. Four SELECTs. Raises `NotFound`."""
    root = _root(actor, public_id)
    accepted = accepted_answers([root.id]).get(root.id)
    pieces = []
    for row in _PIECES.all(ids=[root.id]):
        author = person_line(row, "author")
        if author is not None and row.body_source:
            quote = excerpt(row.excerpt, _QUOTE)
            pieces.append(Piece(row.public_id, author, quote, row.id == accepted, row.kind == ANSWER))
    pieces.sort(key=lambda piece: not piece.accepted)
    title = root.title or excerpt(split_topics(root.excerpt, sentences=True)[0], _TITLE)
    return Thread(root.public_id, title, root.kind == QUESTION, tuple(pieces))


def begin(actor: Actor, public_id: str, chosen: Sequence[str]) -> Begun:
    """An article made of a thread: what was asked, and the chosen texts below a heading. Five SELECTs.

    Of what only a group reads an article is made for that group alone. Raises `NotFound`.
    """
    root = _root(actor, public_id)
    pieces = {row.public_id: row for row in _PIECES.all(ids=[root.id])}
    taken = [pieces[each] for each in dict.fromkeys(chosen) if each in pieces]
    body, topics = split_topics(root.body_source, sentences=True)
    said = [split_topics(row.body_source, sentences=True)[0] for row in taken]
    parts = [body, *said]
    bound = root.audience != COMPANY
    handle = None
    if root.group_id is not None:
        handle = db.session.scalar(select(Group.handle).where(Group.id == root.group_id))
    return Begun(
        title=root.title or excerpt(split_topics(root.excerpt, sentences=True)[0], _TITLE),
        body="\n\n".join(part for part in parts if part),
        topics=topics,
        place=f"group:{handle}" if handle and bound else "company",
        bound=bound,
        files=tuple(files.attached(root.id, *(row.id for row in taken))[:MAX_FILES]),
    )


def taken_ids(actor: Actor, public_id: str, chosen: Sequence[str]) -> tuple[int, ...]:
    """The texts that an article is made of: the publication and those of its thread that were chosen. None for no
    `public_id`, or for what is not there. Two SELECTs.
    """
    if not public_id:
        return ()
    try:
        root = _root(actor, public_id)
    except NotFound:
        return ()
    return (root.id, *(row.id for row in _PIECES.all(ids=[root.id]) if row.public_id in chosen))


def _root(actor: Actor, public_id: str) -> ContentItem:
    root = access_publication(actor, public_id)
    if root.state == DELETED or not root.body_source:
        raise NotFound
    return root
