"""One's own profile: about, contacts, photo."""

from __future__ import annotations

import re
from io import BytesIO

from sqlalchemy import ColumnElement, select

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound, TooLarge, UnsupportedType
from app.core.i18n import lazy_gettext as _
from app.core.storage import ObjectMissing, new_key, the_storage
from app.core.unit_of_work import unit_of_work
from app.lib.characters import clean_characters
from app.lib.cropping import Cut, cut_from, cut_out
from app.lib.markup import render
from app.lib.phones import normal_phone
from app.lib.pictures import (
    FULL,
    MAX_BYTES,
    MEDIUM,
    THUMB,
    EmptyPicture,
    NotAPicture,
    Picture,
    PictureBomb,
    PictureTooLarge,
    open_picture,
)
from app.people.models import Person
from app.people.service.staff import changed

LONGEST_ABOUT = 4000
#: Beside the sizes that are shown: the photo before it was cut, and how it was. Their owner alone sees them.
WHOLE = "whole"
CUT = "cut"
OWNERS_ALONE = (WHOLE, CUT)
#: A face is shown in a list and at the head of a page.
PHOTO_SIZES = (THUMB, MEDIUM)
_EMAIL = re.compile(r"[^\s@<>,;:\"()]{1,64}@(?:[^\s@.<>,;:\"()]{1,63}\.)+[^\s@.<>,;:\"()]{2,63}")


def edit_profile(actor: Actor, *, about: str, email: str, phone: str) -> None:
    """The actor changes what colleagues read about them, and by what they are reached and sign in.

    Raises `Invalid` with every field that is wrong. Emits `PersonChanged`.
    """
    about = clean_characters(about).strip()
    email = email.strip().lower()
    normal = normal_phone(phone) if phone.strip() else None
    errors = {
        "about": _("Use at most 4,000 characters.") if len(about) > LONGEST_ABOUT else None,
        "email": _("This is not an e-mail address.") if email and not _is_email(email) else None,
        "phone": _("This is not a phone number.") if phone.strip() and normal is None else None,
    }
    wrong = {field: text for field, text in errors.items() if text is not None}
    if wrong:
        raise Invalid(errors=wrong)
    html = str(render(about).html) if about else ""
    with unit_of_work():
        _refuse_taken(actor, email, normal)
        person = db.session.get_one(Person, actor.person_id)
        person.about, person.about_html = about, html
        person.email, person.phone = email or None, normal
        changed(person)


def set_photo(actor: Actor, data: bytes) -> None:
    """Give the actor a new photo: re-encoded, without its metadata. Raises the error that fits the upload.

    The bytes are kept before the row names them, and the former photo is forgotten after it no longer does.
    """
    key = _keep(data)
    former = _name_photo(actor, key)
    if former:
        the_storage().delete(former)


def photo_cut(actor: Actor) -> Cut:
    """Which part of the actor's photo is shown. No SQL."""
    try:
        with the_storage().open(actor.photo_key or "", CUT) as kept:
            return cut_from(*kept.read().decode().split())
    except ObjectMissing:
        return Cut()


def cut_photo(actor: Actor, cut: Cut) -> None:
    """Show another part of the photo that is there: always cut from the whole one. Raises `NotFound` without one."""
    whole = whole_photo(actor)
    key = new_key()
    _write(key, open_picture(cut_out(whole, cut)), whole, cut)
    former = _name_photo(actor, key)
    if former:
        the_storage().delete(former)


def whole_photo(actor: Actor, cut: Cut | None = None) -> bytes:
    """The actor's photo as it was uploaded, or a cut of it as PNG. Raises `NotFound` without one. No SQL."""
    for variant in (WHOLE, FULL):
        try:
            with the_storage().open(actor.photo_key or "", variant) as kept:
                return kept.read() if cut is None else cut_out(kept.read(), cut)
        except ObjectMissing:
            continue
    raise NotFound


def remove_photo(actor: Actor) -> None:
    """Take the actor's photo away; nothing when there is none."""
    former = _name_photo(actor, None)
    if former:
        the_storage().delete(former)


def _name_photo(actor: Actor, key: str | None) -> str | None:
    with unit_of_work():
        person = db.session.get_one(Person, actor.person_id)
        former, person.photo_key = person.photo_key, key
        if former != key:
            changed(person)
    return former


def _keep(data: bytes) -> str:
    try:
        picture = open_picture(data)
    except EmptyPicture as error:
        raise Invalid(_("The file is empty. Choose the photo again."), field="photo") from error
    except PictureTooLarge as error:
        raise TooLarge(_("The photo is larger than 25 MB."), field="photo") from error
    except PictureBomb as error:
        raise TooLarge(
            _("The photo has more pixels than we can handle (40 million)."), field="photo"
        ) from error
    except NotAPicture as error:
        raise UnsupportedType(_("Choose a photo as JPEG, PNG, GIF or WebP."), field="photo") from error
    key = new_key()
    _write(key, picture, picture.renditions[FULL].data, Cut())
    return key


def _write(key: str, picture: Picture, whole: bytes, cut: Cut) -> None:
    parts = {variant: picture.renditions[variant].data for variant in PHOTO_SIZES}
    parts |= {WHOLE: whole, CUT: f"{cut.across} {cut.down} {cut.zoom}".encode()}
    for variant, data in parts.items():
        the_storage().write(key, variant, BytesIO(data), limit=MAX_BYTES)


def _is_email(text: str) -> bool:
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def _refuse_taken(actor: Actor, email: str, phone: str | None) -> None:
    """Raise `Invalid` when a colleague signs in with one of these. Two SELECTs at most."""
    wrong = {}
    if email and _taken(actor, Person.email == email):
        wrong["email"] = _("A colleague has this e-mail address already.")
    if phone and _taken(actor, Person.phone == phone):
        wrong["phone"] = _("A colleague has this phone number already.")
    if wrong:
        raise Invalid(errors=wrong)


def _taken(actor: Actor, same: ColumnElement[bool]) -> bool:
    return db.session.scalar(select(Person.id).where(same, Person.id != actor.person_id)) is not None
