"""Pages of the knowledge base: what stands on them, and what they cost."""

import io
from datetime import timedelta

import pytest

from app.core import clock, outbox
from app.core.db import db
from app.people.models import Person
from app.people.service import mark_left
from app.questions.service import accept
from tests import factories
from tests.factories import content, people
from tests.features.articles.conftest import BODY
from tests.support.statements import counting

#: Moderators pay one more for their queue; streams one more where something has a state of trust.
MOST = 12


def form(**fields):
    return {
        "title": "Возврат",
        "body": BODY,
        "topics": "#возврат",
        "place": "company",
        "review": "",
        **fields,
    }


def read(client, address, most=MOST):
    with counting() as statements:
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    assert len(statements) <= most, (len(statements), statements)
    return answer.get_data(as_text=True)


def test_an_article_is_written_changed_compared_and_restored(client, storage):
    owner = people.person()
    client.sign_in(owner)
    assert 'name="title"' in read(client, "/articles/new")
    sent = client.post("/files", data={"file": (io.BytesIO(b"a,b\n1,2\n"), "prices.csv")})
    refused = client.post("/articles", data=form(title="", files=sent.get_json()["id"], review="завтра"))
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "За три дня." in page
    assert "prices.csv" in page
    assert "review-error-1" in page
    made = client.post("/articles", data=form(files=sent.get_json()["id"]))
    assert made.status_code == 303
    page = read(client, made.location)
    assert '<h3 id="part-1">Как найти</h3>' in page
    assert "prices.csv" in page
    public_id = made.location.rpartition("/")[2]
    assert sent.get_json()["id"] in read(client, f"/articles/{public_id}/edit")
    assert (
        client.get(f"/items/{public_id}/menu").get_data(as_text=True).count(f"/articles/{public_id}/edit")
        == 1
    )

    changed = form(
        body=BODY.replace("три дня", "пять дней"), version="1", note="Срок", topics="#возврат #касса"
    )
    assert client.post(f"/articles/{public_id}", data=changed).status_code == 303
    stale = client.post(f"/articles/{public_id}", data=form(body="Моё.", version="1"))
    page = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "<ins>" in page
    assert "Моё." in page
    assert "Срок" in read(client, f"/articles/{public_id}/history")
    page = read(client, f"/articles/{public_id}/compare?from=2&to=1")
    assert "<del>" in page
    assert "пять" in page
    back = client.post(f"/articles/{public_id}/restore", data={"number": 1, "version": 2})
    assert back.status_code == 303
    assert "prices.csv" not in read(client, made.location), "the second form named no file"
    assert content.written(public_id).revision == 3

    stranger = client.sign_in(people.person())
    assert stranger.get(f"/articles/{public_id}/edit").status_code == 403
    assert stranger.post(f"/articles/{public_id}", data=changed).status_code == 403
    assert stranger.get(f"/articles/{public_id}/care").status_code == 403
    assert "from=2&amp;to=3" in read(stranger, f"/articles/{public_id}/history")
    assert "/restore" not in read(stranger, f"/articles/{public_id}/history")


