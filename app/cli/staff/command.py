"""`flask import staff`: the staff list of the personnel system, planned, shown and taken over."""

import math
from collections.abc import Sequence
from pathlib import Path

import click

from app.cli.importlock import ImportRunning, only_one
from app.cli.staff.columns import Field, MappingUnusable, parse_overrides
from app.cli.staff.people import LineProblem, StaffFile
from app.cli.staff.plan import Departures, Kind, Named, Plan, make_plan
from app.cli.staff.reader import Reading, read_staff
from app.cli.staff.shops import ShopChange, compare_shops
from app.cli.staff.snapshot import known_people, known_shops
from app.cli.staff.writer import carry_out
from app.core import clock
from app.core.web import config
from app.lib.csvfile import NotATable, write_table

#: So many people may always depart: in a small company a share says little.
ALWAYS_ALLOWED = 5
_SHOWN_PROBLEMS = 20
_SHOWN_MANAGERS = 5


class _Limit(click.ParamType):  # type: ignore[type-arg]
    """A number of people, or a share of them in percent."""

    name = "number|percent%"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, bool]:
        """The amount, and whether it is a share."""
        written = str(value).strip()
        is_share = written.endswith("%")
        try:
            amount = float(written.removesuffix("%"))
        except ValueError:
            amount = -1
        if not (0 <= amount < math.inf) or (is_share and amount > 100):
            self.fail(f"{written!r} is neither a number of people nor a percentage.", param, ctx)
        return amount, is_share


@click.command("staff")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=COLUMN",
    help=f"Which column (header or number) holds a field, where the header is not known. Fields: {', '.join(Field)}.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option(
    "--report",
    "report_to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every change and problem to this CSV file.",
)
@click.option(
    "--departed",
    type=click.Choice([each.value for each in Departures]),
    default=Departures.ABSENT.value,
    show_default=True,
    help="Who has left: also people of earlier staff files who are absent from this one, or only those it states.",
)
@click.option(
    "--max-departures",
    type=_Limit(),
    default="10%",
    show_default=True,
    help=f"Refuse a file by which more people would depart ({ALWAYS_ALLOWED} always may); 100% allows any.",
)
@click.option("--date-format", metavar="FORMAT", help="How dates are written, such as %d/%m/%Y.")
@click.option(
    "--phone-country", metavar="CODE", help="Country of phone numbers without a country code, such as RU."
)
def staff(
    file: Path,
    mapping: tuple[str, ...],
    dry_run: bool,
    report_to: Path | None,
    departed: str,
    max_departures: tuple[float, bool],
    date_format: str | None,
    phone_country: str | None,
) -> None:
    """Take over the staff list in FILE, a CSV with one row for each job that a person holds or held.

    Safe to repeat: only what differs is written, all of it or nothing. People who depart can no longer sign in from
    that moment on.
    """
    try:
        reading = Reading(clock.today(), parse_overrides(mapping), date_format, phone_country)
        with only_one(config().data_path):
            staff_file = read_staff(file.read_bytes(), reading)
            known = known_people()
            plan = make_plan(staff_file, known.values(), today=reading.today, departures=Departures(departed))
            shop_changes = compare_shops(staff_file.shops, known_shops())
            problems = sorted((*staff_file.problems, *plan.problems), key=lambda problem: problem.line)
            _tell(file, staff_file, plan, shop_changes, problems)
            if report_to is not None:
                report_to.write_bytes(_as_csv(plan, shop_changes, problems))
                click.echo(f"Every change and problem: {report_to}")
            _guard(plan, max_departures)
            if dry_run:
                click.echo("Nothing was written.")
                return
            ids = {person.personnel_number: id_ for id_, person in known.items()}
            made = carry_out(plan, ids, shop_changes, default_time_zone=config().default_time_zone)
    except (NotATable, MappingUnusable) as unusable:
        raise click.ClickException(f"{file}: {unusable}") from unusable
    except ImportRunning:
        raise click.ClickException("Another import is running; wait until it has ended.") from None
    for word, number in made.items():
        click.echo(f"New {word}: {number:,}")
    click.echo("Done.")


def _tell(
    path: Path,
    file: StaffFile,
    plan: Plan,
    shop_changes: Sequence[ShopChange],
    problems: Sequence[LineProblem],
) -> None:
    click.echo(
        f"{path}: {file.row_count:,} rows, {len(file.people):,} people ({file.encoding}, {file.delimiter!r})"
    )
    if file.unused_columns:
        click.echo(f"Columns without a use: {', '.join(file.unused_columns)}")
    for kind, number in plan.counts().items():
        click.echo(f"{kind.capitalize():<10}{number:>8,}")
    if shop_changes:
        click.echo(f"Changed shops: {len({change.code for change in shop_changes}):,}")
    for word, managers in (("New managers", plan.new_managers), ("No longer managers", plan.former_managers)):
        if managers:
            click.echo(f"{word}: {len(managers):,} ({_some(managers)})")
    if problems:
        click.echo(f"Problems  {len(problems):>8,}")
    for problem in problems[:_SHOWN_PROBLEMS]:
        click.echo(f"  line {problem.line}, {problem.personnel_number or 'no number'}: {problem.reason}")
    if len(problems) > _SHOWN_PROBLEMS:
        click.echo(f"  and {len(problems) - _SHOWN_PROBLEMS:,} more; --report FILE has them all")


def _some(people: tuple[Named, ...]) -> str:
    """The first few of them by name, and that there are more."""
    names = [f"{each.personnel_number} {each.name}" for each in people[:_SHOWN_MANAGERS]]
    return ", ".join(names) + (", …" if len(people) > _SHOWN_MANAGERS else "")


def _guard(plan: Plan, limit: tuple[float, bool]) -> None:
    """Stop before a wrong or half file sends people away."""
    amount, is_share = limit
    allowed = math.floor(plan.known_active * amount / 100) if is_share else int(amount)
    departing = len(plan.of_kind(Kind.DEPARTED))
    if departing > max(allowed, ALWAYS_ALLOWED):
        raise click.ClickException(
            f"{departing:,} of {plan.known_active:,} people would depart, more than --max-departures allows."
            " Nothing was written. Look at the file, and raise the limit if it is right."
        )


def _as_csv(plan: Plan, shop_changes: Sequence[ShopChange], problems: Sequence[LineProblem]) -> bytes:
    rows: list[tuple[object, ...]] = [
        ("problem", problem.line, problem.personnel_number, "", "", "", "", problem.reason)
        for problem in problems
    ]
    for change in plan.changes:
        if change.kind is Kind.UNCHANGED:
            continue
        start = (change.kind, change.line or "", change.personnel_number, change.name)
        details = [(*start, each.field, each.before, each.after, "") for each in change.details]
        rows.extend(details or [(*start, "", "", "", "")])
    for people, before, after in ((plan.new_managers, "", "manager"), (plan.former_managers, "manager", "")):
        rows.extend(("role", "", *each, "role", before, after, "") for each in people)
    rows.extend(("shop", "", each.code, "", each.field, each.before, each.after, "") for each in shop_changes)
    return write_table(
        ("what", "line", "personnel_number", "name", "field", "before", "after", "reason"), rows
    )
