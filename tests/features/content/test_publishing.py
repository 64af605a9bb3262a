"""Publishing, commenting, editing, liking: what is stored, told and refused."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from app.content.events import (
    CommentAdded,
    ContentEdited,
    ContentLiked,
    ContentPublished,
    ContentUnliked,
    TopicsAdded,
)
from app.content.models import (
    ContentItem,
    ContentTopic,
    Draft,
    PersonMention,
    Reaction,
    Revision,
)
from app.content.schemas import AddComment, Edit, Place, Publish
from app.content.service import drafts
from app.content.service.changing import StaleEdit, add_topics, delete, edit, pin
from app.content.service.moderating import hide, restore
from app.content.service.publishing import comment, publish
from app.content.service.reactions import like
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.unit_of_work import unit_of_work
from app.people.models import LEFT
from app.topics.models import Topic
from tests.factories import content, groups, people


def count(model, *conditions) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def topics_of(item) -> set[str]:
    query = select(Topic.name).join(ContentTopic, ContentTopic.topic_id == Topic.id)
    return set(db.session.scalars(query.where(ContentTopic.content_id == item.id)))


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
