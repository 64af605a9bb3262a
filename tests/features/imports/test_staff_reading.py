"""Reading staff files: any encoding, delimiter and header people use; every mistake named with its line."""

from datetime import date

import pytest

from app.cli.staff.columns import Field, MappingUnusable, parse_overrides
from app.cli.staff.people import Job
from app.cli.staff.reader import Reading, read_staff
from app.lib.csvfile import NotATable, read_table

TODAY = date(2026, 3, 2)
HEADER = "personnel_number,last_name,first_name,position"


def read(text, encoding="utf-8", **reading):
    return read_staff(text.encode(encoding), Reading(TODAY, **reading))


def complaints(file):
    return [(problem.line, problem.personnel_number, problem.reason) for problem in file.problems]


class TestTables:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_encoding_and_delimiter_are_found(self, encoding, delimiter):
        lines = [
            "Табельный номер;Фамилия;Имя;Должность",
            '17;Гареева;Лиана;"Продавец; кассир, старший"',
            "18;Ким;Ян;",
        ]
        text = (
            "\r\n".join(lines).replace(";", "\0").replace("Продавец\0", "Продавец;").replace("\0", delimiter)
        )
        if delimiter == ";":
            assert '"Продавец;' in text
        file = read(text, encoding)
        first, second = file.people
        assert (first.last_name, first.first_name, first.job.position) == (
            "Гареева",
            "Лиана",
            "Продавец; кассир, старший",
        )
        assert (second.personnel_number, second.last_name, second.job.position) == ("18", "Ким", "")
        assert file.delimiter == delimiter

    def test_lines_are_counted_as_an_editor_does(self):
        table = read_table(b'a,b\r\n\r\n1,"x\r\ny"\r\n2,z\r\n')
        assert [(row.line, row.cells) for row in table.rows] == [(3, ("1", "x\r\ny")), (5, ("2", "z"))]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "empty"),
            (b"\n ,, \n", "empty"),
            (b"PK\x03\x04\x00\x00", "not text"),
            (b"\x98\xff,1", "encoding"),
            (b'a,b\n1,"' + b"x" * 200_000 + b'"', "Line 2"),
        ],
    )
    def test_what_is_no_table_is_said(self, data, words):
        with pytest.raises(NotATable, match=words):
            read_table(data)


class TestColumns:
    @pytest.mark.parametrize(
        "header",
        [
            "employee_id,last_name,first_name,title",
            "Employee ID,Surname,Given name,Job title",
            "Табельный номер,Фамилия,Имя,Должность",
            "Таб. №,фамилия,ИМЯ,должность",
        ],
    )
    def test_usual_headers_are_known(self, header):
        (person,) = read(f"{header}\n17,Kim,Yan,Cashier").people
        assert (person.personnel_number, person.last_name, person.first_name) == ("17", "Kim", "Yan")
        assert person.job.position == "Cashier"

    def test_the_operator_names_columns_by_header_or_number(self):
        overrides = parse_overrides(["personnel_number=Key", "first_name = 3", "last_name=Family"])
        (person,) = read("Key,Family,X\n17,Kim,Yan", overrides=overrides).people
        assert (person.personnel_number, person.last_name, person.first_name) == ("17", "Kim", "Yan")

    def test_an_override_wins_over_a_known_header(self):
        overrides = {Field.POSITION: "role at work"}
        (person,) = read(HEADER + ",Role_at_work\n17,Kim,Yan,Cashier,Trainee", overrides=overrides).people
        assert person.job.position == "Trainee"

    @pytest.mark.parametrize("pair", ["salary=Pay", "phone", "phone=", "=x"])
    def test_an_override_that_makes_no_sense_is_refused(self, pair):
        with pytest.raises(MappingUnusable):
            parse_overrides([pair])

    def test_a_column_that_is_not_there_is_refused_with_those_that_are(self):
        with pytest.raises(MappingUnusable, match="personnel_number, last_name"):
            read(HEADER + "\n17,Kim,Yan,", overrides={Field.PHONE: "Handy"})

    def test_two_columns_for_one_field_must_be_told_apart(self):
        text = "employee_id,last_name,first_name,phone,mobile\n17,Kim,Yan,1,2"
        with pytest.raises(MappingUnusable, match="'phone' and 'mobile'"):
            read(text)
        assert read(text, overrides={Field.PHONE: "mobile"}).people

    @pytest.mark.parametrize("header", ["last_name,first_name", "employee_id,last_name", "a,b"])
    def test_people_need_a_number_and_a_name(self, header):
        with pytest.raises(MappingUnusable, match="--map"):
            read(header + "\n1,2")

    def test_columns_without_a_use_are_named(self):
        assert read("employee_id,full name,shoe size\n17,Yan Kim,43").unused_columns == ("shoe size",)


