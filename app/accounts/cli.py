"""Commands about people and their accounts, for whoever runs the server."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts import service
from app.core.actor import GRANTED_ROLES
from app.core.db import db
from app.core.errors import DomainError, Invalid
from app.core.schema import make_if_fresh
from app.lib.phones import normal_phone
from app.people import service as people
from app.people.models import ACTIVE, Person, Shop
from app.people.schemas import Naming, Workplace

F = TypeVar("F", bound=Callable[..., Any])

token_group = AppGroup("token", callback=make_if_fresh, help="API tokens.")
person_group = AppGroup("person", callback=make_if_fresh, help="People and their passwords.")
role_group = AppGroup("role", callback=make_if_fresh, help="Roles beyond employee.")
commands = (token_group, person_group, role_group)


def _plainly(command: F) -> F:
    """Say domain errors as one line, with exit status 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except Invalid as error:
            texts = error.errors.values() or [error.message]
            raise click.ClickException(" ".join(str(text) for text in texts)) from error
        except DomainError as error:
            raise click.ClickException(str(error.message)) from error

    return run  # type: ignore[return-value]


@token_group.command("create")
@click.argument("personnel_number")
@click.option("--name", default="command line", show_default=True, help="What will use it.")
@_plainly
def create_token(personnel_number: str, name: str) -> None:
    """Make an API token for a person and print it, nothing else."""
    click.echo(service.create_token(_active(personnel_number).id, name, by=None))


@person_group.command("create")
@click.argument("personnel_number")
@click.argument("first_name")
@click.argument("last_name", default="")
@click.option("--middle-name", default="")
@click.option("--email")
@click.option("--phone")
@click.option("--shop", help="Code of the shop.")
@click.option("--position", help="Job title; made when it is new.")
@click.option("--role", "roles", type=click.Choice(GRANTED_ROLES), multiple=True)
@_plainly
def create_person(
    personnel_number: str,
    first_name: str,
    last_name: str,
    middle_name: str,
    email: str | None,
    phone: str | None,
    shop: str | None,
    position: str | None,
    roles: tuple[str, ...],
) -> None:
    """Add a person and print a one-time password."""
    normal = normal_phone(phone) if phone else None
    if phone and normal is None:
        raise click.ClickException(f"{phone} is not a phone number")
    try:
        person = people.new_person(
            personnel_number,
            Naming(first_name, last_name, middle_name),
            Workplace(position_id=_position_id(position), shop_id=_shop_id(shop)),
            email=email.lower() if email else None,
            phone=normal,
        )
    except IntegrityError as error:
        raise click.ClickException("The personnel number, e-mail or phone is taken.") from error
    for role in roles:
        service.grant_role(person.id, role, by=None)
    click.echo(service.set_one_time_password(person.id, by=None))


@person_group.command("password")
@click.argument("personnel_number")
@click.option(
    "--one-time", is_flag=True, help="Print a password that must be changed, instead of asking for one."
)
@_plainly
def set_password(personnel_number: str, one_time: bool) -> None:
    """Set a person's password; their sessions end."""
    person = _active(personnel_number)
    if one_time:
        click.echo(service.set_one_time_password(person.id, by=None))
        return
    chosen = click.prompt("New password", hide_input=True, confirmation_prompt=True)
    service.choose_password(person.id, chosen, by=None)
    click.echo("The password was changed.")


@person_group.command("erase")
@click.argument("personnel_number")
@click.option("--with-texts", is_flag=True, help="Delete also what the person wrote.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@_plainly
def erase_person(personnel_number: str, with_texts: bool, yes: bool) -> None:
    """Take away everything that says who a person was. It can't be undone."""
    person = _person(personnel_number)
    if not yes:
        click.confirm(f"Erase {person.name} ({personnel_number}) for ever?", abort=True)
    service.erase(person.id, by=None, texts=with_texts)
    click.echo("The person was erased. What others wrote, and every point, stays.")


@role_group.command("grant")
@click.argument("personnel_number")
@click.argument("role", type=click.Choice(GRANTED_ROLES))
@_plainly
def grant_role(personnel_number: str, role: str) -> None:
    """Give a person a role; they sign in again."""
    changed = service.grant_role(_active(personnel_number).id, role, by=None)
    click.echo("The role was given." if changed else "The person has this role already.")


@role_group.command("revoke")
@click.argument("personnel_number")
@click.argument("role", type=click.Choice(GRANTED_ROLES))
@_plainly
def revoke_role(personnel_number: str, role: str) -> None:
    """Take a role from a person; they sign in again."""
    changed = service.revoke_role(_person(personnel_number).id, role, by=None)
    click.echo("The role was taken." if changed else "The person does not have this role.")


def _person(personnel_number: str) -> Person:
    person = db.session.scalars(select(Person).where(Person.personnel_number == personnel_number)).first()
    if person is None:
        raise click.ClickException(f"Nobody has the personnel number {personnel_number}.")
    return person


def _active(personnel_number: str) -> Person:
    person = _person(personnel_number)
    if person.state != ACTIVE:
        raise click.ClickException(f"{person.name} ({personnel_number}) no longer works here.")
    return person


def _shop_id(code: str | None) -> int | None:
    if not code:
        return None
    found = db.session.scalar(select(Shop.id).where(Shop.code == code))
    if found is None:
        raise click.ClickException(f"There is no shop {code}.")
    return found


def _position_id(name: str | None) -> int | None:
    return people.position_named(name).id if name else None
