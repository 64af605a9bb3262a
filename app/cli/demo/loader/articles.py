"""Rows beside the articles: owners and dates, contributors, readers, and what waits for somebody to look after it."""

from __future__ import annotations

from app.articles.models import MOVED, Article, Contributor, Handover, Reader
from app.cli.demo.cast import place_of
from app.cli.demo.loader.sink import Sink
from app.cli.demo.stories import Story


class ArticleLoader:
    """Writes what makes a story an article; what it was made of comes before it."""

    def __init__(self, sink: Sink) -> None:
        self._articles = sink.bin(Article, "content_id owner_id review_by reviewed_at reviewed_by source_id")
        self._contributors = sink.bin(Contributor, "content_id person_id")
        self._readers = sink.bin(Reader, "content_id person_id first_at last_at revision")
        self._handovers = sink.bin(
            Handover, "content_id event_id from_id to_id reason created_at decided_at decided_by"
        )

    def shelve(self, story: Story) -> None:
        """Write the rows beside a publication, if it is an article."""
        shelf, row = story.shelf, story.row
        if shelf is None:
            return
        source = shelf.made_of.row if shelf.made_of is not None else None
        self._articles.add(row, story.author + 1, shelf.review_by, None, None, source)
        for person in shelf.contributors:
            self._contributors.add(row, person + 1)
        for person, at in shelf.readers:
            if person != story.author:
                self._readers.add(row, person + 1, at, at, 2 if story.edited_at else 1)
        if shelf.handed_at is not None:
            manager = place_of("Дорохов") + 1
            self._handovers.add(row, 0, story.author + 1, manager, MOVED, shelf.handed_at, None, None)