class TestCells:
    @pytest.mark.parametrize(
        ("full", "names"),
        [
            ("Гареева Лиана Айратовна", ("Гареева", "Лиана", "Айратовна")),
            ("Ким Ян", ("Ким", "Ян", "")),
            ("Yan Lee Kim", ("Kim", "Yan", "Lee")),
            ('"Kim, Yan Lee"', ("Kim", "Yan", "Lee")),
        ],
    )
    def test_full_names_are_split(self, full, names):
        (person,) = read(f"employee_id,full_name\n17,{full}").people
        assert (person.last_name, person.first_name, person.middle_name) == names

    @pytest.mark.parametrize(
        "written", ["2020-02-29", "29.02.2020", "2020/02/29", "2020-02-29T10:00:00", "29.02.20"]
    )
    def test_dates_that_mean_one_day_are_read(self, written):
        (person,) = read(f"employee_id,full_name,hire_date\n17,Yan Kim,{written}").people
        assert person.hired == date(2020, 2, 29)

    def test_a_date_that_may_mean_two_days_needs_its_format(self):
        text = "employee_id,full_name,hire_date\n17,Yan Kim,02/03/2020"
        assert complaints(read(text)) == [(2, "17", "hired '02/03/2020' is not a date; it was left out")]
        (person,) = read(text, date_format="%m/%d/%Y").people
        assert person.hired == date(2020, 2, 3)

    @pytest.mark.parametrize("number", ["8 (916) 123-45-67", "+7 916 123 45 67", "9161234567", "79161234567"])
    def test_phones_have_one_spelling(self, number):
        (person,) = read(f"employee_id,full_name,phone\n17,Yan Kim,{number}").people
        assert person.phone == "+79161234567"

    def test_the_country_of_phones_is_the_one_that_fits_the_file(self):
        text = "employee_id,full_name,phone\n1,Yan Kim,212-555-0187\n2,Al Kim,206-555-0180"
        assert [person.phone for person in read(text).people] == [
            "+12125550187",
            "+12065550180",
        ]
        assert read(text, phone_country="gb").people[0].phone == "+442125550187"

    def test_bad_cells_are_named_and_the_person_kept(self):
        file = read("employee_id,full_name,email,phone,status\n17,Yan Kim,yan(at)kim,12,sabbatical")
        (person,) = file.people
        assert (person.email, person.phone, person.has_left) == ("", "", False)
        assert complaints(file) == [
            (2, "17", "email 'yan(at)kim' is not an e-mail address; it was left out"),
            (2, "17", "phone '12' is not a phone number; it was left out"),
            (2, "17", "the status 'sabbatical' is not known; the dates were followed"),
        ]

    def test_a_contact_of_two_people_stays_with_the_first(self):
        file = read("employee_id,full_name,email\n1,Yan Kim,K@x.ru\n2,Al Kim,k@X.ru\n3,Bo Kim,b@x.ru")
        assert [person.email for person in file.people] == ["k@x.ru", "", "b@x.ru"]
        assert complaints(file) == [(3, "2", "e-mail k@x.ru belongs to 1 on line 2 already; it was left out")]

    def test_invisible_characters_do_not_make_another_person(self):
        file = read(f"{HEADER}\n17\u200b,Kim ,Yan\u00a0\u00a0Lee,\n17,Kim,Yan Lee,")
        assert [(person.personnel_number, person.first_name) for person in file.people] == [("17", "Yan Lee")]

    def test_a_long_text_is_cut_and_a_long_key_refused(self):
        file = read(f"{HEADER}\n17,Kim,Yan,{'x' * 200}\n{'9' * 61},Kim,Al,Cashier")
        (person,) = file.people
        assert person.job.position == "x" * 160
        assert complaints(file) == [
            (2, "17", "position was cut to 160 characters"),
            (3, "", "personnel_number has more than 60 characters; it was left out"),
            (3, "", "the personnel number is missing"),
        ]


class TestRows:
    @pytest.mark.parametrize(
        ("row", "number", "reason"),
        [
            (",Kim,Yan,Cashier", "", "the personnel number is missing"),
            ("17,,Yan,Cashier", "17", "the last name is missing"),
            ("17,Kim,,Cashier", "17", "the first name is missing"),
            ("17,Kim,Yan,Cashier,1,2", "17", "the row has 6 cells under 4 headers"),
        ],
    )
    def test_a_row_that_cannot_be_used_is_named_and_its_person_not_forgotten(self, row, number, reason):
        file = read(f"{HEADER}\n1,Kim,Al,\n{row}")
        assert [person.personnel_number for person in file.people] == ["1"]
        assert complaints(file) == [(3, number, reason)]
        assert file.unreadable == ({number} if number else set())

    def test_a_short_row_lacks_its_last_cells(self):
        (person,) = read(f"{HEADER}\n17,Kim,Yan").people
        assert person.job.position == ""


