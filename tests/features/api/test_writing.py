"""What programs do for a person."""

import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.content.models import ContentItem
from app.content.service import drafts
from app.core import outbox
from app.core.db import db
from tests import factories
from tests.features.rewards.conftest import earn, reward


def how_many():
    """Rows of the spine."""
    return db.session.scalar(select(func.count()).select_from(ContentItem))


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова")


@pytest.fixture
def mine(program, anna):
    return program(anna)


def test_what_a_program_publishes_leaves_drafts_alone(mine, anna):
    drafts.save(anna.id, "publish", {"body": "Ещё пишу"})
    item = mine.post("/publications", {"body": "Касса закрыта"}).get_json()
    drafts.save(anna.id, f"comment-{item['id']}", {"body": "И это тоже"})
    mine.post(f"/publications/{item['id']}/comments", {"body": "Открыли"})
    assert drafts.find(anna.id, "publish") == {"body": "Ещё пишу"}
    assert drafts.find(anna.id, f"comment-{item['id']}") == {"body": "И это тоже"}


def test_publishing_answers_with_what_was_made_and_where(mine, anna):
    response = mine.post("/publications", {"kind": "question", "title": "Возврат", "body": "Как #вернуть?"})

    made = response.get_json()
    assert response.status_code == 201
    assert response.headers["Location"] == f"/api/v1/publications/{made['id']}"
    assert (made["author"]["handle"], made["title"], made["question_state"]) == (
        anna.handle,
        "Возврат",
        "waiting",
    )
    assert mine.get(f"/publications/{made['id']}").get_json()["body_html"] == made["body_html"]


@pytest.mark.parametrize("spelling", ["text", "object"])
def test_a_place_is_named_in_either_way(mine, anna, spelling):
    group = factories.group(owner=anna)
    place = f"group:{group.handle}" if spelling == "text" else {"kind": "group", "key": group.handle}

    made = mine.post("/publications", {"body": "В группу", "place": place}).get_json()

    assert made["place"] == {"kind": "group", "name": group.name, "url": f"/groups/{group.handle}"}


def test_the_same_key_makes_one_publication(mine):
    key = {"Idempotency-Key": "a phone on bad Wi-Fi"}

    first = mine.post("/publications", {"body": "Один раз"}, headers=key)
    again = mine.post("/publications", {"body": "Один раз"}, headers=key)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json()["id"] == again.get_json()["id"]
    assert how_many() == 1


def test_the_same_key_makes_one_comment_and_is_each_person_s_own(program, mine):
    item = factories.publication()
    key = {"Idempotency-Key": "k"}
    path = f"/publications/{item.public_id}/comments"

    answers = [
        each.post(path, {"body": "Ага"}, headers=key) for each in (mine, mine, program(factories.person()))
    ]

    assert [each.status_code for each in answers] == [201, 200, 201]
    assert how_many() == 3


def test_answering_and_replying(mine):
    asked = factories.question()
    path = f"/publications/{asked.public_id}/comments"

    answer = mine.post(path, {"body": "Так", "answer": True}).get_json()
    reply = mine.post(path, {"body": "Точно", "parent": answer["id"]}).get_json()

    assert (answer["kind"], answer["publication"]) == ("answer", asked.public_id)
    assert (reply["kind"], reply["parent"]) == ("comment", answer["id"])


def test_the_writer_is_told_whom_a_mention_could_not_reach(mine, anna):
    group = factories.group(visibility="closed", owner=anna)
    stranger = factories.person("Степан Чужой")

    made = mine.post("/publications", {"body": f"Зову @{stranger.handle}", "place": f"group:{group.handle}"})

    assert made.get_json()["unreached"] == ["Степан Чужой"]


@pytest.mark.parametrize("kind", ["publications", "comments"])
def test_liking_twice_counts_once_and_can_be_taken_back(mine, kind):
    item = factories.publication()
    liked = item if kind == "publications" else factories.comment(item)
    path = f"/{kind}/{liked.public_id}/like"

    assert mine.send("PUT", path).get_json() == {"likes": 1, "liked": True}
    assert mine.send("PUT", path).get_json() == {"likes": 1, "liked": True}
    assert mine.send("DELETE", path).get_json() == {"likes": 0, "liked": False}


def test_a_comment_is_no_publication_and_the_other_way_round(mine):
    item = factories.publication()
    comment = factories.comment(item)

    assert mine.send("PUT", f"/publications/{comment.public_id}/like").status_code == 404
    assert mine.send("PUT", f"/comments/{item.public_id}/like").status_code == 404
    assert mine.get(f"/publications/{comment.public_id}").status_code == 404


