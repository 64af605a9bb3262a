"""What editors see of the catalogue."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.files.models import File
from app.people.models import Region, Shop
from app.rewards.models import Reward
from app.rewards.policy import access_desk
from app.rewards.queries.lines import REWARD, reward_line
from app.rewards.schemas import DeskReward, RewardDetails

_ALL = Prepared(
    select(
        *REWARD, Reward.id, Reward.active_from, Reward.retired_at, Reward.shop_format, Region.name.label("region")
    )
    .outerjoin(File, File.id == Reward.picture_id)
    .outerjoin(Region, Region.id == Reward.region_id)
    .order_by(Reward.retired_at.is_not(None), Reward.price, Reward.id)
)  # fmt: skip
_REGIONS = Prepared(select(Region.id, Region.name).order_by(Region.name))
_FORMATS = Prepared(select(Shop.format).distinct().order_by(Shop.format))


def desk_rewards(actor: Actor) -> tuple[DeskReward, ...]:
    """Every reward, the retired ones last. One statement. Raises `Forbidden`."""
    access_desk(actor)
    now = clock.now()
    return tuple(
        DeskReward(
            row.id, reward_line(row), row.taken, row.total, row.region or "", row.shop_format or "",
            row.retired_at is not None, _state(row, now),
        )
        for row in _ALL.all()
    )  # fmt: skip


def reward_details(actor: Actor, reward_id: int) -> tuple[RewardDetails, int]:
    """A reward as its form shows it, and how many are ordered. Two statements. Raises `Forbidden` and `NotFound`."""
    access_desk(actor)
    reward = db.session.get(Reward, reward_id)
    if reward is None:
        raise NotFound
    names = [name for name in RewardDetails.__dataclass_fields__ if name != "picture"]
    photo = db.session.scalar(select(File.public_id).where(File.id == reward.picture_id))
    return RewardDetails(**{name: getattr(reward, name) for name in names}, picture=photo or ""), reward.taken


def choices(actor: Actor) -> tuple[list[tuple[int, str]], list[str]]:
    """Regions, and formats of shops, to choose from. Two statements. Raises `Forbidden`."""
    access_desk(actor)
    return [(row.id, row.name) for row in _REGIONS.all()], [row.format for row in _FORMATS.all()]


def _state(row: Any, now: int) -> str:
    if row.retired_at is not None:
        return "retired"
    if row.active_from is not None and row.active_from > now:
        return "planned"
    return "over" if row.active_until is not None and row.active_until <= now else "open"
