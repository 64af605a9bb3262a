"""A person's page: head, tabs, about, and the small card that shows on hovering."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from sqlalchemy import ColumnElement, Row, bindparam, select, true
from sqlalchemy.orm import aliased

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.i18n import lazy_gettext as _
from app.core.i18n import lazy_pgettext as pgettext
from app.core.prepared import Prepared
from app.people.models import ACTIVE, Department, Follow, Handle, Job, Person, Position, Region, Shop
from app.people.queries.lines import LINE, joined, line
from app.people.schemas import (
    AboutPage,
    ActMaker,
    JobLine,
    MarkMaker,
    Naming,
    NoteMaker,
    PersonCard,
    PersonLine,
    ProfileAct,
    ProfileHead,
    ProfileTab,
    TabMaker,
    department_url,
    person_url,
    shop_url,
)

#: More reports than a page shows at once.
MOST_REPORTS = 60

_mine = aliased(Follow, name="mine")


@cache
def _head() -> Prepared:
    """Made when it is first asked for: by then everybody above has said what their buttons depend on."""
    return Prepared(
        joined(
            select(
                *LINE,
                Person.middle_name,
                Person.last_name,
                Person.first_name,
                Person.state,
                Person.followers_count,
                Person.publications_count,
                Person.created_at,
                _mine.followed_id.label("followed"),
                *(rule.label(f"act_{number}") for number, (_make, rule) in enumerate(_act_makers)),
            )
            .select_from(Person)
            .outerjoin(_mine, (_mine.followed_id == Person.id) & (_mine.follower_id == bindparam("me")))
        ).where(Person.handle == bindparam("handle"))
    )


_tab_makers: list[TabMaker] = []
_mark_makers: list[MarkMaker] = []
_act_makers: list[tuple[ActMaker, ColumnElement[bool]]] = []
_note_makers: list[NoteMaker] = []


def register_tab(make: TabMaker) -> None:
    """Let a feature above give profiles a tab; called once by the feature's `feature.py`."""
    _tab_makers.append(make)


def register_mark(make: MarkMaker) -> None:
    """Let a feature above show a figure in the heads of profiles; called once by the feature's `feature.py`."""
    _mark_makers.append(make)


def register_act(make: ActMaker, only_if: ColumnElement[bool] | None = None) -> None:
    """Let a feature above give profiles and hover cards a button; called once by the feature's `feature.py`.

    `only_if` is a rule over `Person`, asked in the statement of the head: without it `make` is not called.
    """
    _act_makers.append((make, true() if only_if is None else only_if))


def register_note(make: NoteMaker) -> None:
    """Let a feature above say something of a person on hover cards; called once by the feature's `feature.py`."""
    _note_makers.append(make)


def head(actor: Actor, handle: str) -> ProfileHead:
    """The head of a person's page with its tabs. Raises `NotFound`. One statement, and those of tabs and marks."""
    row = _head_row(actor, handle)
    person = line(row, photo="medium")
    return ProfileHead(
        person=person,
        id=row.id,
        handle=row.handle,
        full_name=Naming(row.first_name, row.last_name, row.middle_name).formal,
        works_here=row.state == ACTIVE,
        followers=row.followers_count,
        publications=row.publications_count,
        followed=row.followed is not None,
        is_me=row.id == actor.person_id,
        can_follow=row.id != actor.person_id and (row.state == ACTIVE or row.followed is not None),
        tabs=_tabs(actor, person),
        marks=tuple(mark for make in _mark_makers if (mark := make(actor, person)) is not None),
        acts=_acts(actor, person, row),
    )


def card(actor: Actor, handle: str) -> PersonCard:
    """The hover card. Raises `NotFound`. One statement, and those of acts and notes."""
    row = _head_row(actor, handle)
    person = line(row)
    return PersonCard(
        person=person,
        works_here=row.state == ACTIVE,
        followers=row.followers_count,
        publications=row.publications_count,
        followed=row.followed is not None,
        can_follow=row.id != actor.person_id and row.state == ACTIVE,
        acts=_acts(actor, person, row),
        notes=tuple(note for make in _note_makers if (note := make(actor, person)) is not None),
    )


