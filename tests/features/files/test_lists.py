"""The tab "Files": what stands on publications the reader may see, and nothing else."""

import pytest

from app.content.queries import files
from app.content.schemas import AddComment, Place, Publish
from app.content.service.publishing import comment, publish
from app.moderation import service as moderation
from tests import factories
from tests.factories.content import publication
from tests.features.files.conftest import jpeg
from tests.support.statements import counting


@pytest.fixture
def group(anna, bob):
    return factories.group("Закупки", visibility="secret", owner=anna, members=[bob])


@pytest.fixture
def attach(send):
    """Publishes a file of a person in a place."""

    def attach(person, name, place=None, data=None):
        sent = send(person, data, name) if data else send(person, name=name)
        where = Place("group", place.handle) if place else Place()
        return publish(factories.actor(person), Publish("news", "Вот", where, file_ids=(sent.id,)))

    return attach


def names(listing):
    return [line.name for line in listing.lines]


def test_the_latest_are_on_top_and_narrowed_by_kind(anna, bob, attach):
    attach(anna, "план.pdf")
    attach(anna, "фото.jpg", data=jpeg())
    attach(anna, "итоги.pdf")
    attach(bob, "чужое.pdf")
    reader = factories.actor(bob)

    assert names(files.by_person(reader, anna.id)) == ["итоги.pdf", "фото.jpg", "план.pdf"]
    assert names(files.by_person(reader, anna.id, kind="picture")) == ["фото.jpg"]
    assert names(files.by_person(reader, anna.id, kind="document")) == ["итоги.pdf", "план.pdf"]


def test_what_stands_in_a_secret_group_is_its_members_(anna, bob, charlie, group, attach):
    attach(anna, "открытое.pdf")
    attach(anna, "тайное.pdf", group)

    assert names(files.by_person(factories.actor(bob), anna.id)) == ["тайное.pdf", "открытое.pdf"]
    assert names(files.by_person(factories.actor(charlie), anna.id)) == ["открытое.pdf"]
    assert names(files.in_group(factories.actor(bob), group.id)) == ["тайное.pdf"]
    assert names(files.in_group(factories.actor(charlie), group.id)) == []


def test_waiting_hidden_and_commented_files_are_not_listed(anna, bob, send, attach):
    send(anna, name="ждёт.pdf")
    hidden = attach(anna, "скрыто.pdf")
    root = publication(bob)
    sent = send(anna, name="в комментарии.pdf")
    comment(factories.actor(anna), root.public_id, AddComment("Вот", file_ids=(sent.id,)))
    moderation.hide(
        factories.actor(factories.person("Мара", roles=["moderator"])), hidden.public_id, "Чужие данные"
    )

    assert names(files.by_person(factories.actor(bob), anna.id)) == []
    assert names(files.by_person(factories.actor(anna), anna.id)) == ["скрыто.pdf"]


def test_it_goes_on_page_by_page_at_the_same_cost(anna, bob, send):
    for first in range(0, 40, 10):
        ids = tuple(send(anna, name=f"{first + n:02}.pdf").id for n in range(10))
        publish(factories.actor(anna), Publish("news", "Пачка", file_ids=ids))
    reader, place = factories.actor(bob), anna.id

    with counting() as statements:
        first = files.by_person(reader, place)
    second = files.by_person(reader, place, before=first.next)

    assert len(statements) == 1
    assert names(first) + names(second) == [f"{n:02}.pdf" for n in reversed(range(40))]
    assert second.next is None


def test_the_tab_of_a_person(client, anna, bob, attach):
    made = attach(anna, "план <важно>.pdf")
    client.sign_in(bob)

    profile = client.get(f"/people/{anna.handle}/about").text
    tab = client.get(f"/people/{anna.handle}/files")

    assert "/files" in profile
    assert tab.status_code == 200
    assert "план _важно_.pdf" in tab.text
    assert f"/p/{made.public_id}" in tab.text
    assert client.get("/people/никто/files").status_code == 404
    assert client.get(f"/people/{anna.handle}/files?kind=virus").status_code == 422


def test_the_tab_of_a_group(new_client, anna, bob, charlie, group, attach):
    attach(anna, "тайное.pdf", group)
    address = f"/groups/{group.handle}/files"

    assert "тайное.pdf" in new_client().sign_in(bob).get(address).text
    assert new_client().sign_in(charlie).get(address).status_code == 404

    closed = factories.group("Закрытая", visibility="closed", owner=anna)
    assert new_client().sign_in(charlie).get(f"/groups/{closed.handle}/files").status_code == 404


def test_more_comes_as_rows(client, anna, bob, send):
    for first in range(0, 40, 10):
        ids = tuple(send(anna, name=f"{first + n:02}.pdf").id for n in range(10))
        publish(factories.actor(anna), Publish("news", "Пачка", file_ids=ids))
    client.sign_in(bob)
    cursor = files.by_person(factories.actor(bob), anna.id).next

    more = client.get(f"/people/{anna.handle}/files?before={cursor}", headers={"HX-Request": "true"})

    assert "09.pdf" in more.text
    assert "<html" not in more.text


@pytest.mark.parametrize("address", ["/people/{person}/files", "/groups/{group}/files"])
def test_the_tabs_keep_to_their_statements(client, anna, group, attach, address):
    for n in range(6):
        attach(anna, f"{n}.pdf", group)
    client.sign_in(anna)

    with counting() as statements:
        assert client.get(address.format(person=anna.handle, group=group.handle)).status_code == 200

    assert len(statements) <= 12
