"""`flask import staff`: what is there after a staff list was taken over, once and again."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from app.accounts.service import actor_for_person
from app.core import clock
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.fulltext.engine import engine, use_engine
from app.core.fulltext.whoosh_backend import WhooshBackend
from app.core.outbox import OutboxEvent
from app.people import models
from app.people.models import Department, Handle, Person, Position, Region, Shop
from app.search import service as search
from app.search.schemas import KINDS
from tests import factories

HEADER = (
    "employee_id,last_name,first_name,title,department,shop,region,manager_id,"
    "email,phone,hire_date,job_start,job_end,status"
)
BOSS = "1,Ким,Вера,Директор,Продажи,,,,vera@x.ru,,2015-02-01,2015-02-01,,active"
SELLER = "2,Гареева,Лиана,Продавец,,У112,Урал,1,liana@x.ru,8 916 123-45-67,2020-05-04,2020-05-04,,active"
TRAINEE = "3,Петров,Олег,Стажёр,,У112,Урал,2,,,2025-01-12,2025-01-12,,active"


@pytest.fixture
def run(flask_app, database, tmp_path, frozen_clock):
    """Take over a staff list of these rows; gives what the command said and its exit code."""

    def running(*rows, options=(), header=HEADER):
        file = tmp_path / "staff.csv"
        file.write_text("\n".join([header, *rows]), encoding="utf-8")
        return flask_app.test_cli_runner().invoke(args=["import", "staff", str(file), *options])

    return running


def people():
    """Everybody by personnel number, as the database has them now."""
    rows = db.session.scalars(select(Person).execution_options(populate_existing=True))
    return {person.personnel_number: person for person in rows}


def jobs_of(number):
    """A person's job history: position, shop, from, to."""
    rows = db.session.execute(
        select(Position.name, Shop.code, models.Job.started_on, models.Job.ended_on)
        .join(Person, Person.id == models.Job.person_id)
        .outerjoin(Position, Position.id == models.Job.position_id)
        .outerjoin(Shop, Shop.id == models.Job.shop_id)
        .where(Person.personnel_number == number)
        .order_by(models.Job.started_on)
    )
    return [tuple(row) for row in rows]


def events():
    """The events since the last look, by name and person."""
    found = [(row.name, row.payload["person_id"]) for row in db.session.scalars(select(OutboxEvent))]
    db.session.execute(OutboxEvent.__table__.delete())
    db.session.commit()
    return found


def count(result, word):
    """The number that the summary gives for `word`."""
    return next(int(line.split()[1]) for line in result.output.splitlines() if line.startswith(word))


