"""Publishing and commenting: what is stored, told and refused."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.content.events import (
    CommentAdded,
    ContentEdited,
    ContentLiked,
    ContentPublished,
    ContentUnliked,
    TopicsAdded,
)
from app.content.models import ContentItem, PersonMention
from app.content.schemas import AddComment, Edit, Place, Publish
from app.content.service.changing import add_topics, edit
from app.content.service.publishing import comment, publish
from app.content.service.reactions import like
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.people.models import LEFT
from tests.factories import content, groups, people
from tests.features.content.stored import count, topics_of


def test_the_same_key_publishes_once(database):
    anna = people.actor(people.person())
    first = publish(anna, Publish("news", "Пришла новая витрина"), key="tap-1")
    again = publish(anna, Publish("news", "Пришла новая витрина"), key="tap-1")
    other = publish(
        people.actor(people.person()), Publish("news", "Другой человек, тот же ключ"), key="tap-1"
    )
    assert first.public_id == again.public_id != other.public_id
    assert (first.fresh, again.fresh) == (True, False)
    assert count(ContentItem) == 2


def test_another_text_under_a_used_key_is_refused_and_not_swallowed(database):
    """An answer was lost on the way; the writer improved the text and sent it again."""
    anna = people.actor(people.person())
    made = publish(anna, Publish("news", "Витрина пришла"), key="tap-1")
    with pytest.raises(Invalid) as refused:
        publish(anna, Publish("news", "Витрина пришла и уже стоит"), key="tap-1")
    assert list(refused.value.errors) == ["body"]
    with pytest.raises(Invalid):
        publish(anna, Publish("news", "Витрина пришла", title="Витрина"), key="tap-1")
    assert not publish(anna, Publish("news", " Витрина пришла\r\n"), key="tap-1").fresh
    first = comment(anna, made.public_id, AddComment("Где её собрать?"), key="tap-2")
    with pytest.raises(Invalid):
        comment(anna, made.public_id, AddComment("Где её собирать?"), key="tap-2")
    assert comment(anna, made.public_id, AddComment("Где её собрать?"), key="tap-2") == replace(
        first, fresh=False
    )
    assert count(ContentItem) == 2


def test_a_retry_is_known_though_its_post_was_changed_since(database):
    anna = people.actor(people.person())
    made = publish(anna, Publish("news", "Витрина пришла"), key="tap-1")
    edit(anna, made.public_id, Edit("Витрина пришла, собираем", 1))
    assert publish(anna, Publish("news", "Витрина пришла"), key="tap-1").public_id == made.public_id


def test_a_refused_post_leaves_its_key_free(database):
    anna = people.actor(people.person())
    with pytest.raises(Invalid):
        publish(anna, Publish("news", " \u200b "), key="tap-1")
    assert publish(anna, Publish("news", "Теперь с текстом"), key="tap-1").fresh


def test_topics_are_one_however_they_are_spelled(database):
    item = content.publication(body="#Акции и #акции, #ёлка и #Елка, но не код `#нет` и не #123")
    assert topics_of(item) == {"акции", "елка"}


def test_mentions_reach_who_may_see_and_tell_the_writer_of_the_rest(database):
    owner = people.person("Ольга Хозяйкина")
    inside, outside = people.person("Инна Внутри"), people.person("Олег Снаружи")
    secret = groups.group(visibility="secret", owner=owner, members=[inside])
    text = f"@{inside.handle} и @{outside.handle}, посмотрите; @{secret.handle}"
    made = publish(people.actor(owner), Publish("news", text, Place("group", secret.handle)))
    item = content.written(made.public_id)
    assert made.unreached == ("Олег Снаружи",)
    assert set(db.session.scalars(select(PersonMention.person_id))) == {inside.id}
    assert "Инна Внутри" in item.body_html


def test_the_writer_hears_that_a_mentioned_colleague_has_left(database):
    anna, oleg = people.person(), people.person("Олег Ушедший", state=LEFT)
    made = publish(people.actor(anna), Publish("news", f"Спросите @{oleg.handle}"))
    assert made.unreached == ("Олег Ушедший",)
    assert count(PersonMention) == 0


def test_a_secret_group_can_not_be_found_out_by_mentioning_it(database):
    secret = groups.group("Тайный совет", visibility="secret", owner=people.person())
    made = publish(people.actor(people.person()), Publish("news", f"Привет, @{secret.handle} и @нет-такого"))
    html = content.written(made.public_id).body_html
    assert "Тайный совет" not in html
    assert "<a" not in html


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("", "body"),
        ("   \n\t", "body"),
        ("\u200b\u2060\ufeff", "body"),
        ("я" * 10_001, "body"),
        ("\u2800", "body"),
    ],
)
def test_a_text_without_anything_to_read_or_too_long_is_refused(database, body, field):
    with pytest.raises(Invalid) as refused:
        publish(people.actor(people.person()), Publish("news", body))
    assert field in refused.value.errors
    assert count(ContentItem) == 0


@pytest.mark.parametrize(
    "body", ["\ud83d пол-эмодзи", "нуль \x00 внутри", "\u202eсправа налево", "\x1eликед:1\x1e", "á" * 3]
)
def test_broken_and_tricky_texts_are_stored_readable(client, body):
    anna = people.person()
    item = publish(people.actor(anna), Publish("news", body))
    stored = content.written(item.public_id)
    assert not set("\x00\x1e\u202e") & set(stored.body_html + stored.excerpt)
    assert client.sign_in(anna).get("/").status_code == 200


@pytest.mark.parametrize("key", ["нет-такой", "", "../..", "x" * 500])
@pytest.mark.parametrize("kind", ["group", "person", "shop", "department", "moon"])
def test_a_place_there_is_none_of_is_refused_by_name(database, kind, key):
    with pytest.raises(Invalid) as refused:
        publish(people.actor(people.person()), Publish("news", "Куда?", Place(kind, key)))
    assert "place" in refused.value.errors


def test_only_moderators_publish_where_they_alone_may(database):
    owner, member = people.person(), people.person()
    news = groups.group("Новости компании", owner=owner, members=[member], who_posts="moderators")
    place = Place("group", news.handle)
    assert publish(people.actor(owner), Publish("news", "Читайте", place)).fresh
    with pytest.raises(Forbidden):
        publish(people.actor(member), Publish("news", "И я", place))


def test_a_thread_counts_its_comments_and_answers(database):
    asked = content.question()
    content.answer(asked)
    first = content.comment(asked)
    content.comment(asked, to=first)
    db.session.refresh(asked)
    assert (asked.comments_count, asked.answers_count) == (3, 1)
    assert asked.activity_at >= asked.published_at
    assert asked.version == 4


def test_a_reply_stays_within_its_thread(database):
    one, two = content.publication(), content.publication()
    stranger = content.comment(two)
    for parent in (stranger.public_id, one.public_id, "нет"):
        with pytest.raises(Invalid) as refused:
            comment(people.actor(people.person()), one.public_id, AddComment("Не туда", parent))
        assert "parent" in refused.value.errors


def test_what_happened_is_told_once_per_act(database, listened):
    anna, boris = people.person(), people.person(roles=["manager"])
    item = content.publication(anna, "О чём-то")
    reply = content.comment(item, boris)
    content.like(item, boris)
    like(people.actor(boris), item.public_id, on=False)
    edit(people.actor(anna), item.public_id, Edit(f"О чём-то, @{boris.handle}", 1))
    add_topics(people.actor(boris), item.public_id, "дмс")
    by_type = {type(event): event for event in listened}
    assert by_type[ContentPublished].content_id == item.id
    assert by_type[CommentAdded].content_id == reply.id
    assert by_type[ContentLiked].author_id == anna.id
    assert by_type[ContentUnliked].person_id == boris.id
    assert by_type[ContentEdited].new_person_ids == (boris.id,)
    assert by_type[TopicsAdded].actor_id == boris.id


def test_a_refused_post_comes_back_with_its_text(client):
    client.sign_in(people.person())
    answer = client.post(
        "/publications", data={"kind": "question", "body": "Текст цел", "place": "group:нет"}
    )
    assert answer.status_code == 422
    assert "Текст цел" in answer.text
    problem = client.post(
        "/publications", data={"body": "Текст", "place": "group:нет"}, headers={"Accept": "application/json"}
    )
    assert problem.mimetype == "application/problem+json"
    assert problem.json["errors"][0]["field"] == "place"
