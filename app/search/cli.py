"""Commands for operators."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from app.core.fulltext.interface import RebuildRunning, SearchUnavailable
from app.core.schema import make_if_fresh
from app.search import service
from app.search.queries import documents

search = AppGroup(
    "search", callback=make_if_fresh, help="The search index: rebuild it, compare it with the database."
)


@search.command("rebuild")
def rebuild() -> None:
    """Build the index anew from the database; searching goes on meanwhile."""
    with click.progressbar(length=documents.total(), label="Indexing") as bar:
        try:
            count = service.rebuild(lambda done: bar.update(done - bar.pos))
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
