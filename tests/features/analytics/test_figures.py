"""Figures: correct to the row on data computed by hand, for those they are for, within the budget."""

import csv
import io
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from app.analytics.forms import chosen_period
from app.analytics.queries import figures, median, ninetieth
from app.content.models import ContentItem
from app.content.service.changing import delete
from app.core import clock, outbox
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.questions.service import accept
from app.search.models import Deflection
from tests import factories
from tests.conftest import NOON
from tests.support.kept import keys_of, read
from tests.support.statements import counting

MINUTE, HOUR, DAY = clock.MINUTE, clock.HOUR, clock.DAY


@pytest.fixture
def editor(database, frozen_clock):
    return factories.person("Елена Редакторова", roles=["editor"])


class Company(SimpleNamespace):
    """Two regions and the office, and questions with known times."""

    @classmethod
    def founded(cls):
        """A new one."""
        ural, east = factories.region("Урал"), factories.region("Дальний Восток")
        ufa = factories.shop(region=ural, time_zone="Asia/Yekaterinburg")
        far = factories.shop(region=east, time_zone="Asia/Vladivostok")
        return cls(
            ural=ural,
            east=east,
            liana=factories.person("Лиана Гареева", shop=ufa),
            pavel=factories.person("Павел Дальний", shop=far),
            office=factories.person("Вера Власова"),
            helper=factories.person("Анна Петрова"),
            manager=factories.person("Начальник Салона", shop=ufa, roles=["manager"]),
        )

    def ask(self, who, topics, at, *, answers=(), accepted=None, own=None, place=None):
        """A question at a moment; `answers` and `accepted` are minutes after it, `own` that of the asker's answer."""
        item = factories.question(who, f"Вопрос {topics}", place=place)
        moments = {item.id: at}
        for minutes in answers:
            made = factories.answer(item, self.helper, f"Ответ {minutes}")
            moments[made.id] = at + minutes * MINUTE
            if minutes == accepted:
                accept(factories.actor(who), made.public_id, on=True)
        if own is not None:
            moments[factories.answer(item, who, "Уже нашла.").id] = at + own * MINUTE
        with unit_of_work():
            for item_id, moment in moments.items():
                db.session.execute(
                    update(ContentItem).where(ContentItem.id == item_id).values(published_at=moment)
                )
        return item


@pytest.fixture(scope="module")
def asked_company(shared_database):
    """The company and what was asked in it, made once."""
    with clock.frozen(NOON):
        return keys_of(_ask_in(Company.founded()))


@pytest.fixture
def company(asked_company, database, frozen_clock):
    return Company(**read(asked_company))


