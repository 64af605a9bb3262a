"""The one rule of visibility, as Python for one row and as SQL for many, agree for everybody everywhere."""

from itertools import product

import pytest
from sqlalchemy import select

from app.content.models import DELETED, HIDDEN, PUBLISHED, ContentItem
from app.content.policy import access_item, actor_values, can_see, comment_visible_to, join_root
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.core.unit_of_work import unit_of_work
from tests.factories import content, groups, people

READERS = ("author", "member", "moderator of the group", "outsider", "moderator", "editor", "administrator")
PLACES = ("company", "open", "closed", "secret")
STATES = (PUBLISHED, HIDDEN, DELETED)

ALL_VISIBLE = Prepared(join_root(select(ContentItem.id)).where(comment_visible_to()))


class Cast:
    """One publication with one comment in one place, and everybody who may come by."""

    def __init__(self, place: str) -> None:
        self.author = people.person("Анна Авторова")
        self.commenter = people.person("Кирилл Комментов")
        self.people = {
            "author": self.author,
            "member": people.person("Марина Участникова"),
            "moderator of the group": people.person("Михаил Группов"),
            "outsider": people.person("Чарли Чужой"),
            "moderator": people.person("Мария Порядкова", roles=["moderator"]),
            "editor": people.person("Елена Редакторова", roles=["editor"]),
            "administrator": people.person("Антон Админов", roles=["administrator"]),
        }
        self.group = None
        if place != "company":
            self.group = groups.group(
                visibility=place, owner=self.author, members=[self.commenter, self.people["member"]]
            )
            groups.join(self.group, self.people["moderator of the group"], role="moderator")
        self.item = content.publication(self.author, place=self.group)
        self.comment = content.comment(self.item, self.commenter)

    def reader(self, name):
        return people.actor(self.people[name])

    def set_states(self, item: str, comment: str) -> None:
        with unit_of_work():
            self.item.state, self.comment.state = item, comment


def should_see(reader: str, place: str, state: str) -> bool:
    """The rule in the product's words."""
    if state == DELETED or (state == HIDDEN and reader != "author"):
        return False
    return place in ("company", "open") or reader in ("author", "member", "moderator of the group")


@pytest.mark.parametrize("place", PLACES)
def test_python_sql_and_the_words_of_the_product_agree(database, place):
    cast = Cast(place)
    for reader, item_state, comment_state in product(READERS, STATES, STATES):
        cast.set_states(item_state, comment_state)
        actor = cast.reader(reader)
        wanted = should_see(reader, place, item_state)
        assert can_see(actor, cast.item) is wanted, (reader, place, item_state)
        # The comment is somebody else's, so a hidden one is seen by none of the readers.
        comment_wanted = wanted and comment_state == PUBLISHED
        assert can_see(actor, cast.comment, cast.item) is comment_wanted, (
            reader,
            place,
            item_state,
            comment_state,
        )
        visible = {row.id for row in ALL_VISIBLE.all(**actor_values(actor))}
        assert (cast.item.id in visible) is wanted
        assert (cast.comment.id in visible) is comment_wanted


@pytest.mark.parametrize("place", PLACES)
def test_access_gives_what_is_seen_and_to_moderators_what_is_hidden(database, place):
    cast = Cast(place)
    for reader, state in product(READERS, STATES):
        cast.set_states(state, PUBLISHED)
        actor = cast.reader(reader)
        moderates = reader == "moderator of the group" and place != "company"
        moderates |= reader in ("moderator", "administrator") and place in ("company", "open")
        wanted = should_see(reader, place, state) or (state == HIDDEN and moderates)
        for public_id in (cast.item.public_id, cast.comment.public_id):
            if wanted:
                assert access_item(actor, public_id)[1].id == cast.item.id
            else:
                with pytest.raises(NotFound):
                    access_item(actor, public_id)


def test_hidden_looks_like_missing_at_every_door(client):
    cast = Cast("secret")
    client.sign_in(cast.people["outsider"])
    item, comment = cast.item.public_id, cast.comment.public_id
    doors = [
        ("get", f"/p/{item}"), ("get", f"/p/{item}/card"), ("get", f"/p/{item}/thread"),
        ("get", f"/items/{comment}/comment"), ("get", f"/items/{item}/menu"), ("get", f"/items/{comment}/menu"),
        ("get", f"/items/{item}/likers"), ("get", f"/items/{item}/history"), ("get", f"/items/{item}/edit"),
        ("get", f"/items/{item}/topics"), ("post", f"/items/{item}/like"), ("post", f"/items/{comment}/like"),
        ("post", f"/p/{item}/comments"), ("post", f"/items/{item}/delete"), ("post", f"/items/{item}/pin"),
        ("post", f"/items/{item}/topics"), ("post", f"/items/{comment}/accept"),
    ]  # fmt: skip
    for method, door in doors:
        data = {"body": "x", "topics": "x", "on": "1"} if method == "post" else None
        there = getattr(client, method)(door, data=data)
        missing = getattr(client, method)(door.replace(item, "A" * 14).replace(comment, "B" * 14), data=data)
        assert there.status_code == missing.status_code == 404, door
        assert "Авторова" not in there.text
        assert len(there.text) == len(missing.text), door


def test_a_closed_group_hides_its_inside_from_every_stream(client):
    cast = Cast("closed")
    topic_item = content.publication(cast.author, "О тайном #секретная-тема", place=cast.group)
    client.sign_in(cast.people["outsider"])
    pages = [
        "/", "/?feed=company", "/?order=useful", "/questions?which=all", "/topics/секретная-тема",
        f"/people/{cast.author.handle}/publications", f"/groups/{cast.group.handle}",
    ]  # fmt: skip
    for path in pages:
        text = client.get(path).text
        assert topic_item.public_id not in text, path
        assert cast.item.public_id not in text, path
    client.sign_in(cast.people["member"])
    assert topic_item.public_id in client.get(f"/groups/{cast.group.handle}").text
    assert topic_item.public_id in client.get("/topics/секретная-тема").text
    assert topic_item.public_id in client.get("/").text
