"""What a phone is told for reading without a connection, and what it brings when something is shared."""

import io
import json
import re

import pytest
from PIL import Image

from app.content.service import drafts
from app.content.service.changing import delete, pin
from app.core import outbox
from app.feed import queries as feeds
from app.notifications.queries import unread
from app.organisation.service import set_identity
from app.questions.service import accept
from tests import factories
from tests.support.sources import ROOT
from tests.support.statements import counting


@pytest.fixture
def reader(client):
    person = factories.person("Максим Орлов")
    client.sign_in(person)
    return person


def own(client):
    """Say that the device is one's own."""
    assert client.post("/settings/offline", data={"own": "1"}).status_code == 303


def picture():
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    file.seek(0)
    return file


def test_a_page_may_be_kept_on_ones_own_device_only(client, reader):
    before = client.get("/")
    own(client)
    after = client.get("/")

    assert "X-Keep" not in before.headers
    assert "X-Device" not in before.headers
    assert after.headers["X-Keep"] == "1"
    assert after.headers["X-Device"] == "Europe/Moscow"
    assert after.headers["X-Reader"] == before.headers["X-Reader"]


def test_what_one_person_said_of_a_device_another_has_not_said(client, reader):
    own(client)
    mine = client.get("/").headers["X-Reader"]
    client.sign_in(factories.person())
    theirs = client.get("/")

    assert theirs.headers["X-Reader"] not in (mine, "nobody")
    assert "X-Device" not in theirs.headers
    assert "X-Keep" not in theirs.headers


@pytest.mark.parametrize(
    "address", ["/settings/tokens", "/administration/people", "/?order=useful", "/people", "/p/none"]
)
def test_pages_with_secrets_lists_of_people_and_errors_are_not_for_keeping(client, address):
    client.sign_in(factories.person(roles=["administrator"]))
    own(client)

    assert "X-Keep" not in client.get(address).headers


def test_who_is_not_signed_in_is_nobody(client):
    assert client.get("/sign-in").headers["X-Reader"] == "nobody"


def test_what_must_be_read_and_what_is_known_about_ones_topics_is_kept_ahead(database):
    reader, author = factories.person(), factories.person()
    mandatory, mine, priority, other = (factories.topic() for _ in range(4))
    factories.subscribe(reader, mandatory, mandatory=True)
    factories.subscribe(reader, mine)
    factories.priority(priority)
    must = [factories.publication(author, f"Прочитайте #{topic.title}") for topic in (mandatory, priority)]
    answered, waiting, elsewhere = (
        factories.question(author, f"Как? #{topic.title}") for topic in (mine, mine, other)
    )
    for question in (answered, elsewhere):
        answer = factories.answer(question, author)
        accept(factories.actor(author), answer.public_id, on=True)
    pinned, aside = factories.publication(author, "Телефоны на крайний случай"), factories.publication(author)
    elsewhere_on_top = factories.publication(author, place=factories.shop())
    editor = factories.actor(factories.person(roles=["editor"]))
    for item in (pinned, elsewhere_on_top):
        pin(editor, item.public_id, on=True)
    members_only = factories.publication(
        author, f"Тайна #{mandatory.title}", place=factories.group(visibility="secret", owner=author)
    )

    me, named = factories.actor(reader), [answered.public_id, members_only.public_id, "none"]
    with counting() as statements:
        found = feeds.to_keep(me, named)

    assert {(each.public_id, each.kind) for each in found.pages} == {
        (pinned.public_id, "must"), (must[0].public_id, "must"), (must[1].public_id, "must"),
        (answered.public_id, "known"),
    }  # fmt: skip
    assert found.gone == tuple(sorted([members_only.public_id, "none"]))
    assert len(statements) <= 3
    assert {waiting.public_id, aside.public_id, elsewhere_on_top.public_id}.isdisjoint(
        each.public_id for each in found.pages
    )


def test_what_is_deleted_is_gone(client, reader):
    item = factories.publication(reader)
    asked = f"/offline/reading?kept={item.public_id}"
    assert client.get(asked).json["gone"] == []

    delete(factories.actor(reader), item.public_id)

    assert client.get(asked).json["gone"] == [item.public_id]


def test_a_page_that_a_device_keeps_ahead_has_not_been_read(client, reader):
    item = factories.publication(body=f"Посмотри, @{reader.handle}")
    outbox.run_due()

    client.get(f"/p/{item.public_id}", headers={"X-Ahead": "1"})
    assert unread(factories.actor(reader)).mentions == 1
    client.get(f"/p/{item.public_id}")
    assert unread(factories.actor(reader)).mentions == 0


