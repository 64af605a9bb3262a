"""Comments and answers as cards: the last ones of many threads, or one thread whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Integer, Row, and_, bindparam, func, join, or_, select
from sqlalchemy.orm import aliased

from app.content.models import ANSWER, COMMENT, HIDDEN, PUBLISHED, ContentItem
from app.content.policy import Judged, can_moderate
from app.content.queries.attachments import Attachments
from app.content.queries.lines import (
    FOLD_ACCEPTED,
    FOLD_COMMENT,
    ORIGIN_COLUMNS,
    Author,
    AuthorPosition,
    AuthorShop,
    folded,
    join_origin,
    origin_view,
    person_columns,
    person_line,
)  # fmt: skip
from app.content.schemas import CommentCard, hidden_reasons, trust_of, trusted
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.people.models import Person

#: Comments shown on a card in a stream.
LAST_COMMENTS = 1

_Parent = aliased(ContentItem, name="parent")
_ParentAuthor = aliased(Person, name="parent_author")
_Thread = aliased(ContentItem, name="thread_root")

_ranked = (
    select(
        ContentItem.id,
        func.row_number()
        .over(
            partition_by=ContentItem.root_id,
            order_by=(ContentItem.published_at.desc(), ContentItem.id.desc()),
        )
        .label("rank"),
    )
    .where(among(ContentItem.root_id, "ids"), ContentItem.state == PUBLISHED)
    .subquery("ranked")
)
_last = (
    select(_ranked.c.id)
    .where(or_(_ranked.c.rank <= LAST_COMMENTS, among(_ranked.c.id, "accepted")))
    .subquery("last")
)


def _comment_columns(chosen: Any = None) -> Any:
    """Everything of a comment's card. `chosen` is a subquery of the ids that are wanted.

    It stands first, as PostgreSQL keeps the written order of so many joins.
    """
    start = join(chosen, ContentItem, ContentItem.id == chosen.c.id) if chosen is not None else ContentItem
    return join_origin(
        select(
            ContentItem.id, ContentItem.public_id, ContentItem.root_id, ContentItem.parent_id, ContentItem.kind,
            ContentItem.published_at, ContentItem.edited_at, ContentItem.body_html, ContentItem.likes_count,
            ContentItem.state, ContentItem.revision, _Thread.public_id.label("root_public_id"),
            _Parent.public_id.label("parent_public_id"),
            _ParentAuthor.name.label("parent_author_name"),
            *person_columns("author", Author, AuthorPosition, AuthorShop),
            *ORIGIN_COLUMNS,
        )
        .select_from(start)
        .join(_Thread, _Thread.id == ContentItem.root_id)
        .join(Author, Author.id == ContentItem.author_id)
        .outerjoin(AuthorPosition, AuthorPosition.id == Author.position_id)
        .outerjoin(AuthorShop, AuthorShop.id == Author.shop_id)
        .outerjoin(_Parent, _Parent.id == ContentItem.parent_id)
        .outerjoin(_ParentAuthor, _ParentAuthor.id == _Parent.author_id)
    )  # fmt: skip


_LAST = Prepared(_comment_columns(_last).order_by(ContentItem.published_at, ContentItem.id))

_THREAD = Prepared(
    _comment_columns()
    .where(
        among(ContentItem.root_id, "ids"),
        or_(
            ContentItem.state == PUBLISHED,
            and_(
                ContentItem.state == HIDDEN,
                or_(
                    ContentItem.author_id == bindparam("actor_id"), bindparam("moderates", type_=Integer) == 1
                ),
            ),
        ),
    )
    .order_by(ContentItem.published_at, ContentItem.id)
)

_ONE = Prepared(_comment_columns().where(among(ContentItem.id, "ids")))


def last_comments(root_ids: Sequence[int], accepted: Collection[int]) -> list[Row[Any]]:
    """The last published comments of each thread and the accepted answers, oldest first. One statement."""
    return _LAST.all(ids=root_ids, accepted=list(accepted))


def thread_rows(actor: Actor, root: Judged) -> list[Row[Any]]:
    """Every comment of a thread that the person may see, oldest first. One statement.

    Hidden ones are there for their authors and for who moderates the place.
    """
    return _THREAD.all(ids=[root.id], actor_id=actor.person_id, moderates=int(can_moderate(actor, root)))


def comment_row(comment_id: int) -> Row[Any] | None:
    """One comment. One statement."""
    return _ONE.first(ids=[comment_id])


def comment_cards(
    rows: Sequence[Row[Any]],
    files: Attachments,
    accepted: Collection[int],
    *,
    whole: bool,
    trust: Mapping[int, Any] | None = None,
) -> dict[int, CommentCard]:
    """Cards of comment rows by id, without replies; long texts `whole` or folded.

    One statement when there are answers among them whose `trust` is not given, and one when some are hidden.
    """
    reasons = hidden_reasons([row.id for row in rows if row.state == HIDDEN])
    if trust is None:
        trust = trust_of([row.id for row in rows if trusted(row.kind)])
    return {
        row.id: _card(row, files, row.id in accepted, reasons.get(row.id), trust.get(row.id), whole)
        for row in rows
    }


def nest(rows: Sequence[Row[Any]], cards: dict[int, CommentCard]) -> tuple[CommentCard, ...]:
    """Cards as a thread of two levels: a reply to a reply stands under the same comment, saying to whom."""
    parent = {row.id: row.parent_id for row in rows}
    replies: dict[int, list[CommentCard]] = defaultdict(list)
    tops = []
    for row in rows:
        top = row.id
        while parent.get(top) in parent:
            top = parent[top]
        if top == row.id:
            tops.append(row.id)
        else:
            direct = parent[row.id] == top
            replies[top].append(replace(cards[row.id], reply_to_name=None) if direct else cards[row.id])
    return tuple(replace(cards[top], replies=tuple(replies[top])) for top in tops)


def _card(
    row: Row[Any],
    files: Attachments,
    accepted: bool,
    hidden_reason: str | None,
    trust: Any,
    whole: bool,
) -> CommentCard:
    author = person_line(row, "author")
    assert author is not None
    pictures, documents = files.get(row.id, ((), ()))
    body, long = folded(row.body_html, whole=whole, characters=FOLD_ACCEPTED if accepted else FOLD_COMMENT)
    return CommentCard(
        id=row.id,
        public_id=row.public_id,
        url=f"/p/{row.root_public_id}#c-{row.public_id}",
        root_public_id=row.root_public_id,
        parent_public_id=row.parent_public_id,
        kind=ANSWER if row.kind == ANSWER else COMMENT,
        author=author,
        published_at=row.published_at,
        edited=row.edited_at is not None,
        body_html=body,
        long=long,
        likes=row.likes_count,
        accepted=accepted,
        state=row.state,
        revision=row.revision,
        trust=trust,
        pictures=pictures,
        files=documents,
        hidden_reason=hidden_reason,
        origin=origin_view(row),
        reply_to_name=row.parent_author_name,
    )