def test_nothing_of_a_closed_group_is_told_outside(client, article):
    keeper = people.person()
    group = factories.group(visibility="closed", owner=keeper)
    item = article(
        keeper, "Тайное", place=group, topics="#тайна", review_by=clock.today() + timedelta(days=3)
    )
    topic = "/topics/тайна"
    client.sign_in(people.person(roles=["editor", "moderator", "administrator"]))
    for page in (
        "/knowledge",
        "/articles",
        "/articles?which=overdue",
        "/knowledge/care",
        topic,
        f"{topic}/answers",
    ):
        assert "Тайное" not in read(client, page, MOST + 1), page
    for page in ("edit", "history", "care", "compare?from=1&to=1"):
        assert client.get(f"/articles/{item.public_id}/{page}").status_code == 404
    for act in ("", "/review", "/take", "/pass", "/leave"):
        assert client.post(f"/articles/{item.public_id}{act}", data={"version": "1"}).status_code == 404
    assert client.get(f"/articles/new?from={item.public_id}").status_code == 404
    client.sign_in(keeper)
    for page in ("/knowledge", "/articles", topic, f"{topic}/answers"):
        assert "Тайное" in read(client, page, MOST + 1), page


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 9])
def test_pages_cost_the_same_however_much_there_is(client, article, times):
    owner, reader, manager = people.person(), people.person(), people.person()
    leaver = people.person(manager=manager)
    for number in range(times):
        asked = content.question(body=f"Сколько ждать {number}? #возврат")
        good = content.answer(asked)
        item = article(
            owner, f"Статья {number}", topics="#возврат", source=asked.public_id, answers=(good.public_id,),
            review_by=clock.today() + timedelta(days=number),
        )  # fmt: skip
        accept(people.actor(db.session.get(Person, asked.author_id)), good.public_id, on=True)
        content.question(body=f"А без ответа {number}? #касса")
        client.sign_in(reader).get(f"/articles/{item.public_id}/more")
        article(leaver, f"Наследство {number}")
    content.question(body="А это кто знает? #возврат")
    mark_left(leaver.id, on=clock.today())
    outbox.run_due()
    start = read(client, "/knowledge")
    assert start.count(f"Статья {times - 1}") >= 2, "popular, and about to expire or changed"
    assert f"{times} " in start
    assert "#касса" in start
    topic = client.get("/topics/возврат").text
    assert max(topic.index("Статья"), topic.index("Сколько ждать")) < topic.index("А это кто знает")
    assert "По паспорту" in read(client, "/topics/возврат/answers")
    assert "Статья 0" in read(client, "/articles")
    assert f"/p/{item.public_id}" in read(client, f"/p/{asked.public_id}")
    client.sign_in(people.person())
    address = f"/articles/{item.public_id}/more"
    with counting() as statements:
        piece = client.get(address, headers={"HX-Request": "true"})
    assert f"/p/{asked.public_id}" in piece.get_data(as_text=True)
    assert len(statements) <= 6, statements
    assert "checked" in read(client, f"/articles/new?from={asked.public_id}")
    assert "По паспорту" in read(
        client, f"/articles/new?from={asked.public_id}&chosen=1&answer={good.public_id}"
    )
    assert "Наследство 0" in read(client.sign_in(manager), "/knowledge/care")
    assert "Статья 0" in read(client.sign_in(owner), "/knowledge/care")


def test_a_preview_shows_headings_and_no_scripts(client):
    client.sign_in(people.person())
    body = "# Раз\n\n# Два\n\n# Три <script>alert(1)</script>"
    piece = client.post("/articles/preview", data=form(body=body), headers={"HX-Request": "true"})
    page = piece.get_data(as_text=True)
    assert 'href="#part-3"' in page
    assert '<h3 id="part-1">' in page
    assert "<script>" not in page
    assert client.post("/articles/preview", data=form(body=body)).status_code == 200


def test_a_preview_mentions_only_who_is_there(client):
    colleague = people.person("Анна Петрова")
    client.sign_in(people.person())
    body = f"Спросите @{colleague.handle} или @никого.такого"
    page = client.post("/articles/preview", data=form(body=body), headers={"HX-Request": "true"}).text
    assert f'href="/@{colleague.handle}"' in page
    assert "@никого.такого</p>" in page


def test_what_is_done_with_an_article_stands_before_its_comments(client, article):
    owner = people.person()
    made = article(owner)
    page = read(client.sign_in(owner), f"/p/{made.public_id}")
    assert page.index(f"/articles/{made.public_id}/edit") < page.index('id="thread"')


def test_what_was_typed_when_a_session_ended_is_kept(client, article):
    owner = people.person()
    client.sign_in(owner)
    assert client.put("/drafts/article", json=form(review="2026-01-01")).status_code == 200
    page = client.get("/articles/new?draft").get_data(as_text=True)
    assert "2026-01-01" in page
    assert "За три дня." in page
    made = client.post("/articles", data=form(), headers={"Accept": "application/json"})
    assert made.status_code == 201
    assert client.get("/drafts/article").get_json() == {}
