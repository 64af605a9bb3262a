"""Ways around the front door by which the name of a group, or who is in it, could become known."""

import pytest

from app.content.schemas import AddComment, Publish
from app.content.service import publishing
from app.core import outbox
from app.core.errors import Forbidden
from app.groups import service
from app.groups.models import CLOSED, OPEN, SECRET
from app.groups.schemas import GroupDetails
from app.moderation import service as moderation
from app.notifications import queries as notifications
from tests import factories

NAME = "Сделка года"


@pytest.fixture
def owner(database):
    return factories.person("Вера Власова")


@pytest.fixture
def charlie(database):
    return factories.person("Чарли Чужой")


@pytest.fixture
def secret(owner):
    return factories.group(NAME, visibility=SECRET, owner=owner, handle="сделка-4f7k2m9p")


def test_the_short_address_does_not_tell_a_secret_group_from_none(client, charlie, secret):
    client.sign_in(charlie)
    found, missing = client.get(f"/@{secret.handle}"), client.get("/@сделка-которой-нет")

    assert found.status_code == missing.status_code == 302
    assert client.get(found.location).status_code == client.get(missing.location).status_code == 404


@pytest.mark.parametrize("write", ["publication", "comment"])
def test_a_member_s_mention_does_not_name_a_secret_group_to_others(owner, charlie, secret, write):
    me, body = factories.actor(owner), f"Спросите @{secret.handle}"
    if write == "publication":
        made = publishing.publish(me, Publish("news", body))
    else:
        made = publishing.comment(me, factories.publication(charlie).public_id, AddComment(body))
    html = factories.written(made.public_id).body_html

    assert NAME not in html
    assert "<a" not in html


def test_inside_a_secret_group_its_mention_is_a_link(owner, secret):
    assert NAME in factories.publication(owner, f"@{secret.handle}, привет", place=secret).body_html


def test_completion_offers_a_secret_group_in_itself_alone(client, owner, secret):
    client.sign_in(owner)

    def offered(where):
        return [each["handle"] for each in client.get(f"/completion/mentions?q=сделка{where}").json]

    assert offered("") == offered("&place=company") == []
    assert offered(f"&place=group:{secret.handle}") == [secret.handle]


def lines(person):
    """Names of groups in the bell, and its counter."""
    me = factories.actor(person)
    return [line.group for line in notifications.page(me).lines], notifications.unread(me).notifications


def test_an_invitation_taken_back_leaves_no_name(owner, charlie, secret):
    me = factories.actor(owner)
    service.invite(me, secret.handle, [charlie.handle])
    outbox.run_due()
    assert lines(charlie) == ([NAME], 1)

    service.take_back_invitation(me, secret.handle, charlie.handle)
    assert lines(charlie) == ([], 0)


def test_who_was_taken_out_of_a_group_does_not_learn_its_next_name(client, owner, charlie):
    group, me = factories.group("Склад", visibility=CLOSED, owner=owner), factories.actor(owner)
    service.join(factories.actor(charlie), group.handle)
    service.answer_request(me, group.handle, charlie.handle, approve=True)
    outbox.run_due()
    assert lines(charlie) == (["Склад"], 1)

    service.remove_member(me, group.handle, charlie.handle)
    assert lines(charlie) == (["Склад"], 1)
    service.change_group(me, group.handle, GroupDetails(NAME, "", SECRET, "members"))
    assert lines(charlie) == ([], 0)
    assert NAME not in client.sign_in(charlie).get("/notifications").text


def test_whether_a_colleague_is_invited_is_not_for_outsiders(owner, charlie):
    group, invited = factories.group(visibility=CLOSED, owner=owner), factories.person()
    service.invite(factories.actor(owner), group.handle, [invited.handle])

    for person in (invited, factories.person()):
        with pytest.raises(Forbidden):
            service.take_back_invitation(factories.actor(charlie), group.handle, person.handle)


def test_who_invited_may_take_it_back_without_being_a_moderator(owner, charlie):
    group, invited = factories.group(visibility=OPEN, owner=owner, members=[charlie]), factories.person()
    service.invite(factories.actor(charlie), group.handle, [invited.handle])
    service.take_back_invitation(factories.actor(charlie), group.handle, invited.handle)

    assert service.invite(factories.actor(owner), group.handle, [invited.handle]).invited == 1


def test_a_moderator_does_not_learn_who_reported_their_own_text(client, charlie):
    author = factories.person("Мира Модератор", roles=["moderator"])
    item = factories.publication(author)
    moderation.report(factories.actor(charlie), item.public_id, "spam", "Опять реклама")
    address = f"/moderation/{item.public_id}"

    own = client.sign_in(author).get(address)
    assert own.status_code == 200
    assert charlie.name not in own.text
    assert "Опять реклама" not in own.text
    other = client.sign_in(factories.person(roles=["moderator"])).get(address)
    assert charlie.name in other.text
