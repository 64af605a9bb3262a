"""What is done with what was published: liked, edited, deleted, hidden, given topics, pinned."""

import pytest
from sqlalchemy import select

from app.content.models import ContentTopic, Reaction, Revision
from app.content.schemas import AddComment, Edit
from app.content.service.changing import StaleEdit, add_topics, delete, edit, pin
from app.content.service.moderating import hide, restore
from app.content.service.publishing import comment
from app.content.service.reactions import like
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.unit_of_work import unit_of_work
from tests.factories import content, people
from tests.features.content.stored import count, topics_of


def test_liking_twice_counts_once_and_unliking_takes_it_back(database):
    item, boris = content.publication(), people.person("Борис Лайков")
    actor = people.actor(boris)
    for _ in range(3):
        like(actor, item.public_id, on=True)
    db.session.refresh(item)
    assert (item.likes_count, item.last_liker_id, count(Reaction)) == (1, boris.id, 1)
    for _ in range(2):
        like(actor, item.public_id, on=False)
    db.session.refresh(item)
    assert (item.likes_count, item.last_liker_id, count(Reaction)) == (0, None, 0)


def test_an_edit_keeps_what_was_there(database):
    anna = people.person()
    item = content.publication(anna, "Первый текст #акции")
    edit(people.actor(anna), item.public_id, Edit("Второй текст #возврат", 1))
    edit(people.actor(anna), item.public_id, Edit("Третий текст #возврат", 2))
    texts = db.session.scalars(select(Revision.body_source).order_by(Revision.number)).all()
    assert texts == ["Первый текст #акции", "Второй текст #возврат", "Третий текст #возврат"]
    assert topics_of(item) == {"возврат"}


def test_an_edit_that_is_sent_twice_is_made_once(client):
    anna = people.person()
    item = content.publication(anna, title="Заголовок")
    client.sign_in(anna)
    for _attempt in range(2):
        form = {"version": "1", "title": "Заголовок", "body": "Исправлено\r\nдважды"}
        assert client.post(f"/items/{item.public_id}/edit", data=form).status_code == 303
    assert content.written(item.public_id).revision == 2


def test_a_stale_edit_loses_nobodys_text(client):
    anna = people.person()
    item = content.publication(anna, "Начало")
    client.sign_in(anna)
    assert (
        client.post(f"/items/{item.public_id}/edit", data={"body": "С телефона", "version": "1"}).status_code
        == 303
    )
    answer = client.post(f"/items/{item.public_id}/edit", data={"body": "С планшета", "version": "1"})
    assert answer.status_code == 409
    assert "С телефона" in answer.text
    assert "С планшета" in answer.text
    with pytest.raises(StaleEdit):
        edit(people.actor(anna), item.public_id, Edit("Ещё раз", 1))


def test_only_the_author_edits_and_deletes(database):
    item = content.publication()
    for role in ((), ("editor",), ("moderator",), ("administrator",)):
        stranger = people.actor(people.person(roles=role))
        with pytest.raises(Forbidden):
            edit(stranger, item.public_id, Edit("Чужое", 1))
        with pytest.raises(Forbidden):
            delete(stranger, item.public_id)


def test_a_deleted_comment_leaves_the_count_and_the_page(client):
    anna = people.person()
    item = content.publication()
    gone = content.comment(item, anna, "Скажу лишнее")
    client.sign_in(anna)
    assert client.post(f"/items/{gone.public_id}/delete").status_code == 303
    db.session.refresh(item)
    assert item.comments_count == 0
    assert "Скажу лишнее" not in client.get(f"/p/{item.public_id}").text
    assert client.get(f"/items/{gone.public_id}/comment").status_code == 404


def test_hiding_and_restoring_is_the_identity(database):
    asked = content.question()
    reply = content.answer(asked)
    db.session.refresh(asked)
    before = (asked.comments_count, asked.answers_count, asked.usefulness, reply.state)
    moderator = people.person(roles=["moderator"])
    with unit_of_work():
        assert hide(reply, asked, moderator.id)
        assert not hide(reply, asked, moderator.id)
    assert (asked.comments_count, asked.answers_count) == (0, 0)
    with unit_of_work():
        assert restore(reply, asked, moderator.id)
        assert not restore(reply, asked, moderator.id)
    assert (asked.comments_count, asked.answers_count, asked.usefulness, reply.state) == before


def test_nobody_comments_on_or_likes_what_is_hidden(database):
    anna = people.person()
    item = content.publication(anna)
    with unit_of_work():
        hide(item, item, people.person(roles=["moderator"]).id)
    with pytest.raises(Conflict):
        comment(people.actor(anna), item.public_id, AddComment("Но я же вижу"))
    with pytest.raises(NotFound):
        comment(people.actor(people.person()), item.public_id, AddComment("А я нет"))
    with pytest.raises(Conflict):
        like(people.actor(anna), item.public_id, on=True)


def test_added_topics_show_in_the_thread(client):
    anna, manager = people.person(), people.person("Максим Дорохов", roles=["manager"])
    item = content.publication(anna)
    assert add_topics(people.actor(manager), item.public_id, "#дмс, вопрос-ответ") == 2
    assert add_topics(people.actor(manager), item.public_id, "дмс") == 0
    assert count(ContentTopic, ContentTopic.origin == "added") == 2
    page = client.sign_in(anna).get(f"/p/{item.public_id}").text
    assert "Максим Дорохов" in page
    assert "вопрос-ответ" in page


@pytest.mark.parametrize("written", ["", "#", "два слова!", "#123", "a" * 200])
def test_what_is_no_topic_is_refused(database, written):
    anna = people.person()
    item = content.publication(anna)
    with pytest.raises(Invalid) as refused:
        add_topics(people.actor(anna), item.public_id, written)
    assert "topics" in refused.value.errors


def test_pins_belong_to_who_keeps_the_place(client):
    editor, anna = people.person(roles=["editor"]), people.person()
    old = content.publication(anna, "Закреплённое объявление")
    content.publication(anna, "Более свежее")
    with pytest.raises(Forbidden):
        pin(people.actor(anna), old.public_id, on=True)
    pin(people.actor(editor), old.public_id, on=True)
    text = client.sign_in(anna).get("/").text
    assert text.index("Закреплённое объявление") < text.index("Более свежее")
    assert text.count("Закреплённое объявление") == 1


def test_a_manager_pins_in_the_shops_below_them(database):
    head = people.person(roles=["manager"])
    shop, elsewhere = people.shop(manager=people.person(manager=head)), people.shop()
    below, other = content.publication(place=shop), content.publication(place=elsewhere)
    pin(people.actor(head), below.public_id, on=True)
    with pytest.raises(Forbidden):
        pin(people.actor(head), other.public_id, on=True)
    with pytest.raises(Forbidden):
        pin(people.actor(people.person(shop=shop)), below.public_id, on=False)
