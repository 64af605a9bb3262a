"""A secret, and people of whom nobody may learn of it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pytest

from app.content.schemas import AddComment, Edit, Place, Publish
from app.content.service import changing, publishing, reactions
from app.core import outbox
from app.files.service import upload
from app.questions import service as questions
from tests import factories

#: Stands in every text, title, file name and topic of the secret, and nowhere else.
CANARY = "канарейка"
#: Every role that opens no secret group.
ROLES = ("employee", "manager", "editor", "moderator", "administrator")


@dataclass(frozen=True)
class Secret:
    """A group with everything a group can hold, by what stands in its addresses."""

    keeper: str
    group: str
    question_id: int
    question: str
    answer: str
    file_id: str

    @property
    def names(self) -> dict[str, str]:
        """What can stand in an address, by the name of the part."""
        return {"handle": self.group, "person": self.keeper, "name": CANARY, "variant": "original"}

    @property
    def public_ids(self) -> tuple[str, str, str]:
        """What has an address of its own."""
        return self.question, self.answer, self.file_id


@pytest.fixture(scope="module")
def secrets(shared_database):
    """A closed and a secret group: a question with a file, topic and mention, answered, accepted, liked, edited."""
    made = _secret("Клуб", "closed", "клуб-4f7k2m9p"), _secret(f"Клуб {CANARY}", "secret", "клуб-8h3n5q7r")
    outbox.run_due()
    return made


def _secret(name: str, visibility: str, handle: str) -> Secret:
    keeper = factories.person("Вера Власова")
    group = factories.group(name, visibility=visibility, owner=keeper, handle=handle)
    me = factories.actor(keeper)
    sent = upload(me, BytesIO(CANARY.encode()), f"{CANARY}.txt")
    text = f"Спросить про {CANARY} #{CANARY}"
    asked = Publish("question", text, Place("group", handle), CANARY, (sent.id,))
    question = publishing.publish(me, asked).public_id
    answer = publishing.comment(me, question, AddComment(f"Ответ: {CANARY}", answer=True)).public_id
    reactions.like(me, question, on=True)
    questions.accept(me, answer, on=True)
    changing.edit(me, question, Edit(f"{text}!", 1, CANARY, (sent.id,)))
    return Secret(keeper.handle, group.handle, factories.written(question).id, question, answer, sent.id)


@pytest.fixture(params=ROLES)
def outsider(request, secrets, client):
    """A browser of somebody who is not in any group."""
    roles = [] if request.param == "employee" else [request.param]
    return client.sign_in(factories.person("Пётр Любопытный", roles=roles))
