"""`flask expertise …`."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from app.expertise import service
from app.expertise.service.evaluating import (
    BASELINES,
    OURS,
    WrongCases,
    by_best_answerer,
    measured,
    rankings,
    read_cases,
)

expertise = AppGroup("expertise", help="What people know: count it anew, measure who can help.")


@expertise.command("rebuild")
def rebuild() -> None:
    """Count everybody's strengths anew from the facts and give the titles. May be repeated and interrupted."""
    wrong, given = service.rebuild()
    click.echo(f"{wrong:,} strengths were different, {given:,} titles changed.")


@expertise.command("evaluate")
@click.argument("cases", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Write the ranking of each case to this file, a JSON object a line.",
)
def evaluate(cases: Path, out: Path) -> None:
    """Measure on an imported site who would have been asked, knowing only what was known before each case's cut.

    CASES has a JSON object a line: site, question, cut, best_user, title, tags, asker. The last line printed is JSON.
    """
    try:
        wanted = read_cases(cases.read_text(encoding="utf-8").splitlines())
        with click.progressbar(length=len(wanted), label="Cases") as bar:
            found = list(rankings(wanted, bar.update))
    except WrongCases as wrong:
        raise click.ClickException(str(wrong)) from wrong
    lines = (json.dumps({"question": one.case.question, "ranking": one.named[OURS]}) for one in found)
    out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    ours, baselines = measured(found), {name: measured(found, name) for name in BASELINES}
    parts = by_best_answerer(found)
    width = max(map(len, (OURS, *BASELINES)))
    click.echo(f"{'':{width}} {'hit@1':>7} {'hit@5':>7} {'hit@10':>7} {'MRR':>7}")
    for name, result in {OURS: ours, **baselines}.items():
        click.echo(f"{name:{width}} " + " ".join(f"{value:7.3f}" for value in result.values()))
    for best, result in parts.items():
        click.echo(f"Best answerer {best}: {result['cases']:,} cases, hit@5 {result['hit@5']:.3f}")
    click.echo(json.dumps({"cases": len(found), **ours, "baselines": baselines, "best_answerer": parts}))
