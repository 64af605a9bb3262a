"""Opening hours: how they are written, when it is open, and time that counts only while open."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.hours import (
    FAR,
    OFFICE_WEEK,
    SHOP_WEEK,
    NotHours,
    Week,
    after_open_time,
    is_open,
    next_open,
    parse,
    week_of,
)

MINUTE = 60_000_000
HOUR = 60 * MINUTE


def moment(written, zone="Europe/Moscow"):
    """A local time as a moment."""
    return int(datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10-21", "Mo-Su 10:00-21:00"),
        ("Mo-Fr 10-20; Sa,Su 11:00-18:30", "Mo-Fr 10:00-20:00; Sa-Su 11:00-18:30"),
        ("пн–пт 9:00 - 18:00; сб выходной", "Mo-Fr 09:00-18:00"),
        ("10-20; вс 11-17", "Mo-Sa 10:00-20:00; Su 11:00-17:00"),
        ("Sa-Mo 0-24", "Mo 00:00-24:00; Sa-Su 00:00-24:00"),
        ("Tu 10-12\nTh 10-12", "Tu 10:00-12:00; Th 10:00-12:00"),
    ],
)
def test_hours_are_read_in_both_languages_and_written_shortest(written, meant):
    assert str(parse(written)) == meant
    assert str(parse(meant)) == meant


@pytest.mark.parametrize(
    "written",
    ["", "весь день", "Mo-Fr", "Mo 20-10", "Xx 10-12", "10-25", "10:70-12", "Mo closed", "10-10", "Mo- 9-10"],
)
def test_what_says_no_hours_is_refused(written):
    with pytest.raises(NotHours):
        parse(written)


def test_a_shop_of_which_nothing_or_nonsense_is_stored_is_open_as_most_are():
    assert week_of("") == week_of("???") == SHOP_WEEK
    assert week_of("Mo 10-12") == parse("Mo 10-12")


def test_it_is_open_by_the_clock_on_its_own_wall():
    at = moment("2025-11-18T12:00")
    assert is_open(SHOP_WEEK, "Europe/Moscow", at)
    assert is_open(SHOP_WEEK, "Asia/Vladivostok", at)  # 19:00 there
    assert not is_open(SHOP_WEEK, "Asia/Kamchatka", at)  # 21:00 there: the minute it closes
    assert is_open(SHOP_WEEK, "Asia/Kamchatka", at - 1)
    assert not is_open(OFFICE_WEEK, "Europe/Moscow", moment("2025-11-22T12:00"))  # a Saturday


def test_when_it_opens_next():
    assert next_open(OFFICE_WEEK, "Europe/Moscow", moment("2025-11-21T18:00")) == moment("2025-11-24T09:00")
    assert next_open(OFFICE_WEEK, "Europe/Moscow", moment("2025-11-21T12:00")) == moment("2025-11-21T12:00")
    assert next_open(Week((None,) * 7), "Europe/Moscow", 0) is None


def test_time_counts_while_anybody_is_open_and_once():
    noon = moment("2025-11-18T12:00")
    moscow, far_east = (OFFICE_WEEK, "Europe/Moscow"), (SHOP_WEEK, "Asia/Kamchatka")
    assert after_open_time([moscow], noon, 7 * HOUR) == moment("2025-11-19T10:00")
    assert after_open_time([far_east], noon, 30 * MINUTE) == moment("2025-11-19T10:30", "Asia/Kamchatka")
    assert after_open_time([moscow, far_east, moscow], noon, 7 * HOUR) == moment("2025-11-19T02:00")
    assert after_open_time([moscow], moment("2025-11-21T17:50"), 20 * MINUTE) == moment("2025-11-24T09:10")


def test_the_night_on_which_clocks_change_has_the_length_it_has():
    berlin = "Europe/Berlin"
    whole = parse("0-24")
    begins = moment("2025-10-26T00:00", berlin)
    assert after_open_time([(whole, berlin)], begins, 25 * HOUR) == moment("2025-10-27T00:00", berlin)
    assert moment("2025-10-27T00:00", berlin) - begins == 25 * HOUR


def test_who_is_never_open_is_not_waited_for_forever():
    assert after_open_time([(Week((None,) * 7), "UTC")], 0, HOUR) == FAR * 24 * HOUR
    assert after_open_time([], 0, HOUR) == FAR * 24 * HOUR


spans = st.tuples(st.integers(0, 1438), st.integers(1, 1440)).filter(lambda span: span[0] < span[1])
weeks = st.lists(st.none() | spans, min_size=7, max_size=7).filter(any).map(lambda days: Week(tuple(days)))
zones = st.sampled_from(["Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin", "UTC"])


@given(
    st.lists(st.tuples(weeks, zones), min_size=1, max_size=3),
    st.integers(0, 730 * 24 * 60),
    st.integers(1, 600),
)
def test_counting_minute_by_minute_says_the_same(calendars, start, minutes):
    begins = moment("2025-01-01T00:00", "UTC") + start * MINUTE
    ends = after_open_time(calendars, begins, minutes * MINUTE)
    if ends - begins > 3 * 24 * HOUR:
        return
    counted = sum(
        any(is_open(week, zone, at) for week, zone in calendars) for at in range(begins, ends, MINUTE)
    )
    assert counted == minutes
    assert any(is_open(week, zone, ends - MINUTE) for week, zone in calendars)