def _ask_in(made):
    noon = NOON - 2 * DAY  # a Sunday: 14:00 in the Urals, 19:00 in Vladivostok, 12:00 in the office
    first = made.ask(made.liana, "#касса #акции", noon, answers=(10, 30), accepted=30)
    made.ask(made.liana, "#касса", noon + 10 * MINUTE, answers=(20,), accepted=20)
    made.ask(made.liana, "#касса", noon + HOUR, answers=(90,), own=5)
    made.ask(made.pavel, "#акции", noon, answers=(240,), accepted=240)
    made.ask(made.pavel, "", noon + HOUR)
    made.ask(made.office, "#склад", noon, own=3)
    # None of these count: before the period, hidden in a group, taken back.
    made.ask(made.liana, "#касса", NOON - 40 * DAY, answers=(1,))
    club = factories.group(visibility="secret", owner=made.liana)
    inside = made.ask(made.liana, "#тайна", noon, place=club)
    gone = made.ask(made.liana, "#касса", noon)
    delete(factories.actor(made.liana), gone.public_id)
    # Three found what they wanted to ask: one of them in a group that is secret.
    for who, item, at in (
        (made.liana, first, noon),
        (made.pavel, first, noon),
        (made.liana, inside, noon),
        (made.liana, first, NOON - 40 * DAY),
    ):
        with unit_of_work():
            db.session.add(Deflection(person_id=who.id, content_id=item.id, at=at, day=at // DAY))
    outbox.run_due()
    return made


def page_for(person, **args):
    return figures(factories.actor(person), chosen_period(args, "Europe/Moscow"))


def line(lines, name):
    """(asked, answered, median, p90 of the first, accepted, median, p90 of the accepted) in minutes."""
    (found,) = [each.figures for each in lines if each.name == name]
    return told(found)


def told(found):
    times = (found.median_first, found.p90_first, found.median_accepted, found.p90_accepted)
    first, ninth, accepted, ninth_accepted = (None if each is None else each / MINUTE for each in times)
    return found.asked, found.answered, first, ninth, found.accepted, accepted, ninth_accepted


def test_the_figures_are_those_computed_by_hand(company, editor):
    page = page_for(editor)
    # First answers after 10, 20, 90 and 240 minutes; accepted ones after 20, 30 and 240.
    assert told(page.whole) == (6, 4, 55, 240, 3, 30, 240)
    assert (page.whole.share, page.whole.accepted_share) == (67, 50)

    assert [each.name for each in page.topics] == ["касса", "акции", "склад"]
    assert line(page.topics, "касса") == (3, 3, 20, 90, 2, 25, 30)
    assert line(page.topics, "акции") == (2, 2, 125, 240, 2, 135, 240)
    assert line(page.topics, "склад") == (1, 0, None, None, 0, None, None)

    assert [each.name for each in page.regions] == ["Урал", "Дальний Восток", ""]
    assert line(page.regions, "Урал") == (3, 3, 20, 90, 2, 25, 30)
    assert line(page.regions, "Дальний Восток") == (2, 1, 240, 240, 1, 240, 240)
    assert line(page.regions, "") == (1, 0, None, None, 0, None, None)

    asked = {int(each.name): each.figures.asked for each in page.hours if each.figures.asked}
    assert asked == {12: 1, 14: 2, 15: 1, 19: 1, 20: 1}
    assert line(page.hours, "14") == (2, 2, 15, 20, 2, 25, 30)


def test_what_was_found_without_asking(company, editor):
    page = page_for(editor)
    assert (page.whole.deflected, page.whole.deflected_share) == (2, 25)
    assert {each.name: each.figures.deflected for each in page.topics} == {"касса": 2, "акции": 2, "склад": 0}
    assert {each.name: each.figures.deflected for each in page.regions} == {
        "Урал": 1,
        "Дальний Восток": 1,
        "": 0,
    }
    assert {each.name for each in page.hours if each.figures.deflected} == {"14", "19"}
    assert page_for(company.manager).whole.deflected == 1


def test_questions_for_which_nobody_was_found(company, editor):
    alone = factories.question(company.office, "Как вырастить #кактус на складе?")
    outbox.run_due()
    page = page_for(editor)
    assert [each.url for each in page.lonely] == [f"/p/{alone.public_id}"]
    assert (page.whole.without_expert, line(page.topics, "кактус")[0]) == (1, 1)


def test_a_period_is_whole_days_where_the_reader_lives(company, editor):
    noon_day = "2025-11-16"
    page = page_for(editor, **{"from": noon_day, "to": noon_day})
    assert page.whole.asked == 6
    assert page_for(editor, **{"from": "2025-11-17", "to": "2025-11-18"}).whole.asked == 0
    assert page_for(editor, days="90").whole.asked == 7
    assert page_for(editor, days="7").period.first.isoformat() == "2025-11-12"


@pytest.mark.parametrize(
    ("times", "middle", "nine"),
    [
        ([], None, None),
        ([5], 5, 5),
        ([1, 2], 1, 2),
        ([1, 2, 3], 2, 3),
        (list(range(1, 11)), 5, 9),
        (list(range(1, 12)), 6, 10),
    ],
)
def test_median_and_the_ninetieth(times, middle, nine):
    assert (median(times), ninetieth(times)) == (middle, nine)


def test_who_sees_them(client, company, editor):
    for person, status in ((company.liana, 403), (company.manager, 200), (editor, 200)):
        client.sign_in(person)
        for address in ("/desk/figures", "/desk/figures.csv"):
            assert client.get(address).status_code == status
    page = page_for(company.manager)
    assert (page.only_region, page.whole.asked) == ("Урал", 3)
    assert [each.name for each in page.regions] == ["Урал"]
    assert line(page.topics, "акции")[0] == 1
    boss = factories.person("Начальник Офиса", roles=["manager"])
    assert client.sign_in(boss).get("/desk/figures").status_code == 403


def test_the_page_and_its_table(client, company, editor):
    client.sign_in(editor)
    client.get("/desk/figures")
    with counting() as statements:
        html = client.get("/desk/figures").text
    assert len(statements) <= 12, statements
    assert "#касса" in html
    assert "тайна" not in html
    # The topic's slowest accepted answers are on the page as well as in the table.
    assert 'data-label="Девять из десяти принятых">4 ч<' in html

    wrong = client.get("/desk/figures?from=вчера&to=2025-11-18")
    assert wrong.status_code == 422
    assert 'value="вчера"' in wrong.text
    assert client.get("/desk/figures?from=2025-11-18&to=2025-11-01").status_code == 422
    assert (
        client.get("/desk/figures?from=2020-01-01&to=2020-01-02").status_code == 200
    )  # nothing was asked then

    table = client.get("/desk/figures.csv?from=2025-11-16&to=2025-11-16")
    assert table.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert rows[1][1:] == ["", "6", "4", "67", "3300", "14400", "3", "1800", "14400", "0", "2"]
    assert len(rows) == 1 + 1 + 3 + 3 + 24
    assert [row[1] for row in rows[2:5]] == ["касса", "акции", "склад"]
