"""`flask maintenance`: close the network while it is moved or mended, open it again, and write the page of a proxy."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core import maintenance
from app.core.identity import identity


@click.command("maintenance")
@click.argument("state", type=click.Choice(["on", "off", "page"]))
@with_appcontext
def maintenance_command(state: str) -> None:
    """Answer every page with one that says that the network will be back soon (on), or let people in again (off).

    `page` writes a page that says so by itself, for a proxy to show while nothing answers behind it.
    """
    config = current_app.extensions["shopfloor_config"]
    if state == "page":
        click.echo(current_app.extensions["shopfloor_standalone"](identity(), config.default_locale))
        return
    (maintenance.close if state == "on" else maintenance.open_again)(config)
    click.echo("Closed for maintenance." if state == "on" else "Open.")
