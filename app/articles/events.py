"""What happens to articles."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class ArticleReviewed(Event):
    """Somebody said that it is still true, or gave it another date."""

    content_id: int
    person_id: int


@dataclass(frozen=True)
class ArticleReviewDue(Event):
    """It has to be checked again: soon, or since its date has come."""

    content_id: int
    owner_id: int
    #: "soon" or "due".
    kind: str


@dataclass(frozen=True)
class ArticlesHandedOver(Event):
    """The owner of so many articles left or moved; they wait for a decision. `to_id` is None for the editors."""

    from_id: int
    to_id: int | None
    articles: int


@dataclass(frozen=True)
class ArticlePassed(Event):
    """An article has another owner now."""

    content_id: int
    from_id: int
    to_id: int
    actor_id: int
