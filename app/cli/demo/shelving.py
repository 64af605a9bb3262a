"""The articles of the demo company as stories: with their readers, dates, and what they were made of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from app.cli.demo.cast import place_of
from app.cli.demo.library import PAGES, Page
from app.cli.demo.phrases import Piece, Text
from app.cli.demo.stories import ARTICLE, Shelf, Story
from app.core.clock import DAY

_DAY = 1_440.0


class Stage(Protocol):
    """What builds written-out stories; minutes count back from now."""

    now: int

    def story(self, minutes: float, author: str, kind: str, *blocks: str, likes: int = 0) -> Story: ...
    def remark(self, story: Story, minutes: float, author: str, block: str) -> None: ...
    def readers(self, count: int, minutes: float) -> list[tuple[int, int]]: ...
    def at(self, minutes: float) -> int: ...


def shelve(stage: Stage, shown: list[Story]) -> list[Story]:
    """The articles; `shown` are the stories they may have been made of."""
    return [_article(stage, page, shown) for page in PAGES]


def _article(stage: Stage, page: Page, shown: list[Story]) -> Story:
    minutes = page.days * _DAY
    story = stage.story(minutes, page.author, ARTICLE, page.body, likes=page.likes)
    story.title = page.title
    if page.first:
        story.first_text = Text(((Piece(page.first),),))
        story.edited_at = stage.at(page.changed * _DAY)
    for number, (author, words) in enumerate(page.comments):
        stage.remark(story, minutes * (0.6 - 0.05 * number), author, words)
    today = date(1970, 1, 1) + timedelta(days=stage.now // DAY - 1)
    story.shelf = Shelf(
        review_by=today + timedelta(days=page.review) if page.review is not None else None,
        readers=stage.readers(page.readers, min(minutes, 6 * _DAY)),
        contributors=tuple(place_of(name) for name in page.contributors),
        made_of=next(
            (one for one in shown if page.made_of and one.text.source.startswith(page.made_of)), None
        ),
        handed_at=stage.at(300) if page.moved else None,
    )
    return story
