"""Who is told of what, once each, and never of what they may not see."""

import pytest
from sqlalchemy import select

from app.content.schemas import Edit, Place, Publish
from app.content.service.changing import delete, edit
from app.content.service.moderating import hide
from app.content.service.publishing import publish
from app.content.service.reactions import like
from app.core import outbox
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.groups import service as groups_service
from app.moderation.service import report
from app.notifications import queries
from app.notifications.models import Notification
from app.people import service as people_service
from app.questions.service import accept
from tests.factories import content, groups, people


def told(person) -> list[str]:
    """The reasons a person was told, after everything was delivered."""
    outbox.run_due()
    query = select(Notification.reason).where(Notification.person_id == person.id).order_by(Notification.id)
    return list(db.session.scalars(query))


def test_one_event_tells_a_person_the_strongest_reason_once(database):
    asker, answerer = people.person(), people.person()
    asked = content.question(asker)
    content.answer(asked, answerer, f"@{asker.handle}, да")
    assert told(asker) == ["mentioned"]
    assert told(answerer) == []


def test_a_thread_tells_each_their_own_reason(database):
    author, first, second, third = (people.person() for _ in range(4))
    item = content.publication(author)
    one = content.comment(item, first)
    outbox.run_due()
    content.comment(item, second, to=one)
    outbox.run_due()
    content.comment(item, third)
    assert told(author) == ["commented"] * 3
    assert told(first) == ["replied", "also_commented"]
    assert told(second) == ["also_commented"]
    assert told(third) == []


def test_who_decides_is_told_of_a_report_but_not_who_wrote_or_reported_it(database):
    company, keeper = people.person(roles=["moderator"]), people.person()
    author, reporter = people.person(roles=["moderator"]), people.person()
    group = groups.group(visibility="closed", owner=keeper, members=[author, reporter])
    item = content.publication(author, place=group)
    assert report(people.actor(reporter), item.public_id, "rude")
    assert told(company) == told(keeper) == ["reported"]
    assert told(author) == told(reporter) == []
    [line] = queries.page(people.actor(company)).lines
    assert (line.reason, line.person, line.quote, line.group) == ("reported", None, "", "")


def test_nobody_is_told_of_their_own_acts(database):
    anna = people.person()
    item = content.publication(anna, "Сама себе")
    content.comment(item, anna)
    content.like(item, anna)
    assert told(anna) == []


@pytest.mark.parametrize("visibility", ["closed", "secret"])
def test_charlie_outside_the_group_is_told_nothing(database, visibility):
    owner, inside, charlie = people.person(), people.person(), people.person("Чарли Чужой")
    group = groups.group(visibility=visibility, owner=owner, members=[inside])
    both = groups.group("Обе", members=[inside, charlie])
    text = f"@{charlie.handle} @{inside.handle} @{both.handle}"
    made = publish(people.actor(owner), Publish("news", text, Place("group", group.handle)))
    item = content.written(made.public_id)
    content.comment(item, inside, text)
    edit(people.actor(owner), item.public_id, Edit(text + " ещё", 1))
    assert told(charlie) == []
    assert "mentioned" in told(inside)


def test_who_leaves_the_group_loses_what_they_were_told(database):
    owner, member = people.person(), people.person()
    group = groups.group(visibility="secret", owner=owner, members=[member])
    publish(people.actor(owner), Publish("news", f"@{member.handle}", Place("group", group.handle)))
    outbox.run_due()
    assert queries.unread(people.actor(member)).mentions == 1
    groups_service.leave(people.actor(member), group.handle)
    assert queries.unread(people.actor(member)).notifications == 0
    assert queries.page(people.actor(member)).lines == ()


def test_a_leaver_is_told_nothing(database):
    leaver = people.person(state="left")
    content.publication(people.person(), f"Привет, @{leaver.handle}")
    assert told(leaver) == []


