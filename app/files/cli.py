"""`flask files …`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.files import service

files_group = AppGroup("files", help="Uploaded pictures and documents.")


@files_group.command("sizes")
@click.option("--most", type=click.IntRange(1), help="Stop after so many pictures.")
def sizes(most: int | None) -> None:
    """Make the sizes that pictures still lack, the latest first; may be stopped and run again at any time."""
    done = 0
    while most is None or done < most:
        step = service.make_sizes(min(service.AT_ONCE, most - done) if most else service.AT_ONCE)
        if not step:
            break
        done += step
        click.echo(f"{done:,} pictures done, {service.waiting():,} to go.")
    click.echo(f"{done:,} pictures have all their sizes now." if done else "No picture lacks a size.")
