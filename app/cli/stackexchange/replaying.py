"""`flask reputation replay-stackexchange` and `check-badges`: imported sites as the outside check of our arithmetic."""

import json
from collections.abc import Sequence

import click

from app.cli.stackexchange.badge_facts import given_badges, read_facts
from app.cli.stackexchange.badge_rules import check
from app.cli.stackexchange.comparing import Comparison, Site, compare, share, sites

_site = click.option("--site", help="Host name of one site; without it every imported site is looked at.")


@click.command("replay-stackexchange")
@_site
def replay_stackexchange(site: str | None) -> None:
    """Compare what the ledger gives people of imported sites with the reputation that the sites state.

    Active users are those to whom the site's rules gave or took something besides what every account begins with. The
    last line is JSON.
    """
    results = [compare(each) for each in _chosen(site)]
    for result in results:
        click.echo(_said(result))
    click.echo(json.dumps({"sites": [result.as_fields() for result in results]}))


@click.command("check-badges")
@_site
def check_badges(site: str | None) -> None:
    """Compute the badges of imported sites by their public rules and compare them with those that were given there.

    Precision is the share of the computed badges that were given, recall the share of the given ones that are computed.
    The last line is JSON.
    """
    told = []
    for each in _chosen(site):
        found = list(check(read_facts(each), given_badges(each)))
        click.echo(f"{each.name}\n  {'badge':<18}{'computed':>9}{'given':>7}{'precision':>11}{'recall':>8}")
        rows = []
        for one in found:
            precision, recall = share(one.right, one.computed), share(one.right, one.given)
            click.echo(
                f"  {one.badge:<18}{one.computed:>9,}{one.given:>7,}{_decimal(precision):>11}{_decimal(recall):>8}"
            )
            rows.append(
                {
                    "badge": one.badge, "computed": one.computed, "given": one.given, "right": one.right,
                    "precision": precision, "recall": recall,
                }
            )  # fmt: skip
        computed, right = sum(one.computed for one in found), sum(one.right for one in found)
        told.append({"site": each.name, "precision": share(right, computed), "badges": rows})
    click.echo(json.dumps({"sites": told}))


def _chosen(name: str | None) -> Sequence[Site]:
    found = sites(name)
    if name is not None and not found:
        raise click.ClickException(f"No site called {name} was imported.")
    return found


def _said(result: Comparison) -> str:
    if not result.comparable:
        return (
            f"{result.site}: a meta site, whose users bring their points from another one; nothing to compare"
        )
    if not result.active:
        return f"{result.site}: no active users"
    return (
        f"{result.site}: {result.active:,} active users; total exactly as stated for "
        f"{result.exact / result.active:.1%}, within 10 points or 10 % for {result.near / result.active:.1%}"
    )


def _decimal(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