def test_a_new_mention_in_an_edit_is_told_and_an_old_one_not_again(database):
    anna, boris, vera = people.person(), people.person(), people.person()
    item = content.publication(anna, f"@{boris.handle}")
    outbox.run_due()
    edit(people.actor(anna), item.public_id, Edit(f"@{boris.handle} и @{vera.handle}", 1))
    assert told(boris) == ["mentioned"]
    assert told(vera) == ["mentioned"]


def test_members_of_a_mentioned_group_are_told(database):
    member, stranger = people.person(), people.person()
    group = groups.group("Касса", members=[member])
    content.publication(people.person(), f"Вопрос к @{group.handle}")
    assert told(member) == ["group_mentioned"]
    assert told(stranger) == []


def test_likes_are_one_line_and_taken_back_while_unread(database):
    author = people.person()
    item = content.publication(author)
    fans = [people.person(f"Поклонник {n}") for n in range(5)]
    for fan in fans:
        content.like(item, fan)
    outbox.run_due()
    (line,) = queries.page(people.actor(author)).lines
    assert (line.reason, line.people, line.person.name, line.unread) == ("liked", 5, "Поклонник 4", True)
    assert queries.unread(people.actor(author)).notifications == 1
    for fan in fans:
        like(people.actor(fan), item.public_id, on=False)
    outbox.run_due()
    assert queries.page(people.actor(author)).lines == ()


def test_acceptance_hiding_following_and_groups_are_told(database):
    asker, answerer, moderator = people.person(), people.person(), people.person(roles=["moderator"])
    asked = content.question(asker)
    reply = content.answer(asked, answerer)
    accept(people.actor(asker), reply.public_id, on=True)
    outbox.run_due()
    with unit_of_work():
        hide(reply, asked, moderator.id)
    people_service.follow(people.actor(asker), answerer.handle)
    closed = groups.group("Закрытая", visibility="closed", owner=answerer)
    groups_service.join(people.actor(asker), closed.handle)
    assert told(answerer) == ["accepted", "level", "hidden", "followed", "requested"]
    groups_service.answer_request(people.actor(answerer), closed.handle, asker.handle, approve=True)
    assert told(asker)[-1] == "let_in"


def test_what_is_hidden_or_deleted_is_withdrawn(database):
    author, reader = people.person(), people.person()
    item = content.publication(author, f"@{reader.handle}")
    outbox.run_due()
    assert queries.unread(people.actor(reader)).mentions == 1
    delete(people.actor(author), item.public_id)
    assert queries.unread(people.actor(reader)).mentions == 0


def test_opening_leads_to_the_place_and_reads_the_line(client):
    author, fan = people.person(), people.person()
    item = content.publication(author)
    reply = content.comment(item, fan)
    outbox.run_due()
    client.sign_in(author)
    (line,) = queries.page(people.actor(author)).lines
    answer = client.get(f"/notifications/{line.id}/open")
    assert answer.location == f"/p/{item.public_id}#c-{reply.public_id}"
    assert queries.unread(people.actor(author)).notifications == 0
    assert client.sign_in(fan).get(f"/notifications/{line.id}/open").status_code == 404


def test_opening_the_publication_reads_what_was_told_of_it(client):
    author = people.person()
    item = content.publication(author)
    content.comment(item)
    outbox.run_due()
    client.sign_in(author)
    assert 'data-unread="notifications">1<' in client.get("/").text
    client.get(f"/p/{item.public_id}")
    assert 'data-unread="notifications"><' in client.get("/").text


def test_the_pages_speak_both_languages(client):
    author, fan = people.person(), people.person("Олеся Яшина")
    content.like(content.publication(author, "Про витрину"), fan)
    outbox.run_due()
    client.sign_in(author)
    for path in ("/notifications", "/notifications?show=unread", "/notifications/menu"):
        page = client.get(path).text
        assert "Олеся Яшина" in page
        assert "Про витрину" in page
    assert client.post("/notifications/read").status_code == 303
    assert "Олеся Яшина" not in client.get("/notifications?show=unread").text