class TestFirst:
    def test_people_come_with_places_managers_and_history(self, run):
        past = "2,Гареева,Лиана,Стажёр,,У112,Урал,1,liana@x.ru,,2020-05-04,2019-05-04,2020-05-03,past job"
        result = run(BOSS, past, SELLER, TRAINEE)
        assert result.exit_code == 0, result.output
        found = people()
        seller = found["2"]
        assert (seller.name, seller.handle, seller.sort_name) == (
            "Лиана Гареева",
            "лиана.гареева",
            "гареева лиана",
        )
        assert (seller.email, seller.phone, seller.source) == ("liana@x.ru", "+79161234567", "staff")
        assert (seller.hired_on, seller.state) == (date(2020, 5, 4), "active")
        assert (seller.manager_id, found["3"].manager_id, found["1"].manager_id) == (
            found["1"].id,
            seller.id,
            None,
        )
        assert jobs_of("2") == [
            ("Стажёр", "У112", date(2019, 5, 4), date(2020, 5, 3)),
            ("Продавец", "У112", date(2020, 5, 4), None),
        ]
        shop = db.session.scalars(select(Shop)).one()
        assert (shop.code, shop.time_zone, shop.id) == ("У112", "Europe/Moscow", seller.shop_id)
        region = db.session.scalars(select(Region)).one()
        assert (region.name, region.code, region.id) == ("Урал", "урал", shop.region_id)
        assert db.session.scalars(select(Department.name)).all() == ["Продажи"]
        assert set(db.session.scalars(select(Handle.handle))) == {"вера.ким", "лиана.гареева", "олег.петров"}

    def test_everybody_is_announced_once(self, run):
        run(BOSS, SELLER)
        assert sorted(events()) == sorted(("PersonJoined", person.id) for person in people().values())

    def test_places_that_are_there_are_used(self, run):
        shop = factories.shop("У112", time_zone="Asia/Yekaterinburg")
        position = factories.position("Продавец")
        run(SELLER)
        assert (people()["2"].shop_id, people()["2"].position_id) == (shop.id, position.id)
        assert db.session.get(Shop, shop.id).time_zone == "Asia/Yekaterinburg"

    def test_shops_are_made_as_the_file_describes_them(self, run):
        header = "employee_id,full_name,shop,shop_name,shop_address,time_zone"
        run(
            "1,Ким Вера,С031,Салон на Ленина,Ленина 5,Asia/Omsk", "2,Ким Олег,С032,,,Mars/Base", header=header
        )
        shops = {shop.code: shop for shop in db.session.scalars(select(Shop))}
        assert (shops["С031"].name, shops["С031"].address, shops["С031"].time_zone) == (
            "Салон на Ленина", "Ленина 5", "Asia/Omsk",
        )  # fmt: skip
        assert (shops["С032"].name, shops["С032"].time_zone) == ("С032", "Europe/Moscow")

    def test_namesakes_have_handles_of_their_own(self, run):
        run(SELLER, SELLER.replace("2,Г", "4,Г", 1).replace("liana@x.ru,8 916 123-45-67", ","))
        assert {person.handle for person in people().values()} == {"лиана.гареева", "лиана.гареева2"}


class TestAgain:
    def test_the_same_file_changes_nothing(self, run):
        run(BOSS, SELLER, TRAINEE)
        versions = {number: person.version for number, person in people().items()}
        events()
        result = run(BOSS, SELLER, TRAINEE)
        assert count(result, "Unchanged") == 3
        assert {number: person.version for number, person in people().items()} == versions
        assert events() == []

    def test_changes_are_written_and_told(self, run):
        run(BOSS, SELLER, TRAINEE)
        before = people()["2"].version
        events()
        result = run(BOSS, SELLER.replace("Гареева", "Ахметова").replace("liana@", "la@"), TRAINEE)
        seller = people()["2"]
        assert (seller.name, seller.email, seller.handle) == ("Лиана Ахметова", "la@x.ru", "лиана.гареева")
        assert seller.version > before
        assert count(result, "Changed") == 1
        assert events() == [("PersonChanged", seller.id)]

    def test_whoever_moves_leaves_a_job_behind(self, run):
        run(BOSS, SELLER, TRAINEE)
        events()
        result = run(
            BOSS, SELLER.replace("У112", "С031").replace("2020-05-04,,active", "2025-11-01,,active"), TRAINEE
        )
        assert count(result, "Moved") == 1
        assert jobs_of("2") == [
            ("Продавец", "У112", date(2020, 5, 4), date(2025, 11, 1)),
            ("Продавец", "С031", date(2025, 11, 1), None),
        ]
        ((name, person_id),) = events()
        assert (name, person_id) == ("PersonMoved", people()["2"].id)

    def test_two_people_may_swap_their_addresses(self, run):
        run(BOSS, SELLER)
        run(BOSS.replace("vera@", "liana@"), SELLER.replace("liana@", "vera@"))
        assert (people()["1"].email, people()["2"].email) == ("liana@x.ru", "vera@x.ru")

    def test_somebody_made_by_hand_is_recognised_by_number(self, run):
        person = factories.person("Лиана Гареева", personnel_number="2", email="own@x.ru")
        result = run(SELLER.replace("liana@x.ru", ""))
        assert count(result, "Moved") == 1
        found = people()["2"]
        assert (found.id, found.email, found.source, found.handle) == (
            person.id,
            "own@x.ru",
            "staff",
            person.handle,
        )


