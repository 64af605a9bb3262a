"""The forms in which people write: they cut nothing, and demand no more than the use cases do."""

import re

import pytest

from app.lib.markup import MAX_SOURCE
from tests import factories

TOO_LONG = "а" * (4 * MAX_SOURCE)


@pytest.fixture
def author(client):
    person = factories.person()
    client.sign_in(person)
    return person


def text_areas(page):
    """The opening tags of the fields for a text; the field for replies comes with the words of the scripts."""
    return re.findall(r"<textarea[^>]*name=\"body\"[^>]*>", page.text)


def test_what_is_pasted_is_never_cut_in_silence(client, author):
    item = factories.publication(author)
    addresses = ("/", f"/p/{item.public_id}", f"/items/{item.public_id}/edit", "/articles/new", "/words/ru")

    for address in addresses:
        areas = text_areas(client.get(address))
        assert areas, address
        assert not any("maxlength" in area for area in areas), address


def test_a_photo_needs_no_words(client, author):
    item = factories.publication(author)

    for address in ("/", f"/p/{item.public_id}", "/words/en"):
        assert not any("required" in area for area in text_areas(client.get(address))), address


@pytest.mark.parametrize("form", ["publication", "comment", "edit"])
def test_too_long_a_text_comes_back_whole_with_what_is_wrong(client, author, form):
    item = factories.publication(author)
    address = {
        "publication": "/publications",
        "comment": f"/p/{item.public_id}/comments",
        "edit": f"/items/{item.public_id}/edit",
    }[form]

    answer = client.post(address, data={"body": TOO_LONG, "version": "1"})

    assert answer.status_code == 422
    assert f"{TOO_LONG}</textarea>" in answer.text
    assert re.search(rf'class="field-error".*{len(TOO_LONG)}', answer.text, re.DOTALL)
