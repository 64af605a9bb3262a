"""Who saves data gets no picture that they did not tap: by their setting, or as the browser asks."""

import pytest

from app.content.schemas import AddComment, Publish
from app.content.service.publishing import comment, publish
from app.core.db import db
from app.people import service as people
from tests import factories
from tests.features.files.conftest import jpeg
from tests.support.statements import counting

ASKS = {"Save-Data": "on"}


@pytest.fixture
def published(anna, bob, send):
    """A publication with photos, by somebody with a face, and a comment with one."""
    people.set_photo(factories.actor(anna), jpeg())
    db.session.refresh(anna)
    photos = tuple(send(anna, jpeg(), f"{number}.jpg", f"Полка {number}").id for number in range(5))
    made = publish(factories.actor(anna), Publish("news", "Полки", file_ids=photos))
    mine = (send(bob, jpeg(), "моя.jpg").id,)
    comment(factories.actor(bob), made.public_id, AddComment("Вот", file_ids=mine))
    return made.public_id


def prefer(client, pictures):
    kept = {"locale": "ru", "theme": "auto", "time_zone": "", "feed_order": "activity", "pictures": pictures}
    return client.post("/settings/preferences", data=kept)


def test_no_page_shows_a_picture(client, anna, bob, published):
    client.sign_in(bob)
    address = f"/people/{anna.handle}"
    pages = ["/", f"/p/{published}", address, f"{address}/files", f"{address}/card", "/people", "/thanks/new"]
    assert all("<img" in client.get(each).text for each in pages)

    assert prefer(client, "tapped").status_code == 303
    assert [each for each in pages if "<img" in client.get(each).text] == []
    home = client.get("/").text
    assert "Полка 0</span><small>" in home
    assert "КБ</small>" in home
    assert "Фото" in home
    assert (
        client.get("/mentions/suggestions?q=анн", headers={"Accept": "application/json"}).text.find("/photo/")
        < 0
    )


def test_the_browser_is_heard_unless_the_reader_has_chosen(client, bob, published):
    client.sign_in(bob)
    assert "<img" in client.get("/").text
    assert "<img" not in client.get("/", headers=ASKS).text
    prefer(client, "always")
    assert "<img" in client.get("/", headers=ASKS).text
    assert prefer(client, "never").status_code == 422


def test_readers_who_share_a_card_see_it_each_in_their_way(new_client, anna, bob, published):
    saving, plain = new_client().sign_in(bob), new_client().sign_in(anna)
    prefer(saving, "tapped")
    for _turn in range(2):
        assert "<img" not in saving.get("/").text
        assert "<img" in plain.get("/").text
    with counting() as statements:
        saving.get("/")
    assert len(statements) <= 12


def test_the_first_photo_loads_at_once_and_the_others_in_time(client, bob, published):
    client.sign_in(bob)
    for address in ("/", f"/p/{published}"):
        html = client.get(address).text
        photos = [part for part in html.split("<img") if "srcset" in part]
        assert len(photos) == 5
        eager = ["fetchpriority=high" in part for part in photos]
        assert eager == [True, False, False, False, False]
        assert ["loading=lazy" in part for part in photos] == [False, True, True, True, True]
        assert all("width=800 height=600" in part for part in photos)
