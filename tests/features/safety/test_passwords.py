"""Passwords that somebody else tries to use: from a page left open, or after their owner has left."""

import pytest

from app.accounts import service
from app.core import clock, ratelimit
from app.core.errors import Conflict
from app.people import service as people
from tests import factories

RIGHT, NEXT = "green-counter-12", "blue-counter-34"


@pytest.fixture(autouse=True)
def counting_anew():
    yield ratelimit.use_storage("")
    ratelimit.use_storage("")


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова", password=RIGHT)


def change(client, present):
    return client.post("/settings/password", data={"present": present, "new": NEXT, "again": NEXT})


def test_a_page_left_open_does_not_let_anybody_guess_the_password(client, anna):
    client.sign_in(anna)
    assert {change(client, f"guess-{number}-of-many").status_code for number in range(10)} == {422}

    refused = change(client, RIGHT)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert service.check_password(anna.personnel_number, RIGHT) is not None


def test_others_are_not_held_up_by_it(client, new_client, anna):
    client.sign_in(anna)
    for number in range(11):
        change(client, f"guess-{number}-of-many")

    other = new_client().sign_in(factories.person(password=RIGHT))
    assert change(other, RIGHT).status_code == 303


def test_a_one_time_password_ends_with_the_job(anna):
    one_time = service.set_one_time_password(anna.id, by=None)
    entered = service.sign_in(anna.personnel_number, one_time, user_agent="", address="")
    people.mark_left(anna.id, on=clock.today())

    with pytest.raises(Conflict):
        service.sign_in_anew(anna.id, entered.one_time_since, NEXT, user_agent="", address="")
