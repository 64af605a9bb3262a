"""`flask import stackexchange`: a dump of a site, with progress, a summary and a report of what was left out."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from app.cli.importlock import ImportRunning, only_one
from app.cli.stackexchange.importer import Report, import_dump
from app.cli.stackexchange.problems import Problems
from app.cli.stackexchange.run import Advance, Outcome
from app.cli.stackexchange.source import DumpUnreadable, open_dump
from app.core.fulltext.interface import RebuildRunning
from app.core.web import config
from app.expertise.service import rebuild as count_experts
from app.lib.csvfile import write_table
from app.search import service as search
from app.search.queries import documents

_ORDER = (
    "people", "topics", "questions", "answers", "comments", "votes", "accepted answers", "links", "revisions",
    "badges", "points",
)  # fmt: skip
_SAID = {
    Outcome.ADDED: "new",
    Outcome.UPDATED: "changed",
    Outcome.UNCHANGED: "as before",
    Outcome.REMOVED: "removed",
    Outcome.KEPT: "gone there, kept for what was written here",
    Outcome.OURS: "changed here since, left alone",
}


@click.command("stackexchange")
@click.argument("dump", type=click.Path(exists=True, path_type=Path))
@click.option("--site", help="Host name of the site, when the name of DUMP does not say it.")
@click.option(
    "--report",
    "report_to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every row that was left out, with the reason, to this CSV file.",
)
def stackexchange(dump: Path, site: str | None, report_to: Path | None) -> None:
    """Bring in DUMP, the archive (.7z) or folder of a Stack Exchange site.

    Run it again with a newer dump of the same site to bring what is here up to date: nothing is doubled, and what was
    written here since stays. An interrupted import is completed by repeating it.
    """
    try:
        with only_one(config().data_path), open_dump(dump, site) as opened:
            click.echo(f"Reading {opened.site}")
            is_indexed = search.status().healthy
            report = import_dump(opened, _progress, is_indexed=is_indexed)
            count_experts()
            if not is_indexed:
                _build_index()
    except DumpUnreadable as unreadable:
        raise click.ClickException(str(unreadable)) from unreadable
    except ImportRunning:
        raise click.ClickException("Another import is running; wait until it has ended.") from None
    _tell(report)
    if report_to is not None:
        report_to.write_bytes(_as_csv(report.problems))
        click.echo(f"Every row that was left out: {report_to}")


@contextmanager
def _progress(label: str, length: int) -> Iterator[Advance]:
    with click.progressbar(length=length, label=f"{label:<10}", width=40, update_min_steps=50) as bar:
        yield bar


def _build_index() -> None:
    """Make the search index, which is not there or not sound; another process may be at it already."""
    with _progress("Indexing", documents.total()) as bar:
        done = 0

        def advance(number: int) -> None:
            nonlocal done
            bar.update(number - done)
            done = number

        with suppress(RebuildRunning):
            search.rebuild(advance)


def _tell(report: Report) -> None:
    click.echo()
    for what in _ORDER:
        outcomes = [
            f"{report.tally.of(what, outcome):,} {words}"
            for outcome, words in _SAID.items()
            if report.tally.of(what, outcome)
        ]
        click.echo(f"{what.capitalize():<17}{', '.join(outcomes) or 'none'}")
    groups = report.problems.groups()
    if groups:
        click.echo(f"\nLeft out or mended: {len(report.problems):,}")
        for group in groups:
            click.echo(
                f"  {group.file}: {group.count:,} × {group.reason} (such as {', '.join(group.examples)})"
            )
    if not report.is_whole:
        click.secho(
            "Users, posts or comments could not be read to the end, so nothing was taken for gone.",
            fg="yellow",
        )


def _as_csv(problems: Problems) -> bytes:
    return write_table(("file", "row", "reason"), [(each.file, each.row, each.reason) for each in problems])
