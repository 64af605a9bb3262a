"""Programs that read and say how far answers and articles may be trusted."""

import pytest

from app.articles.models import Article
from app.articles.schemas import ArticleText, WriteArticle
from app.articles.service import write
from app.content.models import ContentItem
from app.content.schemas import Edit
from app.content.service.changing import edit
from app.core import outbox
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.notifications.models import Notification
from app.people.models import Person
from app.reputation.models import Balance
from app.reputation.queries import levels
from app.trust.models import ContentOpening
from tests import factories
from tests.factories import people
from tests.support.statements import counting


@pytest.fixture
def answer(database):
    return factories.answer(factories.question(body="Сколько дней на возврат? #возврат"))


def test_an_owner_makes_it_official_limits_it_and_withdraws_it(program, answer):
    people.region("Урал")
    editor = factories.person("Елена Редактор", roles=["editor"])
    mine = program(editor)
    path = f"/items/{answer.public_id}"
    assert mine.get(f"{path}/trust").get_json()["state"] == "opinion"
    made = [mine.send("PUT", f"{path}/official").get_json() for _ in range(2)][1]
    assert (made["state"], made["official_by"], "withdraw" in made["may"]) == (
        "official", "Елена Редактор", True,
    )  # fmt: skip
    limits = {"valid_until": "2020-01-31", "regions": ["Урал"], "owner": editor.handle}
    limited = mine.send("PUT", f"{path}/limits", json=limits).get_json()
    assert (limited["valid_until"], limited["regions"], limited["not_valid"]) == (
        "2020-01-31", ["Урал"], "over",
    )  # fmt: skip
    assert limited["owner"]["handle"] == editor.handle
    for _ in range(2):
        extended = mine.post(f"{path}/extend", {"months": 12, "valid_until": "2020-01-31"}).get_json()
    assert extended["valid_until"] > "2020-01-31"
    assert mine.send("DELETE", f"{path}/official").get_json()["official"] is False


def test_what_is_wrong_or_not_allowed_is_refused(program, answer):
    editor, stranger = program(factories.person(roles=["editor"])), program(factories.person())
    path = f"/items/{answer.public_id}"
    assert stranger.send("PUT", f"{path}/official").status_code == 403
    assert stranger.send("PUT", f"{path}/limits", json={}).status_code == 403
    assert stranger.post(f"{path}/checked").status_code == 409
    for wrong in ({"regions": ["Луна"]}, {"shop_formats": ["дворец"]}, {"valid_until": "завтра"}, {"who": 1}):
        assert editor.send("PUT", f"{path}/limits", json=wrong).status_code == 422
    keeper = factories.person()
    group = factories.group(visibility="secret", owner=keeper)
    hidden = factories.answer(factories.question(keeper, place=group), keeper)
    for method, act in (("GET", "trust"), ("PUT", "official"), ("DELETE", "official"), ("PUT", "limits")):
        body = {"json": {}} if act == "limits" else {}
        assert editor.send(method, f"/items/{hidden.public_id}/{act}", **body).status_code == 404


def test_an_article_tells_programs_how_far_to_trust_it(program):
    owner = factories.person()
    made = write(factories.actor(owner), WriteArticle(ArticleText("Возврат", "Без чека.")))
    mine = program(factories.person(roles=["editor"]))
    mine.send("PUT", f"/items/{made.public_id}/official")
    assert mine.get(f"/publications/{made.public_id}").get_json()["trust"]["official"] is True


def test_programs_confirm_articles_of_others(program, answer):
    owner = factories.person()
    made = write(factories.actor(owner), WriteArticle(ArticleText("Возврат", "Без чека.")))
    path = f"/items/{made.public_id}/confirmation"
    expert = program(factories.person())
    assert expert.send("PUT", path).status_code == 403
    assert expert.send("PUT", f"/items/{answer.public_id}/confirmation").status_code == 422
    assert expert.send("DELETE", path).get_json()["confirmed_by"] == []
    knows = factories.person()
    with unit_of_work():
        db.session.add(Balance(person_id=knows.id, account="reputation", points=levels()[4]))
    theirs = program(knows)
    refused = theirs.send("PUT", path, json={"revision": 2})
    assert (refused.status_code, refused.get_json()["field"]) == (409, "revision")
    confirmed = theirs.send("PUT", path, json={"revision": 1}).get_json()
    assert [each["handle"] for each in confirmed["confirmed_by"]] == [knows.handle]


