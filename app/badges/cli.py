"""`flask badges …`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.badges import service

badges_group = AppGroup("badges", help="Badges that rules give.")


@badges_group.command("recompute")
def recompute() -> None:
    """Give the badges of rules that are due, and take back those the facts no longer support."""
    given, taken = service.recompute()
    click.echo(f"{given:,} badges given, {taken:,} taken back.")
