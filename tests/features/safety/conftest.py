"""A secret, and people of whom nobody may learn of it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pytest

from app.content.models import ContentItem
from app.content.schemas import AddComment, Edit, Place, Publish
from app.content.service import changing, publishing, reactions
from app.core import outbox
from app.files.service import upload
from app.groups.models import Group
from app.people.models import Person
from app.questions import service as questions
from tests import factories

#: Stands in every text, title, file name and topic of the secret, and nowhere else.
CANARY = "канарейка"
#: Every role that opens no secret group.
ROLES = ("employee", "manager", "editor", "moderator", "administrator")


@dataclass(frozen=True)
class Secret:
    """A group with everything a group can hold."""

    keeper: Person
    group: Group
    question: ContentItem
    answer: ContentItem
    file_id: str

    @property
    def names(self) -> dict[str, str]:
        """What can stand in an address, by the name of the part."""
        return {
            "handle": self.group.handle,
            "person": self.keeper.handle,
            "name": CANARY,
            "variant": "original",
        }


@pytest.fixture(params=["closed", "secret"])
def secret(request, database):
    """A closed and a secret group: a question with a file, topic and mention, answered, accepted, liked, edited."""
    keeper = factories.person("Вера Власова")
    name = f"Клуб {CANARY}" if request.param == "secret" else "Клуб"
    group = factories.group(name, visibility=request.param, owner=keeper, handle="клуб-4f7k2m9p")
    me = factories.actor(keeper)
    sent = upload(me, BytesIO(CANARY.encode()), f"{CANARY}.txt")
    text = f"Спросить про {CANARY} #{CANARY}"
    asked = Publish("question", text, Place("group", group.handle), CANARY, (sent.id,))
    question = publishing.publish(me, asked).public_id
    answer = publishing.comment(me, question, AddComment(f"Ответ: {CANARY}", answer=True)).public_id
    reactions.like(me, question, on=True)
    questions.accept(me, answer, on=True)
    changing.edit(me, question, Edit(f"{text}!", 1, CANARY, (sent.id,)))
    outbox.run_due()
    return Secret(keeper, group, factories.written(question), factories.written(answer), sent.id)


@pytest.fixture(params=ROLES)
def outsider(request, client):
    """A browser of somebody who is not in any group."""
    roles = [] if request.param == "employee" else [request.param]
    return client.sign_in(factories.person("Пётр Любопытный", roles=roles))
