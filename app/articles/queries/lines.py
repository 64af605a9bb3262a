"""From rows to lines of lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.articles.models import Article
from app.articles.schemas import ArticleLine
from app.content.models import ContentItem
from app.content.queries.lines import person_columns, person_line
from app.core import clock
from app.people.models import Person

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


def article_line(row: Any) -> ArticleLine:
    """The article whose columns were selected by `from_articles`; "readers" may be among them."""
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
    )


def day_of(value: Any) -> date | None:
    """A date as the driver gave it: SQLite knows none and gives text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def is_overdue(review_by: date | None) -> bool:
    """Whether the last day on which it counted as checked is over."""
    return review_by is not None and review_by < clock.today()
