"""Commands for operators: check the ledger, and bring it up to date with what was done before it."""

from __future__ import annotations

import json
from collections import Counter

import click
from flask.cli import AppGroup

from app.reputation import queries, service

reputation = AppGroup("reputation", help="The ledger of reputation points: check it, bring it up to date.")


@reputation.command("verify")
def verify() -> None:
    """Recompute the ledger from what people did; exit status 1 when it differs. Changes nothing.

    Each difference is a line; then comes their number, and last the same as JSON.
    """
    kinds = Counter[str]()
    for each in service.verify():
        kinds[each.kind] += 1
        click.echo(f"{each.kind}: {each.subject}: should be {each.expected}, is {each.found}")
    found, entries = kinds.total(), queries.total_entries()
    click.echo(f"{found} differences in {entries} entries.")
    click.echo(json.dumps({"differences": found, "entries": entries, "kinds": dict(sorted(kinds.items()))}))
    if found:
        raise SystemExit(1)


@reputation.command("catch-up")
def catch_up() -> None:
    """Give the points for everything that was done and never settled. May be repeated and interrupted."""
    written = catch_up_showing()
    click.echo(f"{written} entries written.")


def catch_up_showing() -> int:
    """Catch up with a progress bar; how many entries were written."""
    with click.progressbar(length=queries.total_acts(), label="Reputation") as bar:
        return service.catch_up(bar.update)
