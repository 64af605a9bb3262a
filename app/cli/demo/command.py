"""`flask demo …`: load the demo company, and say who one can sign in as."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from app.cli.demo.cast import PASSWORD, SIGN_INS, CastMember
from app.cli.demo.loader import loading
from app.cli.demo.loader.absences import load_absences
from app.cli.demo.loader.rewards import load_orders
from app.cli.demo.sizes import SIZES
from app.cli.importlock import ImportRunning, only_one
from app.core import clock
from app.core.schema import make_if_fresh
from app.core.web import config
from app.expertise.service import rebuild as count_experts
from app.reputation.cli import catch_up_showing
from app.search import service as search

demo_group = AppGroup("demo", callback=make_if_fresh, help="A believable company of invented people.")


@demo_group.command("load")
@click.option("--size", type=click.Choice(list(SIZES)), default="small", show_default=True, help="How large.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number, another company.")
@click.option("--as-of", type=click.DateTime(), help="End of its five months, UTC; default: now.")
@click.option("--if-empty", is_flag=True, help="Do nothing when there is data already.")
@click.option(
    "--reset", is_flag=True, help="Remove the demo company that is there, and all that was done in it."
)
@click.option("--no-index", is_flag=True, help="Leave the search index to `flask search rebuild`.")
def load(size: str, seed: int, as_of: datetime | None, if_empty: bool, reset: bool, no_index: bool) -> None:
    """Fill an empty database with a demo company.

    The same size, seed and end give the same company on every database. Data of a real company is never touched.
    """
    try:
        with only_one(config().data_path):
            _load(size, seed, as_of, if_empty=if_empty, reset=reset, with_index=not no_index)
    except ImportRunning as error:
        raise click.ClickException("Another import is under way; wait for it to end.") from error


def _load(
    size: str, seed: int, as_of: datetime | None, *, if_empty: bool, reset: bool, with_index: bool
) -> None:
    if not _make_way(if_empty=if_empty, reset=reset):
        return
    now = clock.as_moment(as_of.replace(tzinfo=UTC)) if as_of else clock.now()
    began = time.monotonic()
    chosen = SIZES[size]
    with click.progressbar(
        length=chosen.publications + chosen.comments, label=f"Demo company ({size})"
    ) as bar:
        rows = loading.load(chosen, seed, now, bar.update)
    click.echo(
        f"{chosen.people:,} people, {chosen.shops:,} shops, {chosen.groups:,} groups, {chosen.publications:,} "
        f"publications, {chosen.comments:,} comments: {rows:,} rows in {time.monotonic() - began:.1f} s."
    )
    began = time.monotonic()
    entries = catch_up_showing()
    orders = load_orders(seed, now)
    click.echo(
        f"Reputation: {entries:,} entries, {orders:,} rewards ordered in {time.monotonic() - began:.1f} s."
    )
    began = time.monotonic()
    strengths, titles = count_experts(quiet=True)
    away, hiding = load_absences(seed, now)
    click.echo(
        f"Experts: {strengths:,} strengths, {titles:,} titles, {away:,} away, {hiding:,} hiding a topic "
        f"in {time.monotonic() - began:.1f} s."
    )
    if with_index:
        began = time.monotonic()
        documents = search.rebuild()
        click.echo(f"Search index: {documents:,} documents in {time.monotonic() - began:.1f} s.")


def _make_way(*, if_empty: bool, reset: bool) -> bool:
    """Whether to load: the database is empty, or was a demo and has been cleared."""
    made = loading.present()
    if made is None and loading.is_empty():
        return True
    if made is not None and reset:
        loading.clear()
        return True
    if if_empty and (made is None or made.complete):
        click.echo("There is data already; nothing to do.")
        return False
    if made is None:
        raise click.ClickException("This database holds a company that is not the demo; it is left alone.")
    state = "is here already" if made.complete else "was being loaded when it was interrupted"
    raise click.ClickException(f"A demo company ({made.size}) {state}. `--reset` removes it and begins anew.")


@demo_group.command("sign-ins")
def sign_ins() -> None:
    """Print whom one can sign in as."""
    made = loading.present()
    if made is None:
        raise click.ClickException("There is no demo company here. `flask demo load` makes one.")
    click.echo(f"Sign in with a personnel number; the password of all is {PASSWORD}")
    for member in SIGN_INS:
        click.echo(f"  {member.number}  {_title(member):<15} {member.first} {member.last}, {_place(member)}")


def _title(member: CastMember) -> str:
    return f"{member.role} (en)" if member.locale == "en" else member.role


def _place(member: CastMember) -> str:
    return f"{member.position}, {member.shop}" if member.shop else member.position
