"""Setting whose network this is, and agreeing to what it asks."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sqlalchemy import delete, func, select

from app.core import clock, identity, settings
from app.core.actor import Actor
from app.core.audit import record
from app.core.db import db
from app.core.errors import Conflict, Invalid, TooLarge, UnsupportedType
from app.core.i18n import LOCALES
from app.core.i18n import lazy_gettext as _
from app.core.storage import new_key, the_storage
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.accent import LEGIBLE, USUAL, nearest, normal_colour, weakest
from app.lib.characters import clean_characters
from app.lib.logo import Logo, open_logo
from app.lib.pictures import MAX_BYTES, EmptyPicture, PictureBomb, PictureError, PictureTooLarge
from app.organisation.models import Consent, ConsentText
from app.organisation.policy import LONGEST_CONSENT, LONGEST_NAME, LONGEST_SHORT, demand_administrator

#: What the grounds are called in messages.
_GROUNDS = {"card": _("white cards"), "paper": _("the page’s ground"), "raise": _("raised places")}
_SUBJECT = "organisation:1"


def set_identity(actor: Actor, *, name: str, short: str, accent: str, logo: bytes = b"") -> None:
    """Name, short name and accent colour, and the logo when there is a new one.

    Raises `Forbidden`; `Invalid` with every field that is wrong, "logo" among them, after which nothing has changed.
    """
    demand_administrator(actor)
    name, short = _one_line(name), _one_line(short)
    colour = normal_colour(accent)
    errors = {
        "name": _name_error(name),
        "short": _("Use at most 20 characters.") if len(short) > LONGEST_SHORT else None,
        "accent": accent_error(accent),
    }
    picture: Logo | None = None
    try:
        picture = _opened(logo) if logo else None
    except (Invalid, TooLarge, UnsupportedType) as error:
        errors["logo"] = error.message
    wrong = {field: text for field, text in errors.items() if text is not None}
    if wrong:
        raise Invalid(errors=wrong)
    kept = _keep(picture) if picture is not None else None
    former = identity.identity().logo_key
    with unit_of_work():
        settings.put(identity.NAME, name)
        settings.put(identity.SHORT, short)
        settings.put(identity.ACCENT, "" if colour == USUAL else colour)
        if kept is not None:
            settings.put(identity.LOGO, kept)
        record(
            "organisation.changed",
            _SUBJECT,
            actor_id=actor.person_id,
            name=name,
            accent=colour,
            logo=bool(kept),
        )
    if kept is not None and former:
        the_storage().delete(former)


def remove_logo(actor: Actor) -> None:
    """Take the logo away; nothing when there is none. Raises `Forbidden`."""
    demand_administrator(actor)
    former = identity.identity().logo_key
    if not former:
        return
    with unit_of_work():
        settings.put(identity.LOGO, {})
        record("organisation.changed", _SUBJECT, actor_id=actor.person_id, logo=False)
    the_storage().delete(former)


def accent_error(accent: str) -> Any:
    """What is wrong with a colour as an accent, in words, with one that would do; None when nothing is."""
    colour = normal_colour(accent)
    if colour is None:
        return _("Write the colour as six digits, for example #1d5fbf.")
    ground, found = weakest(colour)
    if found >= LEGIBLE:
        return None
    return _(
        "Hard to read on %(ground)s. %(better)s would do.",
        ground=_GROUNDS[ground],
        better=nearest(colour),
    )


def set_consent(actor: Actor, text_ru: str, text_en: str) -> bool:
    """Ask everybody for their consent to new texts; whether that is a new version. Both empty: nothing is asked.

    Saving what is in force already changes nothing. Raises `Forbidden`, `Invalid`, and `Conflict` when another
    administrator was faster.
    """
    demand_administrator(actor)
    texts = {"text_ru": clean_characters(text_ru).strip(), "text_en": clean_characters(text_en).strip()}
    wrong = {
        field: _("Use at most 10,000 characters.")
        for field, text in texts.items()
        if len(text) > LONGEST_CONSENT
    }
    if wrong:
        raise Invalid(errors=wrong)
    with unit_of_work():
        latest = db.session.scalars(select(ConsentText).order_by(ConsentText.version.desc()).limit(1)).first()
        former = (latest.text_ru, latest.text_en) if latest is not None else ("", "")
        if former == (texts["text_ru"], texts["text_en"]):
            return False
        version = (latest.version if latest is not None else 0) + 1
        made = db.session.scalar(
            insert(ConsentText)
            .values(version=version, made_by=actor.person_id, made_at=clock.now(), **texts)
            .on_conflict_do_nothing(index_elements=["version"])
            .returning(ConsentText.version)
        )
        if made is None:
            raise Conflict(_("Another administrator has just changed the text. Look at theirs first."))
        record("consent.changed", f"consent:{version}", actor_id=actor.person_id)
    return True


def agree(actor: Actor, version: int) -> None:
    """Keep that the actor has agreed to a version. Again changes nothing.

    Raises `Conflict` when another version is in force by now: nobody agrees to what they have not read.
    """
    with unit_of_work():
        if version != db.session.scalar(select(func.max(ConsentText.version))):
            raise Conflict(_("The text has changed meanwhile. Please read it again."))
        locale = actor.locale if actor.locale in LOCALES else LOCALES[0]
        db.session.execute(
            insert(Consent)
            .values(person_id=actor.person_id, version=version, agreed_at=clock.now(), locale=locale)
            .on_conflict_do_nothing(index_elements=["person_id", "version"])
        )


def forget_person(person_id: int) -> None:
    """Forget what somebody who was erased had agreed to, in the open unit of work. One statement."""
    db.session.execute(delete(Consent).where(Consent.person_id == person_id))


def _one_line(text: str) -> str:
    return " ".join(clean_characters(text).split())


def _name_error(name: str) -> Any:
    if not name:
        return _("Give the network a name.")
    return _("Use at most 60 characters.") if len(name) > LONGEST_NAME else None


def _opened(data: bytes) -> Logo:
    try:
        return open_logo(data)
    except EmptyPicture as error:
        raise Invalid(_("The file is empty. Choose the picture again."), field="logo") from error
    except (PictureTooLarge, PictureBomb) as error:
        raise TooLarge(_("The picture is too large; 512 pixels are enough."), field="logo") from error
    except PictureError as error:
        raise UnsupportedType(_("Choose a picture as PNG, WebP, JPEG or GIF."), field="logo") from error


def _keep(logo: Logo) -> dict[str, object]:
    key = new_key()
    for variant, data in ((identity.LOGO_WIDE, logo.wide), (identity.LOGO_SQUARE, logo.square)):
        the_storage().write(key, variant, BytesIO(data), limit=MAX_BYTES)
    return {"key": key, "width": logo.width, "height": logo.height}
