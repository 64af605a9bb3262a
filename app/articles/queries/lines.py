"""From rows to lines of lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.articles.models import Article
from app.articles.schemas import ArticleLine
from app.content.models import ContentItem
from app.content.queries.lines import person_columns, person_line
from app.core import clock
from app.core.actor import Actor
from app.people.models import Person
from app.trust.models import OPINION
from app.trust.queries import marks
from app.trust.schemas import TrustMark, Where

Owner = aliased(Person, name="owner")

#: When the text was last another.
CHANGED_AT = func.coalesce(ContentItem.edited_at, ContentItem.published_at)
#: What `article_line` reads; select them with `from_articles`.
LINE = (
    ContentItem.id.label("content_id"), ContentItem.public_id, ContentItem.title, Article.review_by,
    CHANGED_AT.label("changed_at"), *person_columns("owner", Owner),
)  # fmt: skip


def from_articles(*columns: Any) -> Any:
    """A SELECT of articles with their owners."""
    return (
        select(*LINE, *columns)
        .select_from(Article)
        .join(ContentItem, ContentItem.id == Article.content_id)
        .join(Owner, Owner.id == Article.owner_id)
    )


class Trusted:
    """How far items may be trusted, as it is to one reader. One statement when it is made, none for no ids."""

    def __init__(self, actor: Actor, ids: set[int]) -> None:
        self._marks: Mapping[int, TrustMark] = marks(sorted(ids))
        self._where = Where.of(actor)

    def mark(self, content_id: int) -> TrustMark | None:
        """What is known of an item, or None."""
        return self._marks.get(content_id)

    def state(self, content_id: int, *, accepted: bool = False) -> str:
        """The state that is shown; "" for an opinion, and for what the asker accepted without more."""
        mark = self._marks.get(content_id)
        state = OPINION if mark is None else mark.state(accepted=accepted)
        return "" if state == OPINION else state

    def limit(self, content_id: int) -> str:
        """Why it is not valid for the reader, or ""."""
        mark = self._marks.get(content_id)
        return "" if mark is None else mark.limits.judge(self._where)


def article_line(row: Any, trusted: Trusted | None = None) -> ArticleLine:
    """The article whose columns were selected by `from_articles`; "readers" and "ends" may be among them."""
    owner = person_line(row, "owner")
    assert owner is not None
    review_by = day_of(row.review_by)
    return ArticleLine(
        public_id=row.public_id,
        title=row.title,
        url=f"/p/{row.public_id}",
        owner=owner,
        changed_at=row.changed_at,
        review_by=review_by,
        overdue=is_overdue(review_by),
        readers=getattr(row, "readers", 0) or 0,
        state=trusted.state(row.content_id) if trusted else "",
        limit=trusted.limit(row.content_id) if trusted else "",
        ends=day_of(getattr(row, "ends", None)),
    )


def day_of(value: Any) -> date | None:
    """A date as the driver gave it: SQLite knows none and gives text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def is_overdue(review_by: date | None) -> bool:
    """Whether the last day on which it counted as checked is over."""
    return review_by is not None and review_by < clock.today()
