"""Following people, and reading other regions."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.people.events import PersonFollowed, PersonUnfollowed
from app.people.models import ACTIVE, Follow, Person, Region, RegionSubscription


def follow(actor: Actor, handle: str) -> int:
    """The actor reads what this person writes; the number of followers now. Following twice changes nothing.

    Raises `NotFound`, and `Invalid` for oneself and for somebody who has left. Emits `PersonFollowed`.
    """
    with unit_of_work():
        person = _person(handle)
        if person.id == actor.person_id:
            raise Invalid(_("You can't follow yourself."))
        if person.state != ACTIVE:
            raise Invalid(_("This person no longer works here."))
        made = db.session.execute(
            insert(Follow)
            .values(follower_id=actor.person_id, followed_id=person.id, created_at=clock.now())
            .on_conflict_do_nothing()
            .returning(Follow.followed_id)
        ).first()
        if made is not None:
            _count(person, 1)
            emit(PersonFollowed(actor.person_id, person.id))
    return person.followers_count


def unfollow(actor: Actor, handle: str) -> int:
    """The actor reads this person no more; the number of followers now. Emits `PersonUnfollowed`."""
    with unit_of_work():
        person = _person(handle)
        gone = db.session.execute(
            delete(Follow)
            .where(Follow.follower_id == actor.person_id, Follow.followed_id == person.id)
            .returning(Follow.followed_id)
        ).first()
        if gone is not None:
            _count(person, -1)
            emit(PersonUnfollowed(actor.person_id, person.id))
    return person.followers_count


def subscribe_region(actor: Actor, code: str, *, on: bool) -> None:
    """The actor reads what is posted on the pages of another region's shops, or no more. Raises `NotFound`."""
    with unit_of_work():
        region_id = db.session.scalar(select(Region.id).where(Region.code == code))
        if region_id is None:
            raise NotFound(_("There is no such region."))
        if on:
            db.session.execute(
                insert(RegionSubscription)
                .values(person_id=actor.person_id, region_id=region_id, created_at=clock.now())
                .on_conflict_do_nothing()
            )
        else:
            mine = (
                RegionSubscription.person_id == actor.person_id,
                RegionSubscription.region_id == region_id,
            )
            db.session.execute(delete(RegionSubscription).where(*mine))


def _person(handle: str) -> Person:
    person = db.session.scalars(select(Person).where(Person.handle == handle)).first()
    if person is None:
        raise NotFound(_("There is nobody with this name here."))
    return person


def _count(person: Person, step: int) -> None:
    """Move the counter in the database, so that two at once both count."""
    person.followers_count = db.session.execute(
        update(Person)
        .where(Person.id == person.id)
        .values(followers_count=Person.followers_count + step)
        .returning(Person.followers_count)
        .execution_options(synchronize_session=False)
    ).scalar_one()