class TestJobs:
    HEADER = "employee_id,last_name,first_name,title,department,hire_date,job_start,job_end,status"

    def test_rows_of_one_number_are_one_person_with_a_history(self):
        file = read(
            f"{self.HEADER}\n"
            "17,Kim,Yan,Manager,Buying,2019-01-01,2021-05-01,,active\n"
            "17,Kim,Yan,Trainee,Shop,2019-01-01,2019-01-01,2020-01-31,past job\n"
            "17,Kim,Yan,Seller,Shop,2019-01-01,2020-02-01,,past job\n"
        )
        (person,) = file.people
        assert person.line == 2
        assert person.job == Job("Manager", "Buying", "", date(2021, 5, 1), None)
        assert person.past_jobs == (
            Job("Trainee", "Shop", "", date(2019, 1, 1), date(2020, 1, 31)),
            Job("Seller", "Shop", "", date(2020, 2, 1), date(2021, 5, 1)),
        )
        assert not person.has_left
        assert not file.problems

    @pytest.mark.parametrize("status", ["dismissed", "Уволен", "terminated", "past job"])
    def test_whoever_has_no_present_job_has_left(self, status):
        (person,) = read(
            f"{self.HEADER}\n17,Kim,Yan,Seller,Shop,2019-01-01,2019-01-01,2020-01-31,{status}"
        ).people
        assert person.has_left
        assert person.job.ended == date(2020, 1, 31)

    @pytest.mark.parametrize(
        ("ended", "has_left"), [("2026-03-01", True), ("2026-03-02", False), ("", False)]
    )
    def test_without_a_status_the_dates_decide(self, ended, has_left):
        (person,) = read(f"{self.HEADER}\n17,Kim,Yan,Seller,Shop,2019-01-01,2019-01-01,{ended},").people
        assert person.has_left is has_left

    def test_of_two_present_jobs_the_later_counts(self):
        file = read(
            f"{self.HEADER}\n17,Kim,Yan,Seller,Shop,,2020-01-01,,active\n17,Kim,Yan,Cashier,Shop,,2019-01-01,,active"
        )
        (person,) = file.people
        assert person.job.position == "Seller"
        assert complaints(file) == [(3, "17", "a second present job; the one on line 2 was taken")]

    def test_a_job_that_ends_before_it_starts_loses_the_end(self):
        file = read(f"{self.HEADER}\n17,Kim,Yan,Seller,Shop,,2020-01-01,2019-01-01,active")
        assert file.people[0].job.ended is None
        assert complaints(file) == [(2, "17", "the job ends before it starts; the end was left out")]


class TestManagers:
    HEADER = "employee_id,last_name,first_name,manager_id"

    def test_nobody_is_their_own_manager(self):
        file = read(f"{self.HEADER}\n1,Kim,Yan,1")
        assert file.people[0].manager == ""
        assert complaints(file) == [(2, "1", "the person is their own manager; the manager was left out")]

    def test_a_circle_is_cut_once_and_named(self):
        file = read(f"{self.HEADER}\n9,Kim,Ed,3\n3,Kim,Yan,2\n2,Kim,Al,1\n1,Kim,Bo,3\n4,Kim,Cy,4")
        assert [(person.personnel_number, person.manager) for person in file.people] == [
            ("9", "3"), ("3", ""), ("2", "1"), ("1", "3"), ("4", ""),
        ]  # fmt: skip
        assert complaints(file)[0] == (
            3, "3", "the managers go round in a circle (3 > 2 > 1 > 3); this one's was left out",
        )  # fmt: skip

    def test_a_chain_as_long_as_a_company_is_no_circle(self):
        rows = "\n".join(f"{number},Kim,Yan,{number + 1}" for number in range(1, 20_001))
        file = read(f"{self.HEADER}\n{rows}\n20001,Kim,Boss,")
        assert len(file.people) == 20_001
        assert not file.problems


def test_the_sample_directory_needs_no_mapping(sample):
    file = read_staff(sample("directory/staff_directory.csv").read_bytes(), Reading(TODAY))
    assert (file.row_count, len(file.people), file.unused_columns) == (296, 290, ("login",))
    assert sum(len(person.past_jobs) for person in file.people) == 6
    assert not any(person.has_left for person in file.people)
    assert sum(bool(person.manager) for person in file.people) == 289
    assert [(problem.line, problem.personnel_number) for problem in file.problems] == [
        (240, "E0235"),
        (267, "E0262"),
    ]
