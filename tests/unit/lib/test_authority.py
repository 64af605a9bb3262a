"""Praise makes authority: from many and strangers much, from the same few and in return little."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.clock import DAY
from app.lib.authority import (
    CONNOISSEUR,
    EPOCH,
    FROM,
    HALF_LIFE,
    LEARNER,
    MASTER,
    WEIGHTS,
    Praise,
    score,
    strength,
    titles,
)

NOW = EPOCH + 700 * DAY
RING = range(5)
#: What colleagues can give each other without an office.
KINDS = st.sampled_from(["accepted", "confirmed", "thanked", "liked", "read"])
ACTS = st.lists(st.tuples(KINDS, st.integers(NOW - 400 * DAY, NOW)), min_size=1, max_size=12)


def worth(*received):
    return score(strength(received), NOW)


@settings(max_examples=30)
@given(
    praise=st.fixed_dictionaries({(one, other): ACTS for one in RING for other in RING if one != other}),
    same_place=st.booleans(),
)
def test_a_ring_of_five_gains_almost_nothing_however_often_they_praise_each_other(praise, same_place):
    for person in RING:
        received = [
            Praise(kind, giver, at, same_place=same_place, returned=len(praise[person, giver]))
            for giver in RING
            if giver != person
            for kind, at in praise[giver, person]
        ]

        assert worth(*received) < FROM[LEARNER]


@settings(max_examples=20)
@given(rounds=st.integers(10, 100), kind=KINDS)
def test_the_ring_gets_less_than_a_fiftieth_of_what_strangers_give(rounds, kind):
    ring = [Praise(kind, giver, NOW, returned=rounds) for giver in range(4) for _time in range(rounds)]
    strangers = [Praise(kind, stranger, NOW) for stranger in range(4 * rounds)]

    assert worth(*ring) < worth(*strangers) / 50


@settings(max_examples=40)
@given(
    strangers=st.integers(0, 60),
    ring=st.lists(st.tuples(st.sampled_from(RING), KINDS), min_size=1, max_size=200),
)
def test_a_ring_adds_little_to_an_honest_expert(strangers, ring):
    honest = [Praise("accepted", f"stranger {number}", NOW) for number in range(strangers)]
    more = [Praise(kind, giver, NOW, returned=max(1, len(ring) // 5)) for giver, kind in ring if giver]

    assert worth(*honest, *more) <= worth(*honest) + 4 * WEIGHTS["accepted"]


@settings(max_examples=40)
@given(st.lists(st.tuples(KINDS, st.integers(0, 30), st.integers(NOW - 900 * DAY, NOW)), max_size=60))
def test_the_order_of_facts_does_not_matter_and_age_only_scales(acts):
    praise = [Praise(kind, giver, at) for kind, giver, at in acts]

    assert strength(praise) == strength(reversed(praise))
    assert score(strength(praise), NOW + HALF_LIFE) == pytest.approx(score(strength(praise), NOW) / 2)


def test_one_friend_makes_no_expert_and_many_strangers_do():
    friend = [Praise("accepted", "friend", NOW) for _time in range(1000)]
    strangers = [Praise("accepted", number, NOW) for number in range(20)]

    assert worth(*friend) < 1
    assert worth(*strangers) > FROM[MASTER]


def test_the_same_place_counts_half_and_praise_in_return_less_and_less():
    plain = worth(Praise("accepted", 1, NOW))

    assert worth(Praise("accepted", 1, NOW, same_place=True)) == plain / 2
    assert worth(Praise("accepted", 1, NOW, returned=1)) == plain / 2
    assert worth(Praise("accepted", 1, NOW, returned=9)) == plain / 10


def test_a_new_topic_has_titles_soon_and_an_old_one_keeps_them_rare():
    new = titles([50, 16, 5, 3])
    old = titles([100.0] * 400)

    assert new == [MASTER, CONNOISSEUR, LEARNER, 0]
    assert [old.count(each) for each in (MASTER, CONNOISSEUR, LEARNER)] == [20, 60, 320]