def test_the_worker_knows_files_that_are_there(client):
    script = client.get("/sw.js").text
    knows = json.loads(script[script.index("{") : script.index(";\n")])

    addresses = [address for address in knows["shell"] if address.startswith("/static/")]
    assert [address for address in addresses if not (ROOT / address[1:]).is_file()] == []
    # Thanks stand in the feed with their badge, also in a basement.
    assert "/static/badges/thank-you.svg" in addresses
    for address in [each for pages in knows["help"].values() for each in pages.values()]:
        assert client.get(address).status_code == 200
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_manifest_speaks_the_readers_language_and_its_icons_are_as_large_as_it_says(client, reader):
    assert 'rel="manifest" href="/app-ru.webmanifest"' in client.get("/").text
    said = client.get("/app-ru.webmanifest").json

    assert [each["name"] for each in said["shortcuts"]] == ["Спросить", "Поиск"]
    for icon in [*said["icons"], *(each["icons"][0] for each in said["shortcuts"])]:
        with Image.open(ROOT / icon["src"][1:]) as drawn:
            assert f"{drawn.width}x{drawn.height}" == icon["sizes"]


#: What the browser says of its own form, which no page can make it say.
BY_ITSELF = {"Sec-Fetch-Site": "none"}


def test_what_is_shared_comes_after_what_is_being_written(client, reader):
    drafts.save(reader.id, "publish", {"body": "Начато", "kind": "question"})
    sent = {
        "title": "Статья",
        "text": "Статья о витринах",
        "url": "https://example.com/",
        "files": (picture(), "витрина.png"),
    }

    answer = client.post("/share", data=sent, csrf=False, headers=BY_ITSELF)

    assert (answer.status_code, answer.location) == (303, "/?write&draft#composer")
    draft = drafts.find(reader.id, "publish")
    assert draft["body"] == "Начато\nСтатья о витринах\nhttps://example.com/"
    assert draft["kind"] == "question"
    assert [file["name"] for file in draft["files"]] == ["витрина.png"]


def test_another_page_can_share_nothing(client, reader):
    for site in ("cross-site", "same-site", "same-origin"):
        answer = client.post("/share", data={"text": "Чужое"}, csrf=False, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 400
    assert (
        client.post("/publications", data={"body": "Чужое"}, csrf=False, headers=BY_ITSELF).status_code == 400
    )
    assert drafts.find(reader.id, "publish") == {}


def test_who_shares_before_signing_in_keeps_the_text(client):
    answer = client.post("/share", data={"text": "Новая витрина"}, csrf=False, headers=BY_ITSELF)

    assert answer.location.startswith("/sign-in?next=%2F%3Fwrite%3D%26text%3D")


def test_a_file_that_is_refused_does_not_lose_the_rest(client, reader):
    sent = {"text": "Смотрите", "files": [(io.BytesIO(b"MZ"), "игра.exe"), (picture(), "витрина.png")]}

    client.post("/share", data=sent, csrf=False, headers=BY_ITSELF)

    assert [file["name"] for file in drafts.find(reader.id, "publish")["files"]] == ["витрина.png"]
    assert "игра.exe" in client.get("/?write&draft").text


def test_while_the_network_is_closed_everything_says_so(client, reader, flask_app):
    runner = flask_app.test_cli_runner()
    runner.invoke(args=["maintenance", "on"])
    try:
        with counting() as statements:
            page = client.get("/", headers={"Accept-Language": "ru"})
        program = client.get("/feed/news-count?since=1", headers={"Accept": "application/json"})
        watched, worker = client.get("/healthz"), client.get("/sw.js")
    finally:
        runner.invoke(args=["maintenance", "off"])

    assert page.status_code == program.status_code == 503
    assert page.headers["Retry-After"]
    assert "Идут работы, сеть скоро вернётся" in page.text
    assert statements == []
    assert "X-Reader" not in page.headers
    assert watched.status_code == worker.status_code == 200
    assert client.get("/").status_code == 200


def test_the_page_of_a_proxy_needs_nothing_else_and_speaks_both_languages(database, flask_app):
    def written():
        return flask_app.test_cli_runner().invoke(args=["maintenance", "page"]).output

    usual = written()
    assert usual.index("Идут работы, сеть скоро вернётся") < usual.index("The network is being maintained")
    assert not re.search(r"<script|<link|https?:|url\(|\ssrc=", usual)
    # As it stands in the repository, for who has set nothing yet; write it anew when it differs.
    assert usual == (ROOT / "deploy" / "maintenance.html").read_text(encoding="utf-8")

    admin = factories.actor(factories.person(roles=["administrator"]))
    set_identity(admin, name="Маяк", short="", accent="#1d5fbf", logo=picture().getvalue())
    ours = written()
    assert "<span>Маяк</span>" in ours
    assert "--accent: #1d5fbf" in ours
    assert re.findall(r'src="([^,"]*)', ours) == ["data:image/webp;base64"]
