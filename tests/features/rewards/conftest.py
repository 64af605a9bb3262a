"""What tests of rewards need: somebody with points, and something to spend them on."""

import pytest

from app.core import clock
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.reputation.models import BONUS, Balance, Entry, Rule
from app.rewards.models import Reward
from app.rewards.schemas import RewardDetails
from app.rewards.service import make_reward
from tests.factories import people


def earn(person_id, points, at=None):
    """Give somebody bonus points as if by an imported rule, of which the check asks nothing."""
    at = clock.now() if at is None else at
    with unit_of_work():
        rule = db.session.query(Rule).filter(Rule.code == "thanks_received").one()
        number = db.session.query(Entry).count()
        db.session.add(
            Entry(
                person_id=person_id, account=BONUS, delta=points, gives=True, rule_id=rule.id, rule=rule.code,
                fact=f"gift:{number}", source=f"import:{number}", happened_at=at, day=at // clock.DAY,
                recorded_at=at, actor_id=person_id,
            )
        )  # fmt: skip
        more = insert(Balance).values(person_id=person_id, account=BONUS, points=points)
        db.session.execute(
            more.on_conflict_do_update(
                index_elements=["person_id", "account"],
                set_={"points": Balance.points + more.excluded.points},
            )
        )


def reward(editor, **changed):
    """A reward for everyone; its public id."""
    details = {"title_ru": "Термокружка", "title_en": "Thermos", "price": 50, "total": 3, **changed}
    made = make_reward(people.actor(editor), RewardDetails(**details))
    return public_id(made)


def public_id(reward_id):
    """The public id of a reward."""
    return db.session.get_one(Reward, reward_id).public_id


@pytest.fixture
def editor(database):
    return people.person(roles=["editor"])


@pytest.fixture
def buyer(database):
    """Somebody with 120 bonus points."""
    made = people.person()
    earn(made.id, 120)
    return made