def about(actor: Actor, handle: str) -> AboutPage:
    """The tab "About": text, contacts, workplace, manager, people they manage, job history. Four more statements."""
    top = head(actor, handle)
    person = db.session.get_one(Person, top.id)
    place = db.session.execute(
        select(
            Shop.code,
            Shop.name,
            Shop.address,
            Shop.city,
            Region.name.label("region"),
            Region.code.label("region_code"),
        )
        .outerjoin(Region, Region.id == Shop.region_id)
        .where(Shop.id == person.shop_id)
    ).first()
    around = db.session.execute(
        joined(select(*LINE, Person.manager_id).select_from(Person))
        .where(Person.state == ACTIVE, (Person.id == person.manager_id) | (Person.manager_id == person.id))
        .order_by(Person.sort_name)
        .limit(MOST_REPORTS + 2)
    ).all()
    reports = [line(row) for row in around if row.manager_id == person.id]
    return AboutPage(
        head=top,
        about_html=Markup(person.about_html),  # noqa: S704 - sanitised when it was written
        email=person.email if top.works_here else None,
        phone=person.phone if top.works_here else None,
        personnel_number=person.personnel_number if person.erased_at is None else "",
        hired_on=person.hired_on,
        left_on=person.left_on,
        shop_name=place.name if place else "",
        shop_url=shop_url(place.code) if place else "",
        address=", ".join(part for part in (place.city, place.address) if part) if place else "",
        region=place.region or "" if place else "",
        region_code=place.region_code or "" if place else "",
        department_id=person.department_id,
        manager=next((line(row) for row in around if row.id == person.manager_id), None),
        reports=tuple(reports[:MOST_REPORTS]),
        more_reports=len(reports) > MOST_REPORTS,
        jobs=_jobs(person.id),
    )


def address_of(handle: str) -> str:
    """Where `/@handle` leads: to a person's page, or else to a group's. One statement.

    It does not tell a group from a handle that nobody has, for a group may be secret: its own page answers.
    """
    found = db.session.get(Handle, handle)
    if found is not None and found.person_id is not None:
        return person_url(handle)
    return "/groups/" + quote(handle, safe="")


def photo_key(handle: str) -> str:
    """The storage key of a person's photo. Raises `NotFound` for nobody and for no photo. One statement."""
    key = db.session.scalar(select(Person.photo_key).where(Person.handle == handle))
    if key is None:
        raise NotFound
    return key


def _head_row(actor: Actor, handle: str) -> Row[Any]:
    row = _head().first(me=actor.person_id, handle=handle)
    if row is None:
        raise NotFound(_("There is nobody with this name here."))
    return row


def _tabs(actor: Actor, person: PersonLine) -> tuple[ProfileTab, ...]:
    own = [
        ProfileTab("about", pgettext("person", "About"), f"{person_url(person.handle)}/about", rank=20),
        ProfileTab("connections", _("Connections"), f"{person_url(person.handle)}/connections", rank=30),
    ]
    made = [tab for make in _tab_makers if (tab := make(actor, person)) is not None]
    return tuple(sorted([*made, *own], key=lambda tab: tab.rank))


def _acts(actor: Actor, person: PersonLine, row: Row[Any]) -> tuple[ProfileAct, ...]:
    """Nobody does them for themselves, or for who has left."""
    if row.state != ACTIVE or row.id == actor.person_id:
        return ()
    makers = [make for number, (make, _rule) in enumerate(_act_makers) if getattr(row, f"act_{number}")]
    return tuple(act for make in makers if (act := make(actor, person)) is not None)


def _jobs(person_id: int) -> tuple[JobLine, ...]:
    rows = db.session.execute(
        select(
            Job.started_on,
            Job.ended_on,
            Position.name.label("position"),
            Shop.code,
            Shop.name.label("shop"),
            Department.id.label("department_id"),
            Department.name.label("department"),
        )
        .select_from(Job)
        .outerjoin(Position, Position.id == Job.position_id)
        .outerjoin(Shop, Shop.id == Job.shop_id)
        .outerjoin(Department, Department.id == Job.department_id)
        .where(Job.person_id == person_id)
        .order_by(Job.started_on.desc())
        .limit(30)
    )
    return tuple(
        JobLine(
            position=row.position or "",
            place=row.shop or row.department or "",
            place_url=_place_url(row.code, row.department_id),
            started_on=row.started_on,
            ended_on=row.ended_on,
        )
        for row in rows
    )


def _place_url(shop_code: str | None, department_id: int | None) -> str:
    if shop_code:
        return shop_url(shop_code)
    return department_url(department_id) if department_id else ""
