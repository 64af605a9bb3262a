"""Reads of accounts: who a session, a token or a command acts for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, String, bindparam, case, cast, column, func, literal_column, select, table

from app.accounts.models import ApiToken, Arrival, Preference, RoleGrant, Session
from app.accounts.policy import Rules
from app.core.actor import MANAGER, Actor
from app.core.prepared import Prepared
from app.organisation.queries import consent_needed
from app.people.models import ACTIVE, Person, Shop
from app.people.queries import manages

#: Membership belongs to the groups feature, which stands above this one and alone writes it. An actor carries the
#: groups of the person, so their table is read here by name, in the same statement as everything else.
_members = table("group_members", column("group_id"), column("person_id"), column("role"))
_MODERATES = "*"

_roles = (
    select(func.aggregate_strings(RoleGrant.role, ","))
    .where(RoleGrant.person_id == Person.id)
    .correlate(Person)
    .scalar_subquery()
)
_groups = (
    select(
        func.aggregate_strings(
            cast(_members.c.group_id, String).op("||")(
                case(
                    (_members.c.role == "member", literal_column("''")),
                    else_=literal_column(f"'{_MODERATES}'"),
                )
            ),
            ",",
        )
    )
    .where(_members.c.person_id == Person.id)
    .correlate(Person)
    .scalar_subquery()
)

_PERSON = (
    Person.id.label("person_id"),
    Person.handle,
    Person.name,
    Person.shop_id,
    Person.department_id,
    Person.position_id,
    Person.colour,
    Person.photo_key,
    Shop.region_id,
    Shop.format.label("shop_format"),
    Shop.time_zone.label("shop_time_zone"),
    Preference.locale,
    Preference.theme,
    Preference.time_zone,
    Preference.feed_order,
    Preference.letter_keys,
    Preference.pictures,
    _roles.label("roles"),
    manages(Person).label("manages"),
    _groups.label("groups"),
    consent_needed(Person.id).label("consent"),
    Arrival.welcome,
)


def _with_person(statement: Any) -> Any:
    """Join what `_PERSON` selects, for active people alone: a leaver is nobody."""
    return (
        statement.outerjoin(Shop, Shop.id == Person.shop_id)
        .outerjoin(Preference, Preference.person_id == Person.id)
        .outerjoin(Arrival, Arrival.person_id == Person.id)
        .where(Person.state == ACTIVE)
    )


_by_session = Prepared(
    _with_person(
        select(
            Session.id.label("session_id"),
            Session.created_at,
            Session.seen_at,
            Session.expires_at,
            Session.ended_at,
            *_PERSON,
        )
        .select_from(Session)
        .join(Person, Person.id == Session.person_id)
    ).where(Session.token_hash == bindparam("token_hash"))
)
_by_token = Prepared(
    _with_person(
        select(ApiToken.id.label("token_id"), ApiToken.last_used_at, *_PERSON)
        .select_from(ApiToken)
        .join(Person, Person.id == ApiToken.person_id)
    ).where(ApiToken.token_hash == bindparam("token_hash"), ApiToken.ended_at.is_(None))
)
_by_person = Prepared(
    _with_person(select(*_PERSON).select_from(Person)).where(Person.id == bindparam("person_id"))
)

_with_role = Prepared(
    select(RoleGrant.person_id)
    .join(Person, Person.id == RoleGrant.person_id)
    .where(RoleGrant.role == bindparam("role"), Person.state == ACTIVE)
)


def session_row(token_hash: str) -> Row[Any] | None:
    """A session with its person, alive or not; None when unknown or when the person has left. One statement."""
    return _by_session.first(token_hash=token_hash)


def token_row(token_hash: str) -> Row[Any] | None:
    """A running API token with its person; None when unknown, ended, or when the person has left. One statement."""
    return _by_token.first(token_hash=token_hash)


def person_row(person_id: int) -> Row[Any] | None:
    """An active person as `actor_from` needs them. One statement."""
    return _by_person.first(person_id=person_id)


def people_with_role(role: str) -> tuple[int, ...]:
    """Ids of the active people who were granted a role. One statement."""
    return tuple(row.person_id for row in _with_role.all(role=role))


def roles_in(row: Row[Any]) -> frozenset[str]:
    """The roles in a row of this module: those granted, and manager for whoever manages somebody or runs a shop."""
    granted = row.roles.split(",") if row.roles else ()
    return frozenset((*granted, MANAGER) if row.manages else granted)


def actor_from(
    row: Row[Any], rules: Rules, *, session_id: int | None = None, token_id: int | None = None
) -> Actor:
    """The actor in a row of this module; no SQL."""
    groups = row.groups.split(",") if row.groups else []
    return Actor(
        person_id=row.person_id,
        handle=row.handle,
        name=row.name,
        roles=roles_in(row),
        shop_id=row.shop_id,
        region_id=row.region_id,
        department_id=row.department_id,
        position_id=row.position_id,
        shop_format=row.shop_format,
        shop_time_zone=row.shop_time_zone or rules.default_time_zone,
        group_ids=tuple(sorted(int(group.rstrip(_MODERATES)) for group in groups)),
        moderated_group_ids=frozenset(int(group[:-1]) for group in groups if group.endswith(_MODERATES)),
        locale=row.locale or rules.default_locale,
        time_zone=row.time_zone or row.shop_time_zone or rules.default_time_zone,
        session_id=session_id,
        token_id=token_id,
        colour=row.colour,
        photo_key=row.photo_key,
        theme=row.theme or "auto",
        feed_order=row.feed_order or "activity",
        consent=row.consent,
        welcome=tuple((row.welcome or "").split()),
        letter_keys=row.letter_keys is None or bool(row.letter_keys),
        pictures=row.pictures or "auto",
    )
