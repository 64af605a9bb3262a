"""What people are asked to agree to, and who has."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from app.core.actor import Actor
from app.core.db import db
from app.core.identity import LOGO_WIDE, Identity
from app.core.storage import the_storage
from app.lib.accent import USUAL
from app.lib.app_icon import SHAPES, logo_icon, tinted_icon
from app.organisation.models import Consent, ConsentText
from app.organisation.policy import demand_administrator
from app.organisation.schemas import ConsentDesk, ConsentPage
from app.people.models import ACTIVE, Person
from config import ROOT

#: Whether a version asks anything.
_ASKS = (ConsentText.text_ru != "") | (ConsentText.text_en != "")


def consent_needed(person_id: Any) -> ColumnElement[str]:
    """Say "first" for who is asked and never agreed to anything, "anew" for who agreed to an earlier text, or "".

    A part of other statements, so that no request pays for the question: two short walks along primary keys.
    """
    latest = (
        select(case((_ASKS, ConsentText.version), else_=0))
        .order_by(ConsentText.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    agreed = select(func.max(Consent.version)).where(Consent.person_id == person_id).scalar_subquery()
    return case(
        (func.coalesce(latest, 0) <= func.coalesce(agreed, 0), ""), (agreed.is_(None), "first"), else_="anew"
    )


def consent(actor: Actor) -> ConsentPage | None:
    """The version in force in the reader's language, with their consent to it; None when nothing is asked.

    One statement.
    """
    row = db.session.execute(
        select(ConsentText, Consent.agreed_at)
        .outerjoin(
            Consent, and_(Consent.version == ConsentText.version, Consent.person_id == actor.person_id)
        )
        .order_by(ConsentText.version.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    found = row.ConsentText
    own, other = (found.text_en, found.text_ru) if actor.locale == "en" else (found.text_ru, found.text_en)
    if not (own or other):
        return None
    return ConsentPage(found.version, own or other, found.made_at, row.agreed_at)


def consent_desk(actor: Actor) -> ConsentDesk:
    """The texts in force, and how many have agreed. Raises `Forbidden`. Three statements."""
    demand_administrator(actor)
    latest = db.session.scalars(select(ConsentText).order_by(ConsentText.version.desc()).limit(1)).first()
    people = db.session.scalar(select(func.count()).select_from(Person).where(Person.state == ACTIVE)) or 0
    if latest is None:
        return ConsentDesk(0, "", "", None, 0, people)
    agreed = db.session.scalar(
        select(func.count())
        .select_from(Consent)
        .join(Person, Person.id == Consent.person_id)
        .where(Consent.version == latest.version, Person.state == ACTIVE)
    )
    return ConsentDesk(latest.version, latest.text_ru, latest.text_en, latest.made_at, agreed or 0, people)


#: The drawing that an icon is made of where there is no logo: a file of static/icons. Shortcuts show no logo.
_DRAWN = {**{name: name for name in SHAPES}, "app-48": "app-192"}
_SHORTCUTS = ("shortcut-ask", "shortcut-search")
_SHORTCUT_SIDE = 96


def is_icon(name: str) -> bool:
    """Whether the app has an icon of this name."""
    return name in SHAPES or name in _SHORTCUTS


def icon(mine: Identity, name: str) -> bytes:
    """An icon of the app as PNG, from the logo and the accent. `is_icon(name)`; no SQL.

    Drawn once a process. Raises `ObjectMissing` when the logo was taken away a moment ago.
    """
    return _drawn("" if name in _SHORTCUTS else mine.logo_key, mine.accent or USUAL, name)


@lru_cache(maxsize=32)
def _drawn(logo_key: str, accent: str, name: str) -> bytes:
    if logo_key:
        with the_storage().open(logo_key, LOGO_WIDE) as source:
            return logo_icon(source.read(), accent, SHAPES[name])
    drawing = ROOT / "static" / "icons" / f"{_DRAWN.get(name, name)}.png"
    side = SHAPES[name].side if name in SHAPES else _SHORTCUT_SIDE
    return tinted_icon(drawing.read_bytes(), USUAL, accent, side)
