"""`flask rewards …`."""

from __future__ import annotations

import sys
from datetime import datetime

import click
from flask.cli import AppGroup

from app.core.errors import Invalid
from app.rewards import forms, queries, service

rewards_group = AppGroup("rewards", help="Bonus points and what they are spent on.")
_DAY = click.DateTime(["%Y-%m-%d"])


@rewards_group.command("export")
@click.option("--from", "first", type=_DAY, help="First day, UTC; default: of last month.")
@click.option("--to", "last", type=_DAY, help="Last day, UTC; default: of last month.")
def export(first: datetime | None, last: datetime | None) -> None:
    """Write the report for the motivation programme to standard output, as CSV."""
    try:
        period = forms.period(first.date() if first else None, last.date() if last else None, "UTC")
    except Invalid as error:
        raise click.ClickException(str(error.message)) from error
    for piece in forms.as_table(period, queries.report(period.begins, period.ends)):
        sys.stdout.buffer.write(piece)


@rewards_group.command("expire")
def expire() -> None:
    """Let points expire that are due, and remind of those that soon will; the worker does so every hour."""
    people, reminders = service.watch_expiry()
    click.echo(f"Points of {people:,} people expired, {reminders:,} reminders given.")
