"""Comparing a staff file with the people known now."""

from dataclasses import replace
from datetime import date

import pytest

from app.cli.staff.people import Job
from app.cli.staff.plan import Departures, FieldChange, Kind, KnownPerson, make_plan
from app.cli.staff.reader import Reading, read_staff

TODAY = date(2026, 3, 2)
HEADER = "employee_id,last_name,first_name,title,shop,manager_id,email,job_start,status"
YAN = "17,Kim,Yan,Seller,У112,,yan@x.ru,2020-01-01,active"


def known(number="17", **changes):
    person = KnownPerson(
        personnel_number=number,
        last_name="Kim",
        first_name="Yan",
        middle_name="",
        email="yan@x.ru" if number == "17" else "",
        phone="",
        manager="",
        hired=None,
        job=Job("Seller", "", "У112", date(2020, 1, 1), None),
        past_jobs=(),
        is_active=True,
        from_staff_file=True,
    )
    return replace(person, **changes)


def plan(rows, *people, header=HEADER, **options):
    file = read_staff("\n".join([header, *rows]).encode(), Reading(TODAY))
    return make_plan(file, people, today=TODAY, **options)


def only(made, kind):
    (change,) = made.changes
    assert change.kind is kind
    return change


def test_somebody_unknown_is_new():
    change = only(plan([YAN]), Kind.NEW)
    assert (change.name, change.line, change.details) == ("Yan Kim", 2, ())
    assert change.after == known()


def test_somebody_as_known_is_unchanged():
    only(plan([YAN], known()), Kind.UNCHANGED)


def test_a_new_name_or_address_is_a_change():
    change = only(plan([YAN.replace("Kim", "Lee").replace("yan@", "lee@")], known()), Kind.CHANGED)
    assert change.details == (
        FieldChange("last_name", "Kim", "Lee"),
        FieldChange("email", "yan@x.ru", "lee@x.ru"),
    )


@pytest.mark.parametrize(("old", "new"), [("Seller", "Manager"), ("У112", "С031")])
def test_another_position_or_shop_is_a_move_and_leaves_a_past_job(old, new):
    row = YAN.replace(old, new).replace("2020-01-01", "2026-02-01")
    change = only(plan([row], known()), Kind.MOVED)
    assert change.after.job.started == date(2026, 2, 1)
    assert change.after.past_jobs == (Job("Seller", "", "У112", date(2020, 1, 1), date(2026, 2, 1)),)


def test_a_move_without_a_stated_start_happens_today_and_only_once():
    header = "employee_id,last_name,first_name,title,shop"
    made = plan(["17,Kim,Yan,Manager,У112"], known(), header=header)
    after = only(made, Kind.MOVED).after
    assert after.job == Job("Manager", "", "У112", TODAY, None)
    only(plan(["17,Kim,Yan,Manager,У112"], after, header=header), Kind.UNCHANGED)


def test_columns_the_file_does_not_have_leave_everything():
    person = known(phone="+79161234567", manager="3", middle_name="L")
    only(plan(["17,Kim,Yan"], person, header="employee_id,last_name,first_name"), Kind.UNCHANGED)


def test_an_empty_cell_keeps_what_a_person_may_have_filled_in_and_clears_what_is_the_companys():
    person = known(manager="3")
    change = only(plan(["17,Kim,Yan,Seller,,,,2020-01-01,active"], person), Kind.MOVED)
    assert (change.after.email, change.after.job.shop, change.after.manager) == ("yan@x.ru", "", "")