class TestDepartures:
    def test_whoever_is_missing_has_left_and_can_come_back(self, run):
        run(BOSS, SELLER, TRAINEE)
        events()
        assert count(run(BOSS, SELLER), "Departed") == 1
        gone = people()["3"]
        assert (gone.state, gone.left_on) == ("left", clock.today())
        assert jobs_of("3")[-1][3] == clock.today()
        assert events() == [("PersonLeft", gone.id)]
        assert count(run(BOSS, SELLER), "Departed") == 0
        assert (
            count(run(BOSS, SELLER, TRAINEE.replace("2025-01-12,,active", "2025-11-18,,active")), "Returned")
            == 1
        )
        assert (people()["3"].state, people()["3"].left_on) == ("active", None)
        assert ("PersonReturned", gone.id) in events()

    def test_whoever_the_file_says_has_left_can_no_longer_sign_in(self, run, client):
        run(BOSS, SELLER)
        client.sign_in(people()["2"])
        assert client.get("/").status_code == 200
        run(BOSS, SELLER.replace(",,active", ",2025-11-17,dismissed"))
        assert people()["2"].left_on == date(2025, 11, 17)
        assert client.get("/").status_code != 200

    def test_people_of_other_origin_stay(self, run):
        factories.person("Анна Петрова")
        run(BOSS, SELLER)
        assert count(run(BOSS), "Departed") == 1
        assert [person.name for person in people().values() if person.state == "left"] == ["Лиана Гареева"]

    def test_on_request_absence_means_nothing(self, run):
        run(BOSS, SELLER)
        assert count(run(BOSS, options=["--departed", "stated"]), "Departed") == 0

    def test_half_a_file_is_refused(self, run):
        rows = [f"{number},Ким,Ян{number},Продавец,,,,,,,,2020-01-01,,active" for number in range(20)]
        run(*rows)
        result = run(*rows[:10])
        assert result.exit_code == 1
        assert "10 of 20 people would depart" in result.output
        assert {person.state for person in people().values()} == {"active"}
        assert run(*rows[:10], options=["--max-departures", "50%"]).exit_code == 0
        assert sum(person.state == "left" for person in people().values()) == 10

    @pytest.mark.parametrize("limit", ["many", "-1", "101%", "nan"])
    def test_a_limit_must_be_one(self, run, limit):
        assert run(BOSS, options=["--max-departures", limit]).exit_code == 2


@pytest.fixture
def index(database, tmp_path):
    """A search index of the test's own."""
    before = engine()
    use_engine(WhooshBackend(tmp_path / "search_index", KINDS))
    search.rebuild()
    yield
    use_engine(before)


def is_manager(number):
    return "manager" in actor_for_person(people()[number].id).roles


def test_whoever_has_people_below_them_is_a_manager_as_long_as_that_lasts(run, tmp_path):
    first = run(BOSS, SELLER, TRAINEE)
    assert "New managers: 2 (1 Вера Ким, 2 Лиана Гареева)" in first.output
    assert [is_manager(number) for number in "123"] == [True, True, False]

    moved = TRAINEE.replace("Урал,2", "Урал,1")
    report = tmp_path / "report.csv"
    second = run(BOSS, SELLER, moved, options=["--report", str(report)])
    assert "New managers" not in second.output
    assert "No longer managers: 1 (2 Лиана Гареева)" in second.output
    assert "role,,2,Лиана Гареева,role,manager,," in report.read_text(encoding="utf-8-sig")
    assert [is_manager(number) for number in "123"] == [True, False, False]
    assert "managers" not in run(BOSS, SELLER, moved).output


def test_the_search_index_follows_though_no_worker_runs(run, index):
    run(BOSS, SELLER, TRAINEE)
    assert search.verify(repair=False).keys == ()
    run(BOSS, SELLER.replace("Гареева", "Ахметова"))
    assert search.verify(repair=False).keys == ()


