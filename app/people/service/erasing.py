"""Erasing a person: what the law asks for, without breaking what others wrote or what was counted.

The row stays, for texts, likes and the ledger point at it; nothing in it says any more who it was.
"""

from __future__ import annotations

import secrets

from sqlalchemy import delete, or_, select, update

from app.core import audit, clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.i18n import gettext as _
from app.core.i18n import house_locale, speaking
from app.core.idempotency import IdempotencyKey
from app.core.outbox import emit
from app.core.storage import the_storage
from app.core.unit_of_work import unit_of_work
from app.people.events import PersonErased
from app.people.models import Follow, Handle, Job, Person, RegionSubscription, Shop
from app.people.service.staff import changed, colour_of, mark_left, sort_name_of


def erase_person(person_id: int, *, by: int | None, texts: bool = False) -> bool:
    """Take away everything that says who a person was; whether anything changed. It can't be undone.

    In one transaction: they leave if they had not, their row becomes nobody's, their job history, follows and regions
    go, nobody has them as a manager any more. Audited. Emits `PersonErased`, by which features above forget what they
    know; with `texts` they delete what the person wrote, which otherwise stays as by a former colleague. About fifteen
    statements. Raises `NotFound`.
    """
    with unit_of_work():
        person = db.session.get(Person, person_id, with_for_update=True)
        if person is None:
            raise NotFound
        if person.erased_at is not None:
            return False
        mark_left(person_id, on=clock.today())
        handle, photo = person.handle, person.photo_key
        _forget_ties(person_id)
        _rename(person)
        db.session.execute(update(Handle).where(Handle.person_id == person_id).values(handle=person.handle))
        audit.record("person.erased", f"person:{person_id}", actor_id=by, texts=texts)
        changed(person)
        emit(PersonErased(person_id, handle, person.handle, texts))
    if photo:
        the_storage().delete(photo)
    return True


def _rename(person: Person) -> None:
    """Let the row be nobody's. Its name is in the network's language, for names are stored, not rendered."""
    with speaking(house_locale()):
        name = _("Former colleague")
    mark = secrets.token_hex(5)
    person.first_name, person.last_name, person.middle_name, person.name = name, "", "", name
    person.sort_name = person.latin_name = sort_name_of(name, "")
    person.handle, person.personnel_number = f"former-{mark}", f"erased:{mark}"
    person.email = person.phone = person.photo_key = None
    person.position_id = person.shop_id = person.department_id = person.manager_id = None
    person.hired_on = person.left_on = None
    person.about = person.about_html = ""
    person.colour, person.followers_count = colour_of(person.personnel_number), 0
    person.erased_at = clock.now()


def _forget_ties(person_id: int) -> None:
    followed = select(Follow.followed_id).where(Follow.follower_id == person_id)
    fewer = update(Person).where(Person.id.in_(followed)).values(followers_count=Person.followers_count - 1)
    db.session.execute(fewer.execution_options(synchronize_session=False))
    mine = or_(Follow.follower_id == person_id, Follow.followed_id == person_id)
    for gone in (
        delete(Follow).where(mine),
        delete(Job).where(Job.person_id == person_id),
        delete(RegionSubscription).where(RegionSubscription.person_id == person_id),
        delete(IdempotencyKey).where(IdempotencyKey.person_id == person_id),
        update(Person).where(Person.manager_id == person_id).values(manager_id=None),
        update(Shop).where(Shop.manager_id == person_id).values(manager_id=None),
    ):
        db.session.execute(gone.execution_options(synchronize_session=False))
