"""A kept frame never shows what is no longer so, nor what is another's."""

import re

import pytest

from app.core import outbox
from tests import factories


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова")


@pytest.fixture
def browser(client, anna):
    client.sign_in(anna)
    client.get("/")
    return client


def test_every_answer_has_a_nonce_of_its_own_that_the_header_names(browser):
    answers = [browser.get("/") for _ in range(2)]
    nonces = [set(re.findall(r'nonce="([^"]+)"', each.text)) for each in answers]

    assert [len(each) for each in nonces] == [1, 1]
    assert nonces[0] != nonces[1]
    for answer, (nonce,) in zip(answers, nonces, strict=True):
        assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]


def test_every_answer_has_a_key_of_its_own_for_publishing(browser):
    keys = [re.search(r'name="idempotency_key" value="([^"]+)"', browser.get("/").text)[1] for _ in range(2)]

    assert keys[0] != keys[1]


def test_the_form_token_on_a_kept_page_is_accepted(browser):
    for body in ("Первое", "Второе"):
        token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/").text)[1]
        sent = browser.post("/publications", data={"body": body, "csrf_token": token}, csrf=False)
        assert sent.status_code == 303
        assert body in browser.get("/").text


def test_counters_follow_at_once(browser, anna):
    assert 'data-unread="notifications"></b>' in browser.get("/").text

    factories.publication(body=f"Привет, @{anna.handle}")
    outbox.run_due()

    assert 'data-unread="notifications">1</b>' in browser.get("/").text


def test_a_group_joined_is_there_at_once(browser, anna):
    group = factories.group("Витрины мира")
    assert "Витрины мира" not in browser.get("/").text

    factories.join(group, anna)

    assert "Витрины мира" in browser.get("/").text


def test_a_message_of_the_last_request_shows_once(browser, anna):
    item = factories.publication(anna)
    browser.post(f"/items/{item.public_id}/delete")

    assert [browser.get("/").text.count('class="toast"') for _ in range(2)] == [1, 0]


def test_language_and_theme_follow_at_once(browser):
    assert '<html lang="ru">' in browser.get("/").text

    wanted = {"locale": "en", "theme": "dark", "time_zone": "Europe/Moscow", "feed_order": "activity"}
    assert browser.post("/settings/preferences", data=wanted).status_code == 303

    assert '<html lang="en" data-theme="dark">' in browser.get("/").text


def test_the_order_and_feed_chosen_show_in_the_frame(browser):
    pages = [browser.get(address).text for address in ("/", "/?order=useful", "/?feed=company", "/")]
    current = [re.findall(r'href="([^"]+)"[^>]*aria-current="?true', page) for page in pages]

    assert current[0] == current[3]
    assert len({tuple(each) for each in current}) == 3


def test_two_readers_never_share(new_client, anna):
    boris = factories.person("Борис Седов")
    first, second = new_client().sign_in(anna), new_client().sign_in(boris)
    first.get("/")

    assert "Борис Седов" in second.get("/").text
    assert "Анна Петрова" not in second.get("/").text


def test_a_refusal_to_a_script_says_why_without_a_page(browser):
    response = browser.get("/p/missing", headers={"HX-Request": "true"})

    assert response.status_code == 404
    assert response.headers["X-Message"].encode("latin-1").decode()
    assert "<html" not in response.text


def test_a_like_that_no_reader_was_asked_about_is_a_whole_button(client):
    client.sign_in(factories.person(roles=["administrator"]))
    buttons = re.findall(r"<button class=like[^>]*>", client.get("/styleguide").text)
    assert buttons
    assert all(re.search(r'/like( aria-pressed="true" name=on value=0)?>$', button) for button in buttons)
