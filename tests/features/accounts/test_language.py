"""Another language on the page one is at, signed in or not."""

import re

import pytest

from app.accounts import service as accounts
from tests import factories


def switch(client, locale, came_from=None, **fields):
    headers = {"Referer": f"http://localhost{came_from}"} if came_from else {}
    return client.post("/language", data={"locale": locale, **fields}, headers=headers)


def test_one_reads_on_where_one_is_with_filters_and_all(client):
    client.sign_in(factories.person())
    answer = switch(client, "en", "/people?q=anna&region=ural")

    assert answer.location == "/people?q=anna&region=ural"
    assert '<html lang="en"' in client.get(answer.location).text
    assert "Language and appearance" in client.get("/settings/preferences").text


@pytest.mark.parametrize(
    ("answered_at", "form_at"),
    [
        ("/groups", "/groups/new"),
        ("/desk/badges", "/desk/badges/new"),
        ("/p/abc/comments", "/p/abc"),
        ("/", "/"),
        ("//", "/"),
        ("/groups/", "/groups/new"),
    ],
)
def test_a_form_that_was_refused_is_that_form_again(client, answered_at, form_at):
    """The page of the refusal stands where the form was sent to, which may be another page, or none."""
    client.sign_in(factories.person())
    referrer = {"Referer": f"http://localhost{answered_at}"}
    answer = client.post("/language?refused", data={"locale": "en"}, headers=referrer)

    assert answer.location == form_at


def test_only_an_answer_to_a_form_says_that_it_is_one(client):
    client.sign_in(factories.person())
    switch = 'formaction="/language?refused"'

    assert switch not in client.get("/groups/new").text
    assert switch in client.post("/groups", data={"name": " "}).text


def test_it_is_kept_for_every_device(client, new_client):
    person = factories.person()
    client.sign_in(person)
    switch(client, "en", "/")

    assert '<html lang="en"' in new_client().sign_in(person).get("/").text


def test_before_signing_in_the_way_on_is_kept(client, database):
    answer = switch(client, "en", "/sign-in?next=/people")

    assert answer.location == "/sign-in?next=/people"
    assert '<html lang="en"' in client.get(answer.location).text


@pytest.mark.parametrize("came_from", ["/sign-in/new-password", "/nowhere/at/all", "//evil.example/", None])
def test_a_page_that_can_not_be_opened_again_leads_on(client, database, came_from):
    assert switch(client, "en", came_from, next="/sign-in").location == "/sign-in"


def test_a_foreign_page_and_an_unknown_language_change_nothing(client):
    client.sign_in(factories.person())
    answer = client.post(
        "/language", data={"locale": "xx"}, headers={"Referer": "https://evil.example/people"}
    )

    assert answer.location == "/"
    assert '<html lang="ru"' in client.get("/").text


def test_the_page_of_a_new_password_is_read_in_another_language_without_signing_in_again(client, database):
    person = factories.person(password="тихий вечер в депо")
    one_time = accounts.set_one_time_password(person.id, by=None)
    asked = client.post(
        "/sign-in", data={"login": person.personnel_number, "password": one_time, "next": "/people"}
    )
    form = asked.text.partition('class="languages"')[2]
    ticket = re.search(r'name="ticket" value="([^"]+)"', form).group(1)
    switched = client.post(
        "/sign-in/new-password", data={"ticket": ticket, "locale": "en", "next": "/people"}
    )

    assert switched.status_code == 200
    assert '<html lang="en"' in switched.text
    assert "Choose a password" in switched.text
    assert 'name="next" value="/people"' in switched.text
    new = {"ticket": ticket, "new": "громкое утро в порту", "next": "/people"}
    assert client.post("/sign-in/new-password", data=new).location == "/people"
    assert '<html lang="en"' in client.get("/people").text
