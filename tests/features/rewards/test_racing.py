"""Fifty people at once: the last one is sold once, and nobody spends the same points twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import Invalid
from app.reputation.models import BONUS, Balance
from app.reputation.service import verify
from app.rewards.models import Order, Reward
from app.rewards.service import order_reward
from tests.factories import people
from tests.features.rewards.conftest import earn, reward

AT_ONCE = 50


def race(flask_app, actors, wanted):
    """Order with a thread and a connection for each; how many have it, and the fields of what was refused."""
    ready = Barrier(len(actors))

    def order(actor):
        with flask_app.app_context():
            ready.wait(timeout=60)
            try:
                order_reward(actor, wanted, 50)
            except Invalid as error:
                return next(iter(error.errors))
            finally:
                db.session.remove()
        return ""

    db.session.remove()
    with ThreadPoolExecutor(len(actors)) as pool:
        found = list(pool.map(order, actors))
    return found.count(""), set(found) - {""}


@pytest.mark.slow
def test_the_last_one_is_ordered_once(flask_app, real_database):
    editor = people.person(roles=["editor"])
    buyers = [people.person() for _ in range(AT_ONCE)]
    for each in buyers:
        earn(each.id, 60)
    wanted = reward(editor, total=1)
    assert race(flask_app, [people.actor(each) for each in buyers], wanted) == (1, {"order"})
    assert db.session.scalars(select(Reward.taken)).all() == [1]
    points = db.session.scalars(select(Balance.points).where(Balance.account == BONUS)).all()
    assert sorted(points) == [10] + [60] * (AT_ONCE - 1)
    assert list(verify()) == []


@pytest.mark.slow
def test_points_are_spent_once(flask_app, real_database):
    editor, buyer = people.person(roles=["editor"]), people.person()
    earn(buyer.id, 120)
    wanted = reward(editor, total=None)
    assert race(flask_app, [people.actor(buyer)] * AT_ONCE, wanted) == (2, {"order"})
    assert db.session.scalar(select(func.count()).select_from(Order)) == 2
    assert db.session.scalar(select(Balance.points).where(Balance.account == BONUS)) == 20
    assert list(verify()) == []
