"""`flask questions …`: how well similar questions are found, measured on an imported site."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import Row, select

from app.content.models import ANSWER, PUBLISHED, QUESTION, ContentItem, ContentOrigin, ContentTopic, Source
from app.core import clock
from app.core.db import db
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import ANSWERS, ASKED, Asked, Document
from app.core.schema import make_if_fresh
from app.lib.htmlwords import plain_words, without_links
from app.search.queries.similar import nearest
from app.search.schemas import COMMENT, PUBLICATION
from app.topics.models import Topic

CUTS = (5, 10)
LINK_KINDS = ("duplicate", "linked")

questions_group = AppGroup(
    "questions", callback=make_if_fresh, help="Questions: how well similar ones are found."
)


@dataclass(frozen=True)
class Case:
    """A question and one that its site's people linked it to; ids are those of the site."""

    kind: str
    site: str
    query: int
    target: int


@questions_group.command("evaluate-similar")
@click.argument("links", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def evaluate_similar(links: Path) -> None:
    """Find, for questions of imported sites, the earlier ones that people linked them to.

    LINKS is a file of JSON lines with "site", "kind" (duplicate or linked), "query" and "target". Only what was written
    before a question counts, answers too, and the links in all texts are taken out first. Printed is the share of lines
    whose target is among the first five and ten, by the title alone and by the whole text; the last line is JSON.
    """
    cases = [Case(*(row[name] for name in ("kind", "site", "query", "target"))) for row in _rows(links)]
    places: list[tuple[Case, str, int | None]] = []
    unknown = 0
    for name in dict.fromkeys(case.site for case in cases):
        mine = [case for case in cases if case.site == name]
        with _Site(name) as site:
            known = [case for case in mine if case.query in site.rows and case.target in site.rows]
            unknown += len(mine) - len(known)
            for how in ("title", "full"):
                places += [(case, how, site.place(case, whole=how == "full")) for case in known]
    told: dict[str, Any] = {}
    click.echo(f"{'':<22}{'cases':>7}" + "".join(f"{f'recall@{cut}':>11}" for cut in CUTS))
    for kind in LINK_KINDS:
        for how in ("title", "full"):
            found = [place for case, by, place in places if case.kind == kind and by == how]
            shares = {f"recall@{cut}": _share(found, cut) for cut in CUTS}
            told.setdefault(kind, {"cases": len(found)})[how] = shares
            click.echo(
                f"{f'{kind}, {how}':<22}{len(found):>7}"
                + "".join(f"{value:>11.3f}" for value in shares.values())
            )
    if unknown:
        click.echo(f"{unknown} lines name questions that were not imported.")
    click.echo(json.dumps({**told, "unknown": unknown}))


class _Site:
    """An imported site in an index of its own, with the links taken out of its texts."""

    def __init__(self, name: str) -> None:
        source_id = db.session.scalar(select(Source.id).where(Source.code == f"stackexchange:{name}"))
        if source_id is None:
            raise click.ClickException(f"No site called {name} was imported.")
        texts = _texts(source_id)
        #: Questions by their ids at the site.
        self.rows = {int(row.key.removeprefix("post:")): row for row in texts if row.kind == QUESTION}
        self._titles = {row.id: row.title for row in self.rows.values()}
        self._stack = ExitStack()
        self._index = self._stack.enter_context(engine().scratch())
        self._index.rebuild(_documents(texts, _topics(source_id)))
        self._asked: dict[tuple[int, bool], list[int]] = {}

    def __enter__(self) -> _Site:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def place(self, case: Case, *, whole: bool) -> int | None:
        """Where the target stands among what is found, from 0; None when it does not."""
        key = (case.query, whole)
        if key not in self._asked:
            self._asked[key] = self._find(self.rows[case.query], whole=whole)
        found = self._asked[key]
        target = self.rows[case.target].id
        return found.index(target) if target in found else None

    def _find(self, row: Row[Any], *, whole: bool) -> list[int]:
        asked = Asked(
            _words(row) if whole else "",
            row.title,
            created_until=row.published_at // clock.SECOND,
            thread_id=row.id,
        )
        return [near.id for near in nearest(self._index, asked, self._headlines)]

    def _headlines(self, ids: Sequence[int]) -> Mapping[int, str]:
        return {id_: self._titles[id_] for id_ in ids}


def _texts(source_id: int) -> list[Row[Any]]:
    rows: Any = db.session.execute(
        select(
            ContentItem.id, ContentItem.root_id, ContentItem.kind, ContentItem.title, ContentItem.body_html,
            ContentItem.published_at, ContentOrigin.key,
        )
        .join(ContentOrigin, ContentOrigin.content_id == ContentItem.id)
        .where(
            ContentOrigin.source_id == source_id,
            ContentItem.kind.in_((QUESTION, ANSWER)),
            ContentItem.state == PUBLISHED,
        )
        .order_by(ContentItem.id)
    )  # fmt: skip
    return list(rows)


def _topics(source_id: int) -> Mapping[int, tuple[str, ...]]:
    rows = db.session.execute(
        select(ContentTopic.content_id, Topic.name)
        .join(Topic, Topic.id == ContentTopic.topic_id)
        .join(ContentOrigin, ContentOrigin.content_id == ContentTopic.content_id)
        .where(ContentOrigin.source_id == source_id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for content_id, name in rows:
        found[content_id] = (*found.get(content_id, ()), name)
    return found


def _documents(texts: Sequence[Row[Any]], topics: Mapping[int, tuple[str, ...]]) -> Iterator[Document]:
    for row in texts:
        is_answer = row.kind == ANSWER
        yield Document(
            kind=COMMENT if is_answer else PUBLICATION,
            id=row.id,
            title=row.title,
            text=_words(row),
            created=row.published_at // clock.SECOND,
            topics=topics.get(row.id, ()),
            role=ANSWERS if is_answer else ASKED,
            thread_id=row.root_id or row.id,
        )


def _words(row: Row[Any]) -> str:
    return plain_words(without_links(row.body_html))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict) or not {"kind", "site", "query", "target"} <= row.keys():
                raise click.ClickException(f"line {number} of {path} is not a link")
            yield row


def _share(places: Sequence[int | None], cut: int) -> float:
    return sum(place is not None and place < cut for place in places) / len(places) if places else 0.0
