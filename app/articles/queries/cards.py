"""What the page of an article shows besides the text, and what cards tell of it without a statement of their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, bindparam, case, cast, or_, select
from sqlalchemy.orm import aliased

from app.articles.models import Article, Contributor
from app.articles.queries.lines import Owner, day_of, is_overdue
from app.articles.schemas import ArticleDetails, Source
from app.content.models import ARTICLE, COMPANY, PUBLISHED, QUESTION, ContentItem
from app.content.queries.lines import person_columns, person_line
from app.core.prepared import Prepared
from app.people.models import ACTIVE, Person

_Source = aliased(ContentItem, name="source")

#: The last day on which an article counts as checked, over `ContentItem`; NULL for other kinds.
REVIEW_BY = case(
    (
        ContentItem.kind == ARTICLE,
        select(cast(Article.review_by, String(10)))
        .where(Article.content_id == ContentItem.id)
        .correlate(ContentItem)
        .scalar_subquery(),
    )
)

_MadeArticle = aliased(Article, name="made_article")
_Made = aliased(ContentItem, name="made")
#: The latest article made of a publication, as "id title", if everybody who reads the publication may see it.
MADE_OF = (
    select(_Made.public_id + " " + _Made.title)
    .join(_MadeArticle, _MadeArticle.content_id == _Made.id)
    .where(
        _MadeArticle.source_id == ContentItem.id,
        _Made.state == PUBLISHED,
        or_(_Made.audience == COMPANY, _Made.group_id == ContentItem.group_id),
    )
    .order_by(_Made.id.desc())
    .limit(1)
    .correlate(ContentItem)
    .scalar_subquery()
)

_DETAILS = Prepared(
    select(
        Article.review_by, Article.reviewed_at, Owner.state.label("owner_state"),
        *person_columns("owner", Owner), *person_columns("contributor", Person),
        _Source.public_id.label("source_id"), _Source.title.label("source_title"),
        _Source.excerpt.label("source_excerpt"), _Source.kind.label("source_kind"),
        _Source.state.label("source_state"), _Source.audience.label("source_audience"),
        _Source.group_id.label("source_group"), ContentItem.group_id,
    )
    .join(ContentItem, ContentItem.id == Article.content_id)
    .join(Owner, Owner.id == Article.owner_id)
    .outerjoin(Contributor, Contributor.content_id == Article.content_id)
    .outerjoin(Person, Person.id == Contributor.person_id)
    .outerjoin(_Source, _Source.id == Article.source_id)
    .where(Article.content_id == bindparam("content_id"))
    .order_by(Person.sort_name, Person.id)
)  # fmt: skip


def details(content_id: int) -> ArticleDetails | None:
    """Owner, date, contributors and source of an article. One statement."""
    rows = _DETAILS.all(content_id=content_id)
    if not rows:
        return None
    first = rows[0]
    owner = person_line(first, "owner")
    assert owner is not None
    people = (person_line(row, "contributor") for row in rows)
    review_by = day_of(first.review_by)
    return ArticleDetails(
        owner=owner,
        owner_left=first.owner_state != ACTIVE,
        review_by=review_by,
        overdue=is_overdue(review_by),
        reviewed_at=first.reviewed_at,
        contributors=tuple(person for person in people if person is not None),
        source=_source(first),
    )


def _source(row: Any) -> Source | None:
    """What it was made of, while whoever reads the article may see it."""
    if row.source_id is None or row.source_state != PUBLISHED:
        return None
    if row.source_audience != COMPANY and row.source_group != row.group_id:
        return None
    title = row.source_title or row.source_excerpt
    return Source(title, f"/p/{row.source_id}", row.source_kind == QUESTION)
