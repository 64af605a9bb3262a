"""The catalogue and one reward, as their reader sees them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, case, exists, or_, select

from app.core import settings
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.i18n import lazy_gettext as _
from app.core.prepared import Prepared
from app.files.models import File
from app.reputation.models import BONUS, Balance
from app.reputation.queries import bonus_balance
from app.rewards.models import Order, Reward
from app.rewards.policy import in_catalogue, meant_for, readable_by, reader_values, visible_to
from app.rewards.queries.lines import REWARD, left, reward_line
from app.rewards.queries.loyalty import loyalty
from app.rewards.schemas import Catalogue, Loyalty, RewardLine, RewardPage

#: Rewards that a catalogue shows.
MOST = 200

_shown = select(
    *REWARD, case((in_catalogue(), 1), else_=0).label("open"), case((meant_for(), 1), else_=0).label("mine")
).outerjoin(File, File.id == Reward.picture_id)
_REWARDS = Prepared(_shown.where(visible_to()).order_by(Reward.price, Reward.id).limit(bindparam("most")))
_ONE = Prepared(
    _shown.where(Reward.public_id == bindparam("public_id"), or_(bindparam("editor") == 1, readable_by()))
)
_USED = Prepared(
    select(
        or_(
            exists().where(Balance.person_id == bindparam("reader"), Balance.account == BONUS, Balance.points != 0),
            exists().where(Order.person_id == bindparam("reader")),
        ).label("is_used")
    )
)  # fmt: skip
#: The setting that says whether any reward is in the catalogue, so that frames need not ask.
OFFERED = "rewards.offered"


def catalogue(actor: Actor) -> Catalogue:
    """What the actor can order, and what keeps them from the rest. Three statements."""
    balance, level = bonus_balance(actor.person_id), loyalty(actor.person_id)
    rows = _REWARDS.all(**reader_values(actor), most=MOST)
    rewards = [_line(row, balance, level) for row in rows]
    # What cannot be had now comes after what can.
    rewards.sort(key=lambda each: each.obstacle == "gone")
    return Catalogue(balance, level, tuple(rewards))


def reward_page(actor: Actor, public_id: str) -> RewardPage:
    """One reward before the actor. Three statements. Raises `NotFound`."""
    row = _ONE.first(**reader_values(actor), public_id=public_id, editor=int(actor.is_editor))
    if row is None:
        raise NotFound(_("There is no such reward."))
    balance, level = bonus_balance(actor.person_id), loyalty(actor.person_id)
    return RewardPage(balance, level, _line(row, balance, level))


def has_rewards() -> bool:
    """Whether there is a catalogue. Asked of the database seldom."""
    return bool(settings.known(OFFERED, False))


def has_points(actor: Actor) -> bool:
    """Whether the actor has bonus points or has ordered something. One statement."""
    row = _USED.first(reader=actor.person_id)
    return row is not None and bool(row.is_used)


def _line(row: Any, balance: int, level: Loyalty) -> RewardLine:
    stock = left(row)
    if not row.open:
        return reward_line(row, "closed")
    if not row.mine:
        return reward_line(row, "others")
    if stock is not None and stock <= 0:
        return reward_line(row, "gone")
    if row.level > level.level:
        return reward_line(row, "level")
    lacking = max(0, row.price - balance)
    return reward_line(row, "points" if lacking else "", lacking)
