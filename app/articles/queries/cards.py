"""What the page of an article shows besides the text, and what cards tell of it without a statement of their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, and_, bindparam, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from app.articles.models import Article, Contributor, Reader
from app.articles.queries.lines import Owner, day_of, is_overdue
from app.articles.schemas import ArticleDetails, ArticleMore, Source
from app.content.models import ARTICLE, COMPANY, PUBLISHED, QUESTION, ContentItem
from app.content.queries.lines import person_columns, person_line
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.people.models import ACTIVE, Person
from app.people.schemas import PersonLine, initials, person_url, photo_url

_Source = aliased(ContentItem, name="source")

#: Stands between the parts of `FACTS`; no name has it.
_BETWEEN = "\x1f"

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

#: What the page of an article shows below its title, as one text, over `ContentItem`; NULL for other kinds.
FACTS = case(
    (
        ContentItem.kind == ARTICLE,
        select(
            func.coalesce(cast(Article.review_by, String(10)), "")
            + _BETWEEN + func.coalesce(cast(Article.reviewed_at, String(20)), "")
            + _BETWEEN + Owner.state
            + _BETWEEN + cast(Owner.id, String(20))
            + _BETWEEN + Owner.handle
            + _BETWEEN + cast(Owner.colour, String(2))
            + _BETWEEN + func.coalesce(Owner.photo_key, "")
            + _BETWEEN + Owner.name
        )
        .select_from(Article)
        .join(Owner, Owner.id == Article.owner_id)
        .where(Article.content_id == ContentItem.id)
        .correlate(ContentItem)
        .scalar_subquery(),
    )
)  # fmt: skip


def read_facts(text: str) -> ArticleDetails:
    """What `FACTS` says."""
    review_by, reviewed_at, state, owner_id, handle, colour, photo, name = text.split(_BETWEEN, 7)
    last_day = day_of(review_by or None)
    return ArticleDetails(
        owner=PersonLine(
            id=int(owner_id), name=name, handle=handle, url=person_url(handle), initials=initials(name),
            colour=int(colour), photo_url=photo_url(handle, photo or None), position="", shop="",
        ),
        owner_left=state != ACTIVE,
        review_by=last_day,
        overdue=is_overdue(last_day),
        reviewed_at=int(reviewed_at) if reviewed_at else None,
    )  # fmt: skip


_MORE = Prepared(
    select(
        ContentItem.revision, ContentItem.group_id, Reader.last_at, Reader.revision.label("seen"),
        *person_columns("contributor", Person),
        _Source.public_id.label("source_id"), _Source.title.label("source_title"),
        _Source.excerpt.label("source_excerpt"), _Source.kind.label("source_kind"),
        _Source.state.label("source_state"), _Source.audience.label("source_audience"),
        _Source.group_id.label("source_group"),
    )
    .select_from(Article)
    .join(ContentItem, ContentItem.id == Article.content_id)
    .outerjoin(Contributor, Contributor.content_id == Article.content_id)
    .outerjoin(Person, Person.id == Contributor.person_id)
    .outerjoin(
        Reader, and_(Reader.content_id == Article.content_id, Reader.person_id == bindparam("actor_id"))
    )
    .outerjoin(_Source, _Source.id == Article.source_id)
    .where(Article.content_id == bindparam("content_id"))
    .order_by(Person.sort_name, Person.id)
)  # fmt: skip


def more(actor: Actor, content_id: int) -> ArticleMore:
    """Whose words an article was made of, and when the person read it last. One statement."""
    rows = _MORE.all(content_id=content_id, actor_id=actor.person_id)
    first = rows[0]
    people = (person_line(row, "contributor") for row in rows)
    return ArticleMore(
        contributors=tuple(person for person in people if person is not None),
        source=_source(first),
        revision=first.revision,
        read_at=first.last_at,
        read_revision=first.seen,
    )


def _source(row: Any) -> Source | None:
    """What it was made of, while whoever reads the article may see it."""
    if row.source_id is None or row.source_state != PUBLISHED:
        return None
    if row.source_audience != COMPANY and row.source_group != row.group_id:
        return None
    title = row.source_title or row.source_excerpt
    return Source(title, f"/p/{row.source_id}", row.source_kind == QUESTION)
