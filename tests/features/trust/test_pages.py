"""What is seen of trust on cards and on pages of its own, and at what cost."""

from io import BytesIO

import pytest
from sqlalchemy import select

from app.content.schemas import AddComment
from app.content.service.publishing import comment
from app.core import outbox
from app.core.db import db
from app.files.service import upload
from app.questions.service import accept
from app.topics.models import Topic
from app.trust.service import make_official
from tests import factories
from tests.factories import content, people
from tests.features.trust.conftest import until
from tests.support.statements import counting


def test_cards_say_official_and_confirmed_and_offer_no_acceptance_there(client, official):
    path = f"/p/{official.asked.public_id}"
    client.sign_in(official.asker)
    client.get(path)
    page = client.get(path).text
    for text in (page, client.get("/").text):
        assert "answer--official" in text
        assert "Официальный ответ" in text
        assert "Елена Редактор" in text
        assert "/accept" not in text
    other = content.question(official.asker)
    reply = content.answer(other, official.expert)
    accept(people.actor(official.asker), reply.public_id, on=True)
    assert "Принятый ответ" in client.get(f"/p/{other.public_id}").text
    assert "is-beyond" not in client.get(f"/p/{other.public_id}").text
    menu = client.get(f"/items/{reply.public_id}/menu").text
    assert f"/items/{reply.public_id}/trust" in menu


def test_pages_keep_their_budget_at_the_worst_of_times(client, official):
    """A moderator opens for the first time what has files, topics of the priority and an official answer."""
    sent = upload(people.actor(official.expert), BytesIO(b"%PDF-1.7\n%%EOF\n"), "правила.pdf")
    content.written(
        comment(
            people.actor(official.expert),
            official.asked.public_id,
            AddComment("Вот правила", file_ids=(sent.id,)),
        ).public_id
    )
    factories.priority(db.session.scalars(select(Topic).where(Topic.name == "возврат")).one())
    client.sign_in(people.person(roles=["moderator"]))
    for path in ("/topics/возврат", f"/p/{official.asked.public_id}", "/"):
        client.application.extensions["shopfloor_cards"].clear()
        with counting() as statements:
            assert "answer--official" in client.get(path).text
        assert len(statements) <= 12, (path, statements)


@pytest.mark.slow
def test_a_page_of_cards_costs_one_statement_more_however_many_have_states(client, thread):
    reader = people.person()
    for _ in range(12):
        asked = content.question(thread.asker)
        answer = content.answer(asked, thread.expert)
        make_official(people.actor(thread.editor), answer.public_id, on=True)
        until(thread, "2026-05-20", answer)
    outbox.run_due()
    client.sign_in(reader)
    with counting() as statements:
        client.get("/")
    assert len(statements) <= 12
    with counting() as again:
        client.get("/")
    assert len([one for one in again if "content_trust" in one]) == 0


@pytest.mark.parametrize("who", ["reader", "author", "editor"])
def test_the_page_says_everything_within_its_budget(client, official, who):
    until(official, "2026-04-20", shop_formats=frozenset({"flagship"}))
    me = {"reader": people.person(), "author": official.expert, "editor": official.editor}[who]
    client.sign_in(me)
    path = f"/items/{official.right.public_id}/trust"
    with counting() as statements:
        page = client.get(path).text
    assert len(statements) <= 12
    assert "Пётр Знающий" in page
    assert "флагманские салоны" in page
    assert "20 апреля" in page
    assert ("/extend" in page, "/limits" in page, 'value="0"' in page) == ((who == "editor"),) * 3


def test_what_is_typed_wrong_is_said_beside_the_field_and_kept(client, official):
    path = f"/items/{official.right.public_id}/limits"
    client.sign_in(official.editor)
    wrong = {"valid_from": "2026-05-09", "valid_until": "2026-05-01", "formats": "island", "owner": "@никто"}
    page = client.post(path, data=wrong)
    assert page.status_code == 422
    assert "Последний день раньше первого" in page.text
    assert 'value="2026-05-09"' in page.text
    assert 'value="island" checked' in page.text
    for field, value in (
        ("valid_until", "вчера"),
        ("regions", "x"),
        ("formats", "дворец"),
        ("owner", "@никто"),
    ):
        assert client.post(path, data={field: value}).status_code == 422
    right = {
        "valid_until": "2026-06-01",
        "formats": ["island", "office"],
        "owner": f"@{official.expert.handle}",
    }
    assert client.post(path, data=right).status_code == 303
    page = client.get(f"/items/{official.right.public_id}/trust").text
    assert 'value="2026-06-01"' in page
    assert official.expert.handle in page


def test_the_editors_list(client, official):
    assert client.sign_in(people.person(roles=["moderator"])).get("/desk/trust").status_code == 403
    client.sign_in(official.editor)
    until(official, "2026-05-20")
    with counting() as statements:
        page = client.get("/desk/trust").text
    assert len(statements) <= 12
    assert "Закончится в ближайшие тридцать дней" in page
    assert "Сколько дней на возврат?" in page
    assert client.post("/desk/trust", data={"confirmations": "0"}).status_code == 422
    assert client.post("/desk/trust", data={"confirmations": "3"}).status_code == 303
    assert 'value="3"' in client.get("/desk/trust").text
