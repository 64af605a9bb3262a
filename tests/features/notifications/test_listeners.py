"""Every listener may run twice: the second time changes nothing."""

import pytest

from app.content.schemas import Edit
from app.content.service.changing import add_topics, delete, edit, pin
from app.content.service.moderating import hide, restore
from app.content.service.reactions import like
from app.core.unit_of_work import unit_of_work
from app.groups import service as groups_service
from app.mentions.service import look_through
from app.moderation.service import report
from app.people import service as people_service
from app.people.schemas import Workplace
from app.questions.service import accept
from app.topics.schemas import TopicDetails
from app.topics.service import change_topic
from tests.factories import content, groups, people
from tests.support.outbox import deliver_twice


@pytest.fixture
def busy_day(database):
    """Everything that content, groups and people can do to each other has happened, and nothing is delivered yet."""
    anna, boris, moderator = people.person("Анна"), people.person("Борис"), people.person(roles=["moderator"])
    editor = people.person(roles=["editor"])
    item = content.publication(anna, f"Про #дмс, @{boris.handle}")
    spoken = content.comment(item, boris)
    add_topics(people.actor(anna), item.public_id, "возврат")
    edit(people.actor(anna), item.public_id, Edit(f"Про #дмс, @{boris.handle} и @{moderator.handle}", 1))
    content.like(spoken, anna)
    like(people.actor(anna), spoken.public_id, on=False)
    asked = content.question(anna)
    reply = content.answer(asked, boris)
    accept(people.actor(anna), reply.public_id, on=True)
    accept(people.actor(anna), reply.public_id, on=False)
    accept(people.actor(anna), reply.public_id, on=True)
    pin(people.actor(editor), item.public_id, on=True)
    doomed = content.publication(anna)
    delete(people.actor(anna), doomed.public_id)
    report(people.actor(anna), spoken.public_id, "rude")
    with unit_of_work():
        hide(item, item, moderator.id)
    with unit_of_work():
        restore(item, item, moderator.id)
    people_service.follow(people.actor(anna), boris.handle)
    closed = groups.group(visibility="closed", owner=boris)
    groups_service.join(people.actor(anna), closed.handle)
    groups_service.answer_request(people.actor(boris), closed.handle, anna.handle, approve=True)
    vera = people.person("Вера")
    groups_service.invite(people.actor(boris), closed.handle, [vera.handle])
    look_through(people.actor(boris))
    change_topic(people.actor(editor), "дмс", TopicDetails(title="ДМС", description="Полис"))
    with unit_of_work():
        people_service.changed(anna)
    people_service.move_person(boris.id, Workplace(shop_id=people.shop().id))


def test_notifications_twice(busy_day):
    deliver_twice("notifications.on_published")
    deliver_twice("notifications.on_comment")
    deliver_twice("notifications.on_edited")
    deliver_twice("notifications.on_liked")
    deliver_twice("notifications.on_unliked")
    deliver_twice("notifications.on_topics_added")
    deliver_twice("notifications.on_hidden")
    deliver_twice("notifications.on_restored")
    deliver_twice("notifications.on_reported")
    deliver_twice("notifications.on_accepted")
    deliver_twice("notifications.on_followed")
    deliver_twice("notifications.on_invited")
    deliver_twice("notifications.on_requested")
    deliver_twice("notifications.on_request_answered")
    deliver_twice("notifications.on_mentions_read")
    deliver_twice("notifications.ring")


def test_hints_and_counters_twice(busy_day):
    deliver_twice("content.hint_publication")
    deliver_twice("content.hint_comment")
    deliver_twice("content.hint_change.ContentEdited")
    deliver_twice("content.hint_change.ContentLiked")
    deliver_twice("content.hint_change.ContentUnliked")
    deliver_twice("content.hint_change.ContentPinned")
    deliver_twice("content.hint_change.ContentRestored")
    deliver_twice("content.hint_change.TopicsAdded")
    deliver_twice("content.hint_gone.ContentDeleted")
    deliver_twice("content.hint_gone.ContentHidden")
    deliver_twice("questions.hint_accepted")
    deliver_twice("questions.hint_unaccepted")
    deliver_twice("content.recount.ContentPublished")
    deliver_twice("content.recount.ContentRestored")
    deliver_twice("content.recount.TopicsAdded")
    deliver_twice("content.recount.ContentEdited")
    deliver_twice("content.recount.ContentDeleted")
    deliver_twice("content.recount.ContentHidden")


def test_cards_are_refreshed_twice(busy_day):
    deliver_twice("content.refresh_person", counting_up="content_items.version")
    deliver_twice("content.refresh_moved", counting_up="content_items.version")
    deliver_twice("content.refresh_topic", counting_up="content_items.version")
