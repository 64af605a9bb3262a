"""`flask maintenance on` and `off`: close the network while it is moved or mended, and open it again."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core import maintenance


@click.command("maintenance")
@click.argument("state", type=click.Choice(["on", "off"]))
@with_appcontext
def maintenance_command(state: str) -> None:
    """Answer every page with one that says that the network will be back soon, or let people in again."""
    config = current_app.extensions["shopfloor_config"]
    (maintenance.close if state == "on" else maintenance.open_again)(config)
    click.echo("Closed for maintenance." if state == "on" else "Open.")
