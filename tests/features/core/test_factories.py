"""The tests' own tools do what they promise."""

from app.core.actor import EDITOR
from app.core.db import db
from app.people.models import Handle
from tests import factories
from tests.support.statements import counting


def test_a_person_is_somebody_who_can_act(database):
    shop = factories.shop(region=factories.region())
    group = factories.group()
    person = factories.person("Лиана Гареева", shop=shop, roles=[EDITOR], password="четыре синих кита")
    factories.join(group, person, role="moderator")

    actor = factories.actor(person)

    assert (actor.name, actor.shop_id, actor.region_id) == ("Лиана Гареева", shop.id, shop.region_id)
    assert actor.is_editor
    assert actor.group_ids == (group.id,)
    assert actor.moderated_group_ids == {group.id}
    assert db.session.get(Handle, person.handle).person_id == person.id


def test_a_group_counts_its_members(database):
    group = factories.group(owner=factories.person(), members=[factories.person(), factories.person()])

    assert group.members_count == 3


def test_a_thread_grows(database):
    group = factories.group(owner=(owner := factories.person()))
    question = factories.question(owner, place=group)
    answer = factories.answer(question, factories.person())
    factories.comment(question, to=answer)
    factories.like(answer)

    assert (question.group_id, question.comments_count, question.answers_count) == (group.id, 2, 1)
    assert answer.likes_count == 1


def test_only_statements_that_ask_or_change_are_counted(database):
    with counting() as statements:
        factories.region()
        db.session.rollback()

    assert [statement.split()[0] for statement in statements] == ["INSERT"]


def test_a_signed_in_client_is_that_person(client):
    person = factories.person("Лиана Гареева")

    assert client.get("/people").status_code in (303, 401)
    assert client.sign_in(person).get("/people").status_code == 200
