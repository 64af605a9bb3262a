"""Which bonus points are left, and which have expired."""

from hypothesis import given
from hypothesis import strategies as st

from app.core import clock
from app.lib.bonus import GRACE, Earned, Purse, Spent, expires_at, purse, term_at

NEW_YEAR = 1_735_689_600 * clock.SECOND  # 2025-01-01
DAY = clock.DAY


def test_points_expire_with_their_month():
    january, february = NEW_YEAR + 14 * DAY, NEW_YEAR + 31 * DAY
    end = expires_at(january, 12)
    assert clock.as_datetime(end).isoformat() == "2026-02-01T00:00:00+00:00"
    assert clock.as_datetime(expires_at(february - 1, 12)) == clock.as_datetime(end)
    assert clock.as_datetime(expires_at(february, 1)).isoformat() == "2025-04-01T00:00:00+00:00"


def test_a_term_counts_from_its_date():
    terms = ((0, 12), (100, 6))
    assert [term_at(terms, each) for each in (0, 99, 100, 5000)] == [12, 12, 6, 6]


def test_those_that_expire_first_are_spent_first():
    earned = [Earned(0, 10, 400 * DAY), Earned(DAY, 10, 100 * DAY)]
    assert purse(earned, [Spent(2 * DAY, 12)], 3 * DAY) == Purse({400 * DAY: 8}, {}, 0)
    assert purse(earned, [Spent(2 * DAY, 4)], 100 * DAY) == Purse({400 * DAY: 10}, {100 * DAY: 6}, 0)


def test_an_order_that_is_given_up_returns_points_with_their_date():
    earned = [Earned(0, 10, 100 * DAY)]
    soon = [Spent(DAY, 10, returned_at=2 * DAY, own_wish=True)]
    assert purse(earned, soon, 3 * DAY) == Purse({100 * DAY: 10}, {}, 0)
    late = [Spent(DAY, 10, returned_at=101 * DAY, own_wish=True)]
    assert purse(earned, late, 102 * DAY) == Purse({}, {101 * DAY: 10}, 0)


def test_an_order_that_others_cancel_returns_points_for_a_month_at_least():
    spent = [Spent(DAY, 10, returned_at=101 * DAY)]
    assert purse([Earned(0, 10, 100 * DAY)], spent, 102 * DAY) == Purse({101 * DAY + GRACE: 10}, {}, 0)


def test_what_was_spent_and_then_taken_back_is_a_debt_that_new_points_pay():
    spent = [Spent(DAY, 10)]
    assert purse([], spent, 2 * DAY) == Purse({}, {}, 10)
    assert purse([Earned(2 * DAY, 15, 100 * DAY)], spent, 3 * DAY) == Purse({100 * DAY: 5}, {}, 0)
    returned = [Spent(DAY, 10, returned_at=4 * DAY, own_wish=True)]
    assert purse([Earned(2 * DAY, 15, 100 * DAY)], returned, 5 * DAY) == Purse({100 * DAY: 15}, {}, 0)


moments = st.integers(0, 60).map(lambda days: days * DAY)
lots = st.builds(
    lambda at, points, life: Earned(at, points, at + life),
    moments,
    st.integers(1, 30),
    moments.map(lambda each: each + DAY),
)
orders = st.builds(Spent, moments, st.integers(1, 40), st.none() | moments, st.booleans())


@given(st.lists(lots, max_size=8), st.lists(orders, max_size=8), moments)
def test_no_point_is_lost_or_made(earned, spent, now):
    earned = [each for each in earned if each.at <= now]
    spent = [
        each for each in spent if each.at <= now and (each.returned_at is None or each.returned_at <= now)
    ]
    found = purse(earned, spent, now)
    kept = sum(each.points for each in spent if each.returned_at is None)
    assert found.balance == sum(each.points for each in earned) - kept - sum(found.expired.values())
    assert all(until > now for until in found.left)
    assert all(until <= now for until in found.expired)
    assert not (found.debt and found.left)


@given(st.lists(lots, max_size=6), st.lists(orders, max_size=4), moments, moments)
def test_what_has_expired_stays_so(earned, spent, one, other):
    """Looking later finds what was found before, as long as nothing of the past changes."""
    earlier, later = sorted((one, other))
    earned = [each for each in earned if each.at <= earlier]
    spent = [each for each in spent if each.at <= earlier and (each.returned_at or 0) <= earlier]
    then, now = purse(earned, spent, earlier).expired, purse(earned, spent, later).expired
    assert then.items() <= now.items()
