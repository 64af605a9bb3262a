import pytest

from app.core import outbox
from app.search import service
from app.search.schemas import PAGE
from tests import factories
from tests.support.statements import counting


@pytest.fixture
def browser(client, anna, index):
    return client.sign_in(anna)


def text_of(response, status=200):
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_without_a_question_the_page_says_what_can_be_asked(browser):
    html = text_of(browser.get("/search"))
    assert 'name="q"' in html
    assert "autofocus" in html


def test_results_are_marked_and_harmless(browser, anna):
    factories.publication(anna, "Внимание: <script>alert(1)</script> & тарифы «Семейный»")
    outbox.run_due()
    html = text_of(browser.get("/search?q=тариф"))
    assert "<mark>тарифы</mark>" in html
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in html


def test_the_question_itself_is_harmless(browser):
    html = text_of(browser.get('/search?q="><script>alert(1)</script>'))
    assert "<script>alert" not in html


def test_nothing_found_offers_to_ask(browser):
    html = text_of(browser.get("/search?q=инопланетяне%20%26%20co"))
    assert "/?write&amp;kind=question&amp;text=%D0%B8" in html
    assert "%26%20co#composer" in html


def test_further_pages_come_as_rows_alone(browser, anna):
    for number in range(PAGE + 2):
        factories.publication(anna, f"тариф {number}")
    outbox.run_due()
    whole = text_of(browser.get("/search?q=тариф"))
    assert "page=2" in whole
    rest = text_of(browser.get("/search?q=тариф&page=2", headers={"HX-Request": "true"}))
    assert "<html" not in rest
    assert rest.count("<article") == 2
    assert "page=3" not in rest


def test_other_kinds_have_tabs_and_lists(browser, anna):
    factories.publication(anna, "тариф #тариф")
    factories.group("Тариф")
    service.rebuild()
    html = text_of(browser.get("/search?q=тариф"))
    for kind in ("publication", "topic", "group"):
        assert f"kind={kind}" in html
        assert text_of(browser.get(f"/search?q=тариф&kind={kind}"))
    assert "kind=comment" not in html


@pytest.mark.parametrize(
    "address",
    [
        "kind=folder",
        "order=x",
        "page=0",
        "page=-1",
        "page=²",
        "page=99999",
        "page=x",
        "state=x",
        "period=x",
        "group=нет-такой",
        "person=нет.такого",
        "topic=!",
    ],
)
def test_nonsense_in_the_address(browser, address):
    text_of(browser.get(f"/search?q=тариф&{address}"), 422)


def test_a_missing_index_is_said_plainly(browser, index):
    (index / "current").unlink()
    html = text_of(browser.get("/search?q=тариф"), 503)
    assert 'role="status"' in html or "role=status" in html


def test_budget(browser, anna):
    for number in range(5):
        news = factories.question(factories.person(f"Тариф {number}"), f"тариф {number} #тариф")
        factories.answer(news, body="тариф")
    factories.group("Тариф")
    service.rebuild()
    browser.get("/search?q=тариф")
    many = "&state=question&period=week&group=mine&topic=тариф"
    for narrowed in ("", many, f"&person={anna.handle}&kind=publication"):
        with counting() as statements:
            text_of(browser.get(f"/search?q=тариф{narrowed}"))
        assert len(statements) <= 12, narrowed