def test_a_program_vouches_for_what_was_read_alone(program, answer):
    asker = db.session.get_one(ContentItem, answer.root_id)
    editor = program(factories.person(roles=["editor"]))
    mine = program(db.session.get_one(Person, asker.author_id))
    thread = mine.get(f"/publications/{asker.public_id}").get_json()
    assert (thread["revision"], thread["thread"][0]["revision"]) == (1, 1)
    edit(
        factories.actor(db.session.get_one(Person, answer.author_id)),
        answer.public_id,
        Edit("Тридцать дней", 1),
    )
    outbox.run_due()
    item, accept = f"/items/{answer.public_id}", f"/comments/{answer.public_id}/accept"
    stale, other = {"revision": 1}, {"revision": 2, "question_revision": 2}
    for body, field in ((stale, "revision"), (other, "question_revision")):
        for refused in (
            mine.post(accept, {"accepted": True, **body}),
            editor.send("PUT", f"{item}/official", json=body),
        ):
            assert refused.status_code == 409
            assert refused.mimetype == "application/problem+json"
            assert refused.get_json()["field"] == field
    now = mine.get(f"{item}/trust").get_json()
    read = {name: now[name] for name in ("revision", "question_revision")}
    assert read == {"revision": 2, "question_revision": 1}
    assert mine.post(accept, {"accepted": True, **read}).get_json()["accepted"] is True
    edit(
        factories.actor(db.session.get_one(Person, answer.author_id)), answer.public_id, Edit("Сорок дней", 2)
    )
    outbox.run_due()
    assert mine.post(f"{item}/checked", read).status_code == 409
    to_check = mine.get(f"{item}/trust").get_json()
    assert (to_check["state"], to_check["changes"]) == ("check", f"{item}/changes?from=2")
    looked = mine.post(f"{item}/checked", {"revision": 3, "question_revision": 1})
    assert looked.get_json()["state"] == "confirmed"
    assert mine.post(accept, {"accepted": False, **stale}).get_json()["accepted"] is False
    editor.send("PUT", f"{item}/limits", json={"valid_until": "2030-01-31"})
    longer = {"months": 12, "valid_until": "2030-01-31"}
    assert editor.post(f"{item}/extend", {**longer, **stale}).get_json()["field"] == "revision"
    assert editor.post(f"{item}/extend", {**longer, "revision": 3}).get_json()["valid_until"] == "2031-01-31"
    # What is left out is not compared, as before there was a way to say it.
    assert editor.send("PUT", f"{item}/official").status_code == 200
    assert editor.send("PUT", f"{item}/official", json={"revision": 0}).status_code == 422


def test_a_program_is_told_that_the_question_was_changed(program, answer):
    asked = db.session.get_one(ContentItem, answer.root_id)
    asker = db.session.get_one(Person, asked.author_id)
    mine = program(asker)
    mine.post(f"/comments/{answer.public_id}/accept", {"accepted": True})
    edit(factories.actor(asker), asked.public_id, Edit("Сколько дней на обмен? #возврат", 1))
    outbox.run_due()
    path = f"/items/{answer.public_id}"
    found = mine.get(f"{path}/trust").get_json()
    assert (found["state"], found["because"], found["changes"]) == (
        "check", f"/p/{asked.public_id}", f"{path}/changes?question=1",
    )  # fmt: skip
    assert (found["question_revision"], "check" in found["may"]) == (2, True)
    assert mine.post(f"{path}/checked", {"question_revision": 1}).get_json()["field"] == "question_revision"
    assert mine.post(f"{path}/checked", {"question_revision": 2}).get_json()["state"] == "confirmed"


def test_who_read_it_by_a_program_is_told_when_it_changes(program, answer):
    editor, reader = factories.person(roles=["editor"]), factories.person()
    owned = write(factories.actor(editor), WriteArticle(ArticleText("Возврат", "Без чека.")))
    asked = db.session.get_one(ContentItem, answer.root_id)
    for each in (answer, owned):
        program(editor).send("PUT", f"/items/{each.public_id}/official")
    theirs = program(reader)
    theirs.get(f"/publications/{asked.public_id}")
    with counting() as statements:
        theirs.get(f"/publications/{asked.public_id}")
    assert len(statements) <= 10, statements
    theirs.get(f"/publications/{owned.public_id}")
    opened = db.session.query(ContentOpening).filter_by(person_id=reader.id)
    assert {each.content_id for each in opened} == {answer.id, db.session.query(Article).one().content_id}
    program(editor).send("PUT", f"/items/{answer.public_id}/limits", json={"valid_until": "2030-01-31"})
    outbox.run_due()
    told = db.session.query(Notification.reason).filter_by(person_id=reader.id)
    assert [reason for (reason,) in told] == ["recalled"]