class TestDepartures:
    def test_whoever_the_file_no_longer_has_departs(self):
        made = plan([YAN], known(), known("18"))
        (gone,) = made.of_kind(Kind.DEPARTED)
        assert (gone.personnel_number, gone.line, gone.left_on) == ("18", 0, TODAY)
        assert not gone.after.is_active
        assert made.known_active == 2

    def test_whoever_no_staff_file_brought_stays(self):
        assert not plan([YAN], known(), known("18", from_staff_file=False)).of_kind(Kind.DEPARTED)

    def test_whoever_has_departed_before_does_not_depart_again(self):
        assert not plan([YAN], known(), known("18", is_active=False)).of_kind(Kind.DEPARTED)

    def test_whoever_stands_on_an_unreadable_line_stays(self):
        assert not plan([YAN, "18,Kim,,Seller,,,,,"], known(), known("18")).of_kind(Kind.DEPARTED)

    def test_on_request_only_those_the_file_names_depart(self):
        rows = [YAN.replace("active", "dismissed")]
        made = plan(rows, known(), known("18"), departures=Departures.STATED)
        assert [change.personnel_number for change in made.of_kind(Kind.DEPARTED)] == ["17"]

    def test_a_stated_departure_has_the_day_of_the_last_jobs_end(self):
        header = HEADER + ",job_end"
        change = only(
            plan([YAN.replace("active", "dismissed,2026-02-27")], known(), header=header), Kind.DEPARTED
        )
        assert (change.left_on, change.after.job.ended) == (date(2026, 2, 27), date(2026, 2, 27))
        only(
            plan([YAN.replace("active", "dismissed,2026-02-27")], change.after, header=header), Kind.UNCHANGED
        )

    def test_whoever_comes_back_has_returned_with_the_old_job_as_history(self):
        left = known(is_active=False, job=Job("Seller", "", "У112", date(2020, 1, 1), date(2025, 1, 31)))
        change = only(plan([YAN.replace("2020-01-01", "2026-03-01")], left), Kind.RETURNED)
        assert change.after.is_active
        assert change.after.past_jobs == (left.job,)
        assert change.after.job == Job("Seller", "", "У112", date(2026, 3, 1), None)

    def test_somebody_new_who_has_left_already_is_new(self):
        change = only(plan([YAN.replace("active", "dismissed")]), Kind.NEW)
        assert not change.after.is_active


class TestManagers:
    def test_a_manager_is_found_in_the_file_or_among_the_known(self):
        made = plan([YAN.replace("У112,,", "У112,18,"), YAN.replace("17", "19").replace("У112,,yan", "У112,20,a"),
                     "18,Kim,Al,Boss,,,,,"], known("20", from_staff_file=False))  # fmt: skip
        assert [change.after.manager for change in made.changes] == ["18", "20", ""]
        assert not made.problems

    @pytest.mark.parametrize(
        ("people", "reason"),
        [
            ([], "the manager '18' is not known; the manager was left out"),
            ([known("18")], "the manager '18' has left; the manager was left out"),
            ([known("18", is_active=False)], "the manager '18' has left; the manager was left out"),
        ],
    )
    def test_a_manager_who_is_not_there_is_reported(self, people, reason):
        made = plan([YAN.replace("У112,,", "У112,18,")], *people)
        assert made.changes[0].after.manager == ""
        assert [(problem.line, problem.reason) for problem in made.problems] == [(2, reason)]


class TestContacts:
    def test_an_address_of_somebody_outside_the_file_is_not_taken_over(self):
        made = plan([YAN], known("18", email="yan@x.ru", from_staff_file=False))
        assert made.changes[0].after.email == ""
        assert [problem.reason for problem in made.problems] == [
            "e-mail yan@x.ru belongs to 18 already; it was left out"
        ]

    def test_two_people_may_swap_addresses(self):
        rows = [YAN.replace("yan@", "al@"), YAN.replace("17", "18")]
        made = plan(rows, known(), known("18", email="al@x.ru"))
        assert [change.after.email for change in made.changes] == ["al@x.ru", "yan@x.ru"]
        assert not made.problems


def test_the_sample_directory_taken_over_twice_changes_nothing(sample):
    file = read_staff(sample("directory/staff_directory.csv").read_bytes(), Reading(TODAY))
    first = make_plan(file, [], today=TODAY)
    assert first.counts()[Kind.NEW] == 290
    second = make_plan(file, [change.after for change in first.changes], today=date(2026, 4, 1))
    assert second.counts()[Kind.UNCHANGED] == 290
