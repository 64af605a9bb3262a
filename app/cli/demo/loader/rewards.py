"""Rows of rewards: rules that pay bonus points, the catalogue, and orders in every state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import select, update

from app.cli.bulk import in_chunks, insert_for_ids, insert_rows
from app.cli.demo.cast import SIGN_INS, place_of
from app.cli.demo.treats import BONUS_RULES, NOTES, ORDERS_PER_1000, STATES, TREATS
from app.core import clock, settings
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.lib.bonus import Earned
from app.people.models import ACTIVE, Person, Shop
from app.reputation.models import BONUS, ORDERED, OTHER, SPENT, Balance, Entry, Rule
from app.reputation.queries import bonus_pasts, holders
from app.rewards.models import APPROVED, CANCELLED, Order, Reward
from app.rewards.models import ORDERED as WAITS
from app.rewards.queries import OFFERED
from app.rewards.service.ordering import fact_of

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: Orders are so old at most.
_SINCE = 60 * clock.DAY
#: Nobody waits longer for a decision, nor for what was approved.
_HANDLED_WITHIN = 12 * clock.DAY


@dataclass(frozen=True, slots=True)
class _Wish:
    """An order to be written."""

    person_id: int
    reward: Any
    at: int
    state: str
    note: str
    returned_at: int


def load_catalogue(seed: int, now: int) -> None:
    """Write the rules and rewards; inside the open unit of work."""
    rng = Random(f"{seed}/rewards")
    known = set(db.session.scalars(select(Rule.code)))
    insert_rows(
        Rule,
        [
            {
                "code": code, "version": 1, "act": act, "pays": OTHER, "account": BONUS, "points": points,
                "daily_cap": cap, "priority_percent": 100, "only_priority": False, "valid_from": 0, "made_at": 0,
            }
            for code, act, points, cap in BONUS_RULES
            if code not in known
        ],
    )  # fmt: skip
    settings.put(OFFERED, True)
    formats = set(db.session.scalars(select(Shop.format).distinct()))
    insert_rows(
        Reward,
        [
            {
                "public_id": _public_id(rng), "title_ru": each.title_ru, "title_en": each.title_en,
                "terms_ru": each.terms_ru, "terms_en": each.terms_en, "drawing": each.drawing, "price": each.price,
                "total": each.total, "taken": 0, "level": each.level,
                "shop_format": each.shop_format if each.shop_format in formats else None,
                "made_by": place_of("Соколова") + 1, "made_at": now - 3 * _SINCE,
            }
            for each in TREATS
        ],
    )  # fmt: skip


def load_orders(seed: int, now: int) -> int:
    """Let people spend some of what they have earned; how many orders. After the ledger has caught up."""
    rng = Random(f"{seed}/orders")
    rewards = db.session.execute(select(Reward.__table__).order_by(Reward.price)).all()
    staff = set(db.session.scalars(select(Person.id).where(Person.state == ACTIVE)))
    most = max(30, len(staff) * ORDERS_PER_1000 // 1000)
    left = {row.id: row.total for row in rewards}
    wishes: list[_Wish] = []
    for person_id, earned in _earners(rng, staff):
        if len(wishes) >= most:
            break
        wishes += _wishes(rng, person_id, earned, rewards, left, now, first=len(wishes))
    for some in in_chunks(sorted(wishes, key=lambda wish: (wish.at, wish.person_id))):
        with unit_of_work():
            _write(rng, some, now)
    return len(wishes)


def _earners(rng: Random, staff: set[int]) -> Iterator[tuple[int, list[Earned]]]:
    """People with points and what they earned: those one can sign in as first, then in random order."""
    found = {
        person_id: past.earned
        for ids in holders()
        for person_id, past in bonus_pasts(ids).items()
        if person_id in staff
    }
    cast = [person_id for person_id in sorted(found) if person_id <= len(SIGN_INS)]
    others = [person_id for person_id in sorted(found) if person_id > len(SIGN_INS)]
    rng.shuffle(others)
    for person_id in (*cast, *others):
        yield person_id, sorted(found[person_id], key=lambda each: each.at)


def _wishes(
    rng: Random,
    person_id: int,
    earned: Sequence[Earned],
    rewards: Sequence[Any],
    left: dict[int, Any],
    now: int,
    *,
    first: int,
) -> Iterator[_Wish]:
    """One or two orders of somebody, each when they had the points for it; `first` is the number of the first."""
    spent, not_before = 0, 0
    for number in range(first, first + (1 if person_id <= len(SIGN_INS) else rng.choice((1, 1, 2)))):
        have = sum(each.points for each in earned) - spent
        affordable = [row for row in rewards if row.price <= have and not row.level and not row.shop_format]
        affordable += [row for row in rewards if row.price <= have and row.level == 1 and have + spent >= 250]
        affordable = [row for row in affordable if left[row.id] is None or left[row.id] > 0]
        if not affordable:
            return
        reward = rng.choice(affordable)
        possible = max(_moment_of(earned, spent + reward.price), not_before, now - _SINCE)
        at = possible + int((now - possible) * rng.random() ** 1.5)
        state = rng.choices([name for name, _weight in STATES], [weight for _name, weight in STATES])[0]
        if number < len(STATES):  # the first ones show every state, however few there are
            state = STATES[number][0]
        if now - at > _HANDLED_WITHIN and state in (WAITS, APPROVED):
            at = now - int(_HANDLED_WITHIN * rng.random())
        elif state not in (WAITS, CANCELLED) and now - at < 2 * clock.DAY:
            at = max(possible, now - 4 * clock.DAY)
        returned_at = min(now, at + int(clock.DAY * (0.2 + rng.random())))
        yield _Wish(person_id, reward, at, state, rng.choice(NOTES[state]), returned_at)
        not_before = at
        if state != CANCELLED:
            spent += reward.price
            if left[reward.id] is not None:
                left[reward.id] -= 1


def _moment_of(earned: Sequence[Earned], points: int) -> int:
    """When somebody had earned so many points."""
    for each in earned:
        points -= each.points
        if points <= 0:
            return each.at
    return earned[-1].at


def _write(rng: Random, wishes: Sequence[_Wish], now: int) -> None:
    decider = place_of("Соколова") + 1
    ids = insert_for_ids(
        Order,
        [
            {
                "public_id": _public_id(rng), "reward_id": wish.reward.id, "person_id": wish.person_id,
                "price": wish.reward.price, "state": wish.state, "ordered_at": wish.at, "note": wish.note,
                "changed_at": wish.at if wish.state == WAITS else wish.returned_at,
                "changed_by": None if wish.state == WAITS else decider,
            }
            for wish in wishes
        ],
    )  # fmt: skip
    rule_id = db.session.scalar(select(Rule.id).where(Rule.code == ORDERED))
    spent = [_entry(wish, rule_id, fact_of(order)) for wish, order in zip(wishes, ids, strict=True)]
    entries = insert_for_ids(Entry, spent)
    insert_rows(
        Entry,
        [
            {
                **row, "delta": -row["delta"], "gives": False, "source": f"{row['fact']}:returned",
                "reverses_id": entry, "recorded_at": wish.returned_at, "actor_id": decider,
            }
            for wish, row, entry in zip(wishes, spent, entries, strict=True)
            if wish.state == CANCELLED
        ],
    )  # fmt: skip
    stand = [wish for wish in wishes if wish.state != CANCELLED]
    points: Counter[int] = Counter()
    for wish in stand:
        points[wish.person_id] += wish.reward.price
    for person_id, number in points.items():
        mine = (Balance.person_id == person_id, Balance.account == BONUS)
        db.session.execute(update(Balance).where(*mine).values(points=Balance.points - number))
    for reward_id, number in Counter(wish.reward.id for wish in stand).items():
        db.session.execute(update(Reward).where(Reward.id == reward_id).values(taken=Reward.taken + number))


def _entry(wish: _Wish, rule_id: int | None, fact: str) -> dict[str, Any]:
    return {
        "person_id": wish.person_id, "account": BONUS, "against": SPENT, "delta": -wish.reward.price, "gives": True,
        "rule_id": rule_id, "rule": ORDERED, "fact": fact, "source": fact, "limited": "", "reverses_id": None,
        "actor_id": wish.person_id, "content_id": None, "topic_id": None, "priority": False,
        "happened_at": wish.at, "day": wish.at // clock.DAY, "recorded_at": wish.at,
    }  # fmt: skip


def _public_id(rng: Random) -> str:
    return "".join(rng.choices(_ALPHABET, k=14))
