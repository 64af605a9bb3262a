"""Another language on the page one is at, signed in or not."""

import pytest

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
