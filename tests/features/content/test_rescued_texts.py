"""No text is lost: drafts, sessions that end while somebody writes, comments that come too late."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.content.models import Draft
from app.content.service import drafts
from app.content.service.moderating import hide
from app.core.unit_of_work import unit_of_work
from tests.factories import content, people
from tests.features.content.stored import count


def test_a_draft_is_kept_until_it_is_sent(client):
    anna = people.person()
    client.sign_in(anna)
    assert (
        client.put("/drafts/publish", json={"body": "Недописанное", "role": "administrator"}).status_code
        == 200
    )
    assert client.get("/drafts/publish").json == {"body": "Недописанное"}
    client.post("/publications", data={"kind": "news", "body": "Дописанное", "place": "company"})
    assert client.get("/drafts/publish").json == {}
    assert count(Draft) == 0


@pytest.mark.parametrize("body", [["Текст"], {"text": "Текст"}])
def test_a_draft_that_is_no_text_is_refused(client, body):
    client.sign_in(people.person())
    assert client.put("/drafts/publish", json={"body": body}).status_code == 422
    client.put("/drafts/publish", json={"body": "Текст", "files": [{"id": ["x"]}, {"id": "y", "name": {}}]})
    assert client.get("/drafts/publish").json["files"] == [{"id": "y"}]


def test_a_draft_keeps_what_shows_its_files_again(client):
    anna = people.person()
    client.sign_in(anna)
    file = {"id": "a1b2", "name": "касса.png", "thumb_url": "/files/a1b2/thumb"}
    sent = [{**file, "owner": 7}, {"name": "без номера"}, "a1b2", None]
    client.put("/drafts/publish", json={"body": "", "files": sent})
    assert client.get("/drafts/publish").json == {"files": [file]}


@pytest.mark.parametrize(
    ("place", "page"),
    [
        ("company", "/"),
        ("group:help-desk", "/groups/help-desk"),
        ("person:anna", "/people/anna/publications"),
        ("shop:U1", "/shops/U1/publications"),
        ("department:7", "/departments/7/publications"),
        ("department:x", "/"),
    ],
)
def test_signing_in_again_leads_to_the_rescued_text(client, frozen_clock, place, page):
    client.sign_in(people.person())
    frozen_clock.advance(15 * frozen_clock.DAY)
    answer = client.post("/publications", data={"body": "Долго писала", "place": place})
    assert parse_qs(urlsplit(answer.location).query)["next"] == [f"{page}?draft#composer"]


def test_a_rescued_text_stands_in_its_form_again(client, frozen_clock):
    anna = people.person()
    item = content.publication(anna)
    drafts.save(anna.id, "publish", {"title": "Заголовок", "body": "Долго писала", "kind": "question"})
    drafts.save(anna.id, f"comment-{item.public_id}", {"body": "И это тоже"})
    client.sign_in(anna)
    assert "Долго писала" in client.get("/?draft").text
    assert "Долго писала" not in client.get("/").text
    assert "И это тоже" in client.get(f"/p/{item.public_id}?draft").text


def test_the_text_of_a_post_survives_the_end_of_its_session(client, frozen_clock):
    anna = people.person()
    item = content.publication(anna)
    client.sign_in(anna)
    frozen_clock.advance(15 * frozen_clock.DAY)
    answer = client.post(
        "/publications", data={"kind": "question", "body": "Долго писала", "place": "company"}
    )
    assert answer.status_code == 303
    client.post(f"/p/{item.public_id}/comments", data={"body": "И это тоже"})
    assert drafts.find(anna.id, "publish")["body"] == "Долго писала"
    assert drafts.find(anna.id, f"comment-{item.public_id}")["body"] == "И это тоже"


def test_an_edit_survives_the_end_of_its_session(client, frozen_clock):
    anna = people.person()
    item = content.publication(anna, body="Было")
    client.sign_in(anna)
    frozen_clock.advance(15 * frozen_clock.DAY)
    answer = client.post(f"/items/{item.public_id}/edit", data={"version": "1", "body": "Долго правила"})
    (page,) = parse_qs(urlsplit(answer.location).query)["next"]
    client.sign_in(anna)
    form = client.get(page).text
    assert "Долго правила" in form
    assert 'name="version" value="1"' in form
    assert "Долго правила" not in client.get(f"/items/{item.public_id}/edit").text
    client.post(f"/items/{item.public_id}/edit", data={"version": "1", "body": "Долго правила"})
    assert drafts.find(anna.id, f"edit-{item.public_id}") == {}


def test_thanks_survive_the_end_of_their_session(client, frozen_clock):
    anna = people.person()
    client.sign_in(anna)
    frozen_clock.advance(15 * frozen_clock.DAY)
    form = {"people": "@олеся.яшина", "badge": "teacher", "body": "Научила сверке"}
    (page,) = parse_qs(urlsplit(client.post("/thanks", data=form).location).query)["next"]
    client.sign_in(anna)
    shown = client.get(page).text
    assert "@олеся.яшина" in shown
    assert "Научила сверке" in shown


def test_a_rescued_text_keeps_the_files_that_came_with_it(client, frozen_clock):
    anna = people.person()
    client.sign_in(anna)
    files = [
        {"id": name, "name": f"{name}.png", "thumb_url": f"/files/{name}/thumb"} for name in ("a1", "b2")
    ]
    drafts.save(anna.id, "publish", {"body": "Долго", "files": files})
    frozen_clock.advance(15 * frozen_clock.DAY)
    client.post("/publications", data={"body": "Долго писала", "place": "company", "files": "b2"})
    assert drafts.find(anna.id, "publish")["files"] == files[1:]


def test_a_comment_that_comes_too_late_is_not_lost_without_scripts(client):
    anna = people.person()
    item = content.publication(anna)
    client.sign_in(people.person())
    with unit_of_work():
        hide(item, item, people.person(roles=["moderator"]).id)
    page = client.post(f"/p/{item.public_id}/comments", data={"body": "Долго <b>писала</b>"})
    assert page.status_code == 404
    assert "Долго &lt;b&gt;писала&lt;/b&gt;" in page.text
    client.sign_in(anna)
    page = client.post(f"/p/{item.public_id}/comments", data={"body": "И я долго писала"})
    assert page.status_code == 409
    assert "И я долго писала" in page.text