class TestCommand:
    def test_a_dry_run_says_everything_and_writes_nothing(self, run):
        result = run(BOSS, SELLER, TRAINEE, options=["--dry-run"])
        assert count(result, "New") == 3
        assert "Nothing was written." in result.output
        assert people() == {}
        assert db.session.scalars(select(Shop)).all() == []

    def test_the_report_has_every_change_and_problem(self, run, tmp_path):
        run(BOSS, SELLER)
        report = tmp_path / "report.csv"
        run(
            BOSS.replace("Директор", "=Директор"),
            ",Ким,Ян,,,,,,,,,,,",
            "9,Ким,Ян,,,,,77,,,,,,",
            options=["--report", str(report)],
        )
        rows = list(csv.DictReader(io.StringIO(report.read_text("utf-8-sig"))))
        assert [
            (row["what"], row["personnel_number"], row["field"], row["after"], row["reason"]) for row in rows
        ] == [
            ("problem", "", "", "", "the personnel number is missing"),
            ("problem", "9", "", "", "the manager '77' is not known; the manager was left out"),
            ("moved", "1", "position", "'=Директор", ""),
            ("new", "9", "", "", ""),
            ("departed", "2", "state", "departed", ""),
            ("role", "1", "role", "", ""),
        ]

    def test_columns_can_be_named(self, run):
        result = run("7,Ким,Вера", header="Key,Family,Given", options=[
            "--map", "personnel_number=Key", "--map", "last_name=2", "--map", "first_name=Given",
        ])  # fmt: skip
        assert result.exit_code == 0, result.output
        assert people()["7"].name == "Вера Ким"

    @pytest.mark.parametrize(
        ("header", "options", "words"),
        [
            ("a,b", [], "--map personnel_number=COLUMN"),
            (HEADER, ["--map", "salary=x"], "no field 'salary'"),
            ("", [], "empty"),
        ],
    )
    def test_what_cannot_be_read_is_said_in_words(self, run, header, options, words):
        result = run(header=header, options=options)
        assert result.exit_code == 1
        assert words in result.output
        assert "Traceback" not in result.output

    def test_it_is_recorded(self, run):
        run(BOSS)
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "import.staff")).one()
        assert entry.details["counts"]["new"] == 1

    def test_two_imports_at_once_are_one_too_many(self, run, flask_app):
        from app.cli.importlock import only_one

        with only_one(flask_app.extensions["shopfloor_config"].data_path):
            result = run(BOSS)
        assert result.exit_code == 1
        assert "Another import is running" in result.output
        assert run(BOSS).exit_code == 0


def test_opening_hours_come_to_shops_that_have_none(run):
    header = "employee_id,full_name,shop,opening_hours"
    hours = {shop.code: shop.opening_hours for shop in (factories.shop(), factories.shop())}
    silent, known = (db.session.scalars(select(Shop).where(Shop.code == code)).one() for code in hours)
    known.opening_hours = "Sa-Su 10:00-12:00"
    db.session.commit()
    rows = [
        f"{number},Анна Петрова,{shop},Mo-Su 08:00-22:00"
        for number, shop in enumerate((silent.code, known.code, "НОВЫЙ"))
    ]
    assert "New opening hours: 1" in run(*rows, header=header).output
    run(*(row.replace("08:00", "09:00") for row in rows), header=header)
    found = db.session.execute(
        select(Shop.code, Shop.opening_hours).execution_options(populate_existing=True)
    )
    assert dict(found.all()) == {
        silent.code: "Mo-Su 08:00-22:00", known.code: "Sa-Su 10:00-12:00", "НОВЫЙ": "Mo-Su 08:00-22:00",
    }  # fmt: skip


def test_nothing_is_taken_over_when_something_fails(run, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr("app.cli.staff.writer._write_managers", fail)
    assert run(BOSS, SELLER).exit_code == 1
    assert people() == {}


def test_the_sample_directory(run, flask_app, sample):
    file = str(sample("directory/staff_directory.csv"))
    first = flask_app.test_cli_runner().invoke(args=["import", "staff", file])
    assert (first.exit_code, count(first, "New"), count(first, "Problems")) == (0, 290, 2)
    found = people()
    assert (found["E0004"].name, found["E0004"].phone) == ("Rob Walters", "+16125550100")
    assert found["E0001"].manager_id == found["E0016"].id
    assert [(job[0], job[2]) for job in jobs_of("E0274")] == [
        ("Purchasing Manager", date(2010, 9, 25)),
        ("Purchasing Manager", date(2011, 2, 28)),
        ("Purchasing Manager", date(2012, 2, 13)),
    ]
    second = flask_app.test_cli_runner().invoke(args=["import", "staff", file])
    assert count(second, "Unchanged") == 290
