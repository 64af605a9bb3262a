"""Commands for operators."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Progress, RebuildRunning, SearchUnavailable
from app.core.schema import make_if_fresh
from app.lib import squad
from app.search import service
from app.search.queries import documents, evaluating

search = AppGroup(
    "search", callback=make_if_fresh, help="The search index: rebuild it, compare it with the database."
)


@search.command("rebuild")
def rebuild() -> None:
    """Build the index anew from the database; searching goes on meanwhile."""
    with click.progressbar(length=documents.total(), label="Indexing") as bar:
        try:
            count = service.rebuild(_up_to(bar))
        except RebuildRunning:
            raise click.ClickException("another rebuild is running; let it finish") from None
        bar.update(max(0, (bar.length or 0) - bar.pos))
    click.echo(f"{count} documents indexed.")


@search.command("verify")
@click.option("--repair/--no-repair", default=True, help="Repair what differs (the default).")
def verify(repair: bool) -> None:
    """Compare the index with the database. Exit status 1 when they differed, even if it was repaired."""
    try:
        drift = service.verify(repair=repair)
    except SearchUnavailable as error:
        raise click.ClickException(f"{error}; run: flask --app wsgi search rebuild") from None
    for label, keys in (
        ("missing from the index", drift.missing),
        ("left over in the index", drift.left_over),
        ("outdated in the index", drift.outdated),
    ):
        if keys:
            shown = ", ".join(f"{kind} {id_}" for kind, id_ in keys[:10])
            click.echo(f"{len(keys)} {label}: {shown}{', …' if len(keys) > 10 else ''}")
    if not drift.keys:
        click.echo("The index equals the database.")
        return
    click.echo("Repaired." if repair else "Not repaired.")
    sys.exit(1)


@search.command("evaluate")
@click.argument(
    "questions", metavar="SQUAD.json", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--typo", "typos", default=0, type=click.IntRange(0, 9), help="Letters amiss in each question.")
@click.option("--sentences", is_flag=True, help="Make every sentence a document instead of every paragraph.")
def evaluate(questions: Path, typos: int, sentences: bool) -> None:
    """Find, for questions of a file in SQuAD's format, the paragraphs that answer them.

    The paragraphs become articles in an index of their own, together with everything the database holds. Printed is
    the share of questions whose paragraph is first, and among the first five, and the mean of one by its place among
    the first ten; the last line is JSON.
    """
    try:
        texts = squad.read(questions, sentences=sentences)
    except squad.BadFile as error:
        raise click.ClickException(str(error)) from None
    try:
        with engine().scratch() as index:
            with click.progressbar(length=documents.total() + len(texts.texts), label="Indexing") as bar:
                count = evaluating.fill(index, texts, documents.everything(), _up_to(bar))
            with click.progressbar(length=len(texts.asked), label="Asking") as bar:
                quality = evaluating.ask(index, texts, _up_to(bar), typos=typos)
    except RebuildRunning:
        raise click.ClickException("another evaluation is running; let it finish") from None
    told = {
        "documents": count,
        "texts": len(texts.texts),
        "questions": quality.questions,
        "typos": typos,
        "sentences": sentences,
        **{f"recall@{cut}": round(share, 4) for cut, share in quality.recall.items()},
        "mrr@10": round(quality.mrr, 4),
    }
    click.echo(f"{quality.questions} questions on {len(texts.texts)} texts among {count} documents:")
    for name in ("recall@1", "recall@5", "mrr@10"):
        click.echo(f"{name:<10}{told[name]:>7.3f}")
    click.echo(json.dumps(told))


def _up_to(bar: Any) -> Progress:
    """Show on a progress bar how much is done."""

    def show(done: int) -> None:
        bar.update(done - bar.pos)

    return show