def test_only_the_author_takes_back(program, mine, anna):
    own = factories.publication(anna)
    comment = factories.comment(own, anna)
    stranger = program(factories.person())

    assert stranger.send("DELETE", f"/publications/{own.public_id}").status_code == 403
    assert stranger.send("DELETE", f"/comments/{comment.public_id}").status_code == 403
    assert mine.send("DELETE", f"/comments/{comment.public_id}").status_code == 204
    assert mine.send("DELETE", f"/publications/{own.public_id}").status_code == 204
    assert mine.get(f"/publications/{own.public_id}").status_code == 404


def test_only_who_asked_accepts_and_may_change_their_mind(program, mine, anna):
    asked = factories.question(anna)
    answer = factories.answer(asked)
    path = f"/comments/{answer.public_id}/accept"

    assert program(factories.person()).post(path, {"accepted": True}).status_code == 403
    assert mine.post(path, {"accepted": True}).get_json()["accepted"] is True
    assert mine.post(path, {"accepted": False}).get_json()["accepted"] is False


def test_a_picture_is_uploaded_published_and_seen(program, mine):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "PNG")
    picture.seek(0)

    sent = mine.send("POST", "/files", data={"file": (picture, "витрина.png"), "alt": "Витрина"})
    made = mine.post("/publications", {"body": "Фото", "files": [sent.get_json()["id"]]}).get_json()

    (shown,) = made["pictures"]
    assert (sent.status_code, shown["alt"], shown["width"]) == (201, "Витрина", 40)
    seen = program(factories.person()).get(shown["thumb_url"].removeprefix("/api/v1"))
    assert (seen.status_code, seen.mimetype) == (200, "image/webp")


def test_notifications_are_read(program, mine, anna):
    factories.publication(body=f"Привет, @{anna.handle}")
    outbox.run_due()

    (line,) = mine.get("/notifications?unread=1").get_json()["items"]
    assert (line["reason"], line["unread"]) == ("mentioned", True)
    assert mine.get("/me").get_json()["unread"] == {"notifications": 1, "mentions": 1}
    assert mine.send("POST", "/notifications/read").status_code == 204
    assert mine.get("/notifications?unread=true").get_json()["items"] == []


def test_thanks_are_said_once_and_worn(mine, anna):
    ilya = factories.person("Илья Рогов")
    body = {"people": [ilya.handle], "badge": "rocket", "body": "За субботу"}
    made = mine.post("/thanks", body, headers={"Idempotency-Key": "k"})
    assert made.status_code == 201
    said = made.get_json()["thanks"]
    assert (said["badge"], [each["handle"] for each in said["people"]]) == ("rocket", [ilya.handle])
    assert mine.post("/thanks", body, headers={"Idempotency-Key": "k"}).status_code == 200
    worn = mine.get(f"/people/{ilya.handle}").get_json()["badges"]
    assert [(each["code"], each["count"]) for each in worn] == [("rocket", 1)]
    refused = mine.post("/thanks", {**body, "badge": "best_shop"})
    assert [each["field"] for each in refused.get_json()["errors"]] == ["badge"]
    assert mine.post("/publications", {"kind": "thanks", "body": "Мимо"}).status_code == 422


def test_an_article_is_written_by_a_program(mine, anna):
    body = {"title": "Возврат", "body": "# Как\n\nПо карте.", "topics": "#возврат", "review_by": "2020-01-01"}
    late = mine.post("/articles", body)
    assert [each["field"] for each in late.get_json()["errors"]] == ["review"]
    made = mine.post("/articles", {**body, "review_by": None})
    assert made.status_code == 201
    read_back = mine.get(made.location.removeprefix("/api/v1")).get_json()
    assert (read_back["kind"], [each["name"] for each in read_back["topics"]]) == ("article", ["возврат"])
    assert read_back["article"]["owner"]["handle"] == anna.handle
    assert read_back["article"]["overdue"] is False


def test_a_reward_is_ordered_once_and_given_up(mine, anna):
    editor = factories.person(roles=["editor"])
    earn(anna.id, 70)
    wanted = reward(editor)
    listed = mine.get("/rewards").get_json()
    assert (listed["balance"], listed["level"]) == (70, "bronze")
    assert [(each["id"], each["left"], each["obstacle"]) for each in listed["items"]] == [(wanted, 3, "")]
    made = mine.post(f"/rewards/{wanted}/orders", {"price": 50}, headers={"Idempotency-Key": "k"})
    again = mine.post(f"/rewards/{wanted}/orders", {"price": 50}, headers={"Idempotency-Key": "k"})
    assert (made.status_code, again.status_code, made.get_json()) == (201, 200, again.get_json())
    refused = mine.post(f"/rewards/{wanted}/orders", {"price": 49})
    assert [each["field"] for each in refused.get_json()["errors"]] == ["price"]
    assert mine.post(f"/rewards/orders/{made.get_json()['id']}/cancel").status_code == 204
    assert [each["state"] for each in mine.get("/rewards/orders").get_json()["items"]] == ["cancelled"]
    assert mine.get("/rewards").get_json()["balance"] == 70
