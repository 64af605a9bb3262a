"""Characters that nobody types, in addresses and forms: answered like anything else that is not there."""

import pytest

from tests import factories
from tests.factories.content import publication

ODD = "a%1ecsrf:%1eb"


@pytest.fixture
def me(client):
    person = factories.person()
    client.sign_in(person)
    return person


@pytest.mark.parametrize(
    "address",
    [f"/people?q={ODD}", f"/groups?q={ODD}", f"/topics?q={ODD}", f"/?write&text={ODD}"],
)
def test_marks_of_overlays_in_an_address_are_only_text(client, me, address):
    shown = client.get(address)

    assert shown.status_code == 200
    assert "a\x1ecsrf:\x1eb" in shown.text or "acsrf:b" in shown.text


def test_marks_of_overlays_in_a_text_are_only_text(client, me):
    item = publication(me, "До \x1ecsrf:\x1e после")

    for address in (f"/p/{item.public_id}", f"/items/{item.public_id}/edit"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/files/%00/full",
        "/p/%00",
        "/moderation/%00",
        "/items/%00/report",
        "/people/%00",
        "/groups/%00",
        "/topics/%00",
    ],
)
def test_nothing_is_named_by_nul(client, me, address):
    assert client.get(address).status_code == 404


def test_nul_in_a_form_is_refused(client, me):
    answer = client.post("/publications", data={"kind": "news", "body": "Привет", "place": "group:\x00"})

    assert answer.status_code == 422
