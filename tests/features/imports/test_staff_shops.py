"""`flask import staff`: what a staff file says of shops, once and again."""

import pytest
from sqlalchemy import select

from app.core import outbox
from app.core.db import db
from app.people.models import Person, Region, Shop
from app.topics.models import TopicSubscription
from app.topics.service import make_topic_mandatory
from tests import factories

HEADER = "employee_id,last_name,first_name,shop,shop_name,shop_city,shop_address,shop_format,region,time_zone"
WHOLE = ("На Ленина", "Уфа", "Ленина 5", "flagship", "Урал", "Asia/Yekaterinburg")
BARE = ("", "", "", "", "", "")


@pytest.fixture
def run(flask_app, database, tmp_path, frozen_clock):
    """Take over a staff list of one person in a shop of which the file says this."""

    def running(shop, *options):
        file = tmp_path / "staff.csv"
        row = ",".join(("2", "Гареева", "Лиана", "У112", *shop))
        file.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
        return flask_app.test_cli_runner().invoke(args=["import", "staff", str(file), *options])

    return running


def known():
    """The shop as the database has it, in the order of `WHOLE`."""
    db.session.expire_all()
    shop = db.session.scalars(select(Shop)).one()
    region = db.session.get(Region, shop.region_id).name if shop.region_id else ""
    return shop.name, shop.city, shop.address, shop.format, region, shop.time_zone


def test_a_shop_is_made_as_the_file_has_it(run):
    assert run(WHOLE).exit_code == 0
    assert known() == WHOLE


def test_a_later_file_corrects_it_and_takes_nothing_away(run, tmp_path):
    made = ("У112", "", "", "standard", "", "Europe/Moscow")
    run(BARE)
    assert known() == made
    assert "Changed shops: 1" in run(WHOLE, "--dry-run").output
    assert known() == made

    report = tmp_path / "changes.csv"
    run(WHOLE, "--report", str(report))
    assert known() == WHOLE
    assert "shop,,У112,,region,,Урал," in report.read_text("utf-8-sig")
    assert "Changed shops" not in run(WHOLE).output
    run(BARE)
    assert known() == WHOLE


def test_what_is_no_time_zone_is_reported(run):
    assert "time_zone 'Луна/Кратер' is not a time zone" in run((*BARE[:-1], "Луна/Кратер")).output
    assert known()[-1] == "Europe/Moscow"


def test_a_shop_that_gets_a_region_gets_what_is_mandatory_there(run):
    run(BARE)
    region, editor = factories.region("Урал"), factories.person(roles=["editor"])
    make_topic_mandatory(factories.actor(editor), "новости-урала", region.id)
    outbox.run_due()
    seller = db.session.scalars(select(Person.id).where(Person.personnel_number == "2")).one()
    mine = select(TopicSubscription.mandatory).where(TopicSubscription.person_id == seller)
    assert db.session.scalars(mine).all() == []

    run(WHOLE)
    outbox.run_due()

    assert db.session.scalars(mine).all() == [True]
