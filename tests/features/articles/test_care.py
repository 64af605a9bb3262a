"""Dates and reminders; handing over, taking over, passing on."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.articles.models import Handover, Reader, Reminder
from app.articles.queries import care, knowledge, more
from app.articles.service import confirm, leave_with_owner, pass_on, remind, saw, take_over
from app.content.queries.cards import publication_page
from app.content.service.changing import delete
from app.core import clock, outbox
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.notifications.models import Notification
from app.people.events import PersonChanged
from app.people.schemas import Workplace
from app.people.service import erase_person, mark_left, move_person
from app.trust.schemas import Seen
from tests import factories
from tests.factories import content, people
from tests.support.outbox import deliver_twice


def told(person):
    outbox.run_due()
    mine = (Notification.person_id == person.id, Notification.reason.like("article%"))
    return list(db.session.scalars(select(Notification.reason).where(*mine).order_by(Notification.id)))


def shown(item):
    """What the article's page says below its title."""
    return publication_page(people.actor(people.person()), item.public_id)[0].details


def handed(person):
    db.session.expire_all()
    return [line.article.title for line in care(people.actor(person)).handed]


def test_the_owner_is_reminded_once_of_each_date(article, row, frozen_clock):
    owner = people.person()
    day = clock.today() + timedelta(days=30)
    item = article(owner, review_by=day)
    assert remind() == 0
    clock.advance(24 * clock.DAY)
    assert (remind(), remind()) == (1, 0)
    assert told(owner) == ["article_soon"]
    assert not shown(item).overdue
    clock.advance(6 * clock.DAY)
    assert remind() == 0, "its last day is not over"
    before = content.written(item.public_id).version
    clock.advance(clock.DAY)
    assert (remind(), remind()) == (1, 0)
    assert told(owner) == ["article_soon", "article_due"]
    db.session.expire_all()
    assert content.written(item.public_id).version > before, "cards say so from now on"
    assert shown(item).overdue
    assert [line.overdue for line in care(people.actor(owner)).due] == [True]
    assert [line.overdue for line in knowledge(people.actor(people.person())).expiring] == [True]

    confirm(people.actor(owner), item.public_id, clock.today() + timedelta(days=3))
    assert row(item).reviewed_by == owner.id
    assert (remind(), remind()) == (1, 0), "another date, another reminder"
    assert db.session.scalar(select(func.count()).select_from(Reminder)) == 3


def test_only_who_may_change_it_says_that_it_is_true(article):
    owner, editor, stranger = people.person(), people.person(roles=["editor"]), people.person()
    item = article(owner)
    with pytest.raises(Forbidden):
        confirm(people.actor(stranger), item.public_id, None)
    with pytest.raises(Invalid) as error:
        confirm(people.actor(owner), item.public_id, clock.today() - timedelta(days=1))
    assert list(error.value.errors) == ["review"]
    with pytest.raises(Conflict):
        confirm(people.actor(owner), item.public_id, None, seen=Seen(2))
    confirm(people.actor(editor), item.public_id, None, seen=Seen(1))


def test_what_somebody_leaves_is_their_managers_at_once(article, row):
    above = people.person()
    manager = people.person(manager=above)
    owner = people.person(manager=manager)
    item, other = article(owner, "Первая"), article(owner, "Вторая")
    gone = article(owner, "Удалённая")
    delete(people.actor(owner), gone.public_id)
    mark_left(owner.id, on=clock.today())
    assert told(manager) == ["articles_handed"]
    assert sorted(handed(manager)) == ["Вторая", "Первая"]
    assert (row(item).owner_id, row(other).owner_id) == (manager.id, manager.id)
    take_over(people.actor(manager), item.public_id)
    assert handed(manager) == ["Вторая"]
    # Whoever leaves with it undecided leaves it to the next one.
    mark_left(manager.id, on=clock.today())
    outbox.run_due()
    assert sorted(handed(above)) == ["Вторая", "Первая"]


