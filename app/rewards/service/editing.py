"""Making, changing and retiring rewards: for editors."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import exists, select

from app.core import audit, clock, settings
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.files.models import File
from app.files.schemas import PICTURE
from app.lib.ids import new_public_id
from app.lib.text import clean_line
from app.people.models import Region, Shop
from app.rewards.models import Reward
from app.rewards.policy import access_desk
from app.rewards.queries import OFFERED
from app.rewards.schemas import DRAWINGS, LEVELS, RewardDetails

#: The highest price, and the largest stock.
MOST_PRICE = 1_000_000
MOST_STOCK = 1_000_000
#: Longest texts, in characters.
MOST_TITLE = 80
MOST_TERMS = 2_000

_TITLES = ("title_ru", "title_en")
_TERMS = ("terms_ru", "terms_en")


def make_reward(actor: Actor, details: RewardDetails) -> int:
    """Put a reward into the catalogue; its id. Audited. Raises `Forbidden` and `Invalid` (fields of the details)."""
    access_desk(actor)
    values = _checked(details)
    with unit_of_work():
        reward = Reward(
            public_id=new_public_id(), made_by=actor.person_id, made_at=clock.now(), taken=0,
            picture_id=_picture(actor, details.picture, None), **values,
        )  # fmt: skip
        db.session.add(reward)
        db.session.flush()  # the audit names it, and the catalogue counts it
        _note_whether_any()
        audit.record("reward.made", f"reward:{reward.id}", actor_id=actor.person_id, price=reward.price)
        return reward.id


def change_reward(actor: Actor, reward_id: int, details: RewardDetails) -> None:
    """Change a reward; orders keep the price they were made for. Audited.

    Raises `Forbidden`, `NotFound` and `Invalid`, also for fewer than are ordered already. Locks the reward's row.
    """
    access_desk(actor)
    values = _checked(details)
    with unit_of_work():
        reward = _found(reward_id)
        if details.total is not None and details.total < reward.taken:
            raise Invalid(
                _("%(taken)s are ordered already; there can't be fewer.", taken=reward.taken), field="total"
            )
        before = {"price": reward.price, "total": reward.total}
        reward.picture_id = _picture(actor, details.picture, reward.picture_id)
        for name, value in values.items():
            setattr(reward, name, value)
        audit.record(
            "reward.changed", f"reward:{reward.id}", actor_id=actor.person_id, before=before,
            after={"price": reward.price, "total": reward.total},
        )  # fmt: skip


def retire_reward(actor: Actor, reward_id: int, *, on: bool) -> None:
    """Take a reward out of the catalogue, or put it back; orders go on. Audited. Raises `Forbidden`, `NotFound`."""
    access_desk(actor)
    with unit_of_work():
        reward = _found(reward_id)
        if on == (reward.retired_at is not None):
            return
        reward.retired_at = clock.now() if on else None
        db.session.flush()  # the catalogue counts it
        _note_whether_any()
        name = "reward.retired" if on else "reward.brought_back"
        audit.record(name, f"reward:{reward.id}", actor_id=actor.person_id)


def _found(reward_id: int) -> Reward:
    rows = select(Reward).where(Reward.id == reward_id).with_for_update(key_share=True)
    reward = db.session.scalars(rows.execution_options(populate_existing=True)).first()
    if reward is None:
        raise NotFound
    return reward


def _note_whether_any() -> None:
    """Remember whether there is a catalogue at all. One SELECT, and an UPDATE of the setting."""
    settings.put(OFFERED, bool(db.session.scalar(select(exists().where(Reward.retired_at.is_(None))))))


def _picture(actor: Actor, public_id: str, current: int | None) -> int | None:
    """The id of the photo: the reward's own, or one that the editor has just sent. One SELECT for a photo."""
    if not public_id:
        return None
    file = db.session.scalars(select(File).where(File.public_id == public_id, File.kind == PICTURE)).first()
    if file is not None and (
        file.id == current or (file.owner_id == actor.person_id and file.content_id is None)
    ):
        return file.id
    raise Invalid(_("The photo is no longer there. Please choose it again."), field="picture")


def _checked(details: RewardDetails) -> dict[str, Any]:
    """The values of the row. Raises `Invalid` with everything that is wrong."""
    errors = {**_wrong_words(details), **_wrong_numbers(details), **_wrong_choices(details)}
    if errors:
        raise Invalid(_("Look at the marked fields."), errors=errors)
    values = asdict(details)
    del values["picture"]
    values |= {name: clean_line(getattr(details, name), MOST_TITLE) for name in _TITLES}
    values |= {name: getattr(details, name).strip() for name in _TERMS}
    return values


def _wrong_words(details: RewardDetails) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    for name in _TITLES:
        if len(getattr(details, name)) > MOST_TITLE:
            errors[name] = _("At most %(most)s characters.", most=MOST_TITLE)
        elif not clean_line(getattr(details, name), MOST_TITLE):
            errors[name] = _("Give the reward a name in both languages.")
    for name in _TERMS:
        if len(getattr(details, name)) > MOST_TERMS:
            errors[name] = _("At most %(most)s characters.", most=MOST_TERMS)
    return errors


def _wrong_numbers(details: RewardDetails) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    if not 1 <= details.price <= MOST_PRICE:
        errors["price"] = _("A price from 1 to %(most)s points.", most=MOST_PRICE)
    if details.total is not None and not 0 <= details.total <= MOST_STOCK:
        errors["total"] = _("A number from 0 to %(most)s, or nothing.", most=MOST_STOCK)
    return errors


def _wrong_choices(details: RewardDetails) -> dict[str, Any]:
    """At most two SELECTs."""
    errors: dict[str, Any] = {}
    if details.drawing not in DRAWINGS:
        errors["drawing"] = _("Choose a picture.")
    if not 0 <= details.level < len(LEVELS):
        errors["level"] = _("Choose one of the list.")
    if details.region_id is not None and db.session.get(Region, details.region_id) is None:
        errors["region_id"] = _("There is no such region.")
    shops = select(Shop.id).where(Shop.format == details.shop_format).limit(1)
    if details.shop_format is not None and db.session.scalar(shops) is None:
        errors["shop_format"] = _("Choose one of the list.")
    if details.active_from and details.active_until and details.active_until <= details.active_from:
        errors["active_until"] = _("The last day comes before the first.")
    return errors
