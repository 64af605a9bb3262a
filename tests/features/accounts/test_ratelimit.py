"""Counting tries: here, in Redis, and here again when Redis is gone."""

import pytest

from app.core import ratelimit
from app.core.ratelimit import Limit


@pytest.fixture(autouse=True)
def _own_counts():
    yield
    ratelimit.use_storage("")


def counts_to_three():
    limit = Limit("tries", 3, 60)
    taken = [limit.hit("anna") for _try in range(4)]
    used_up = (limit.is_used_up("anna"), limit.is_used_up("boris"))
    limit.forget("anna")
    return taken, used_up, limit.hit("anna")


EXPECTED = ([True, True, True, False], (True, False), True)


def test_in_this_process():
    ratelimit.use_storage("")

    assert counts_to_three() == EXPECTED


def test_in_redis(redis_url):
    ratelimit.use_storage(redis_url)
    assert counts_to_three() == EXPECTED

    ratelimit.use_storage(redis_url)  # another process
    assert [Limit("tries", 3, 60).hit("anna") for _try in range(3)] == [True, True, False]


def test_without_the_redis_that_should_be_there():
    ratelimit.use_storage("redis://127.0.0.1:1/0")

    assert counts_to_three() == EXPECTED


def test_limits_of_different_names_count_apart():
    one, other = Limit("one", 1, 60), Limit("other", 1, 60)

    assert (one.hit("anna"), other.hit("anna"), one.hit("anna")) == (True, True, False)