def test_who_moves_keeps_it_until_the_manager_decides(article, row):
    old, new = people.person(), people.person()
    from_shop, to_shop = people.shop(manager=old), people.shop(manager=new)
    owner, successor = people.person(shop=from_shop), people.person("Илья Рогов")
    items = [article(owner, title) for title in ("Первая", "Вторая", "Третья")]
    move_person(owner.id, Workplace(owner.position_id, to_shop.id, None))
    outbox.run_due()
    assert sorted(handed(old)) == ["Вторая", "Первая", "Третья"]
    assert handed(new) == []
    assert row(items[0]).owner_id == owner.id
    actor = people.actor(old)
    leave_with_owner(actor, items[0].public_id)
    take_over(actor, items[1].public_id)
    pass_on(actor, items[2].public_id, f"@{successor.handle}")
    assert [row(item).owner_id for item in items] == [owner.id, old.id, successor.id]
    assert handed(old) == []
    assert told(successor) == ["article_passed"]
    with pytest.raises(Conflict):
        leave_with_owner(people.actor(people.person(roles=["editor"])), items[0].public_id)


def test_without_a_manager_the_editors_decide(article):
    owner, editor = people.person(), people.person(roles=["editor"])
    article(owner)
    erase_person(owner.id, by=None)
    assert told(editor) == ["articles_handed"]
    assert handed(editor) == ["Возврат без чека"]
    assert handed(people.person()) == []


def test_what_a_group_reads_goes_to_its_keeper_and_no_manager_learns_of_it(article, row):
    manager, keeper, editor = people.person(), people.person(), people.person(roles=["editor"])
    group = factories.group(visibility="secret", owner=keeper)
    owner = people.person(manager=manager)
    factories.join(group, owner)
    item = article(owner, "Секрет", place=group)
    mark_left(owner.id, on=clock.today())
    outbox.run_due()
    assert (handed(manager), handed(editor), handed(keeper)) == ([], [], ["Секрет"])
    assert row(item).owner_id == keeper.id
    assert told(manager) == []
    with pytest.raises(Invalid) as error:
        pass_on(people.actor(keeper), item.public_id, f"@{manager.handle}")
    assert list(error.value.errors) == ["to"]
    with pytest.raises(NotFound):
        take_over(people.actor(manager), item.public_id)


def test_who_passes_it_on(article, row):
    owner, other, editor = people.person(), people.person(), people.person(roles=["editor"])
    item = article(owner)
    for wrong in ("@nobody", "", f"@{people.person(state='left').handle}"):
        with pytest.raises(Invalid):
            pass_on(people.actor(owner), item.public_id, wrong)
    with pytest.raises(Forbidden):
        take_over(people.actor(other), item.public_id)
    pass_on(people.actor(owner), item.public_id, other.handle)
    with pytest.raises(Forbidden):
        pass_on(people.actor(owner), item.public_id, owner.handle)
    take_over(people.actor(editor), item.public_id)
    assert row(item).owner_id == editor.id


def test_listeners_twice(article):
    manager, reader = people.person(), people.person(roles=["editor"])
    shop = people.shop(manager=manager)
    owner = people.person(shop=shop, manager=manager)
    item = article(owner)
    saw(people.actor(reader), item.id, more(people.actor(reader), item.id))
    confirm(people.actor(owner), item.public_id, clock.today() + timedelta(days=2))
    remind()
    deliver_twice("articles.hint_reviewed")
    deliver_twice("notifications.on_article_due")
    move_person(owner.id, Workplace(None, people.shop().id, None))
    deliver_twice("articles.hand_over_moved")
    deliver_twice("notifications.on_articles_handed")
    pass_on(people.actor(manager), item.public_id, reader.handle)
    deliver_twice("articles.hint_passed")
    deliver_twice("notifications.on_article_passed")
    with unit_of_work():
        emit(PersonChanged(reader.id))
    deliver_twice("articles.refresh_person", counting_up="content_items.version")
    mark_left(reader.id, on=clock.today())
    deliver_twice("articles.hand_over_left")
    assert db.session.scalar(select(func.count()).select_from(Handover)) == 2
    erase_person(reader.id, by=None)
    deliver_twice("articles.forget_person")
    assert db.session.scalar(select(func.count()).select_from(Reader)) == 0
