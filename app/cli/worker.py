"""`flask worker`: run the jobs in a process of their own, for SHOPFLOOR_WORKER=outside."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core import outbox


@click.command("worker")
@click.option("--threads", default=1, show_default=True, help="How many jobs run at once in this process.")
@with_appcontext
def worker(threads: int) -> None:
    """Deliver events and run the periodic jobs until stopped."""
    current_app.extensions["shopfloor_queue"].run_outside(threads)


@click.command("deliver")
@with_appcontext
def deliver() -> None:
    """Deliver everything that is due, once, and end. For repairs and scripts."""
    click.echo(f"{outbox.run_due()} deliveries")
