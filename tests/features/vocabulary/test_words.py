"""Synonyms: editors keep them, search and similar questions use them at once, and files bring all or nothing."""

import io

import pytest
from sqlalchemy import select

from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden
from app.lib.csvfile import read_table
from app.vocabulary import queries, service
from app.vocabulary.forms import read_words
from app.vocabulary.models import Synonym, SynonymGroup
from tests import factories
from tests.support.statements import counting


@pytest.fixture
def vera(database):
    return factories.person("Вера Власова", roles=["editor"])


@pytest.fixture
def desk(client, vera):
    return client.sign_in(vera)


def groups():
    rows = db.session.execute(
        select(Synonym.group_id, Synonym.written).order_by(Synonym.group_id, Synonym.place)
    )
    found: dict[int, list[str]] = {}
    for group_id, written in rows:
        found.setdefault(group_id, []).append(written)
    return list(found.values())


@pytest.mark.parametrize("roles", [[], ["manager"], ["moderator"]])
def test_words_are_for_editors(client, database, roles):
    person = factories.person(roles=roles)
    client.sign_in(person)
    for path in ("/desk/words", "/desk/words.csv", "/desk/missed", "/desk/missed.csv"):
        assert client.get(path).status_code == 403
    for path in ("/desk/words", "/desk/words/1", "/desk/words/1/remove", "/desk/words/file"):
        assert client.post(path, data={"words": "симка, sim"}).status_code == 403
    with pytest.raises(Forbidden):
        service.add(factories.actor(person), ("симка", "sim"))


def test_a_group_is_made_changed_and_removed_with_a_trace(desk, vera):
    assert desk.post("/desk/words", data={"words": "симка,  Сим-карта , sim card"}).status_code == 303
    assert groups() == [["симка", "Сим-карта", "sim card"]]
    group = db.session.scalars(select(SynonymGroup.id)).one()
    assert all(f">{word}<" in desk.get("/desk/words?q=сим").text for word in groups()[0])
    assert ">симка<" not in desk.get("/desk/words?q=касса").text

    assert desk.post(f"/desk/words/{group}", data={"words": "симка, sim"}).status_code == 303
    assert groups() == [["симка", "sim"]]
    assert desk.post(f"/desk/words/{group}/remove").status_code == 303
    assert groups() == []
    assert desk.post(f"/desk/words/{group}/remove").status_code == 404
    entries = db.session.execute(select(AuditEntry.action, AuditEntry.actor_id).order_by(AuditEntry.id)).all()
    assert entries == [(f"synonyms.{act}", vera.id) for act in ("added", "changed", "removed")]


@pytest.mark.parametrize(
    "words",
    ["", "симка", "симка, симки", "симка, <b>", "симка, и", "симка, из", "симка, #тема", 'симка, "карта"',
     "симка, один два три четыре пять", "симка, " + "ы" * 70, ",".join(f"слово{n}" for n in range(11)),
     "возврат, товар"],
)  # fmt: skip
def test_what_search_cannot_use_is_refused_beside_the_field(desk, words):
    desk.post("/desk/words", data={"words": "возврат, рефанд"})
    response = desk.post("/desk/words", data={"words": words})
    assert response.status_code == 422
    assert "aria-invalid=true" in response.text
    assert groups() == [["возврат", "рефанд"]]


def test_a_word_changes_into_nobody_elses_and_what_was_typed_stays(desk):
    desk.post("/desk/words", data={"words": "возврат, рефанд"})
    desk.post("/desk/words", data={"words": "симка, sim"})
    group = db.session.scalars(select(Synonym.group_id).where(Synonym.written == "sim")).one()
    response = desk.post(f"/desk/words/{group}", data={"words": "симка, рефанды"})
    assert response.status_code == 422
    assert 'value="симка, рефанды"' in response.text
    assert "возврат, рефанд" in response.text


def test_text_names_groups_by_any_form_of_their_words(vera):
    service.add(factories.actor(vera), ("симка", "сим-карта", "sim card"))
    service.add(factories.actor(vera), ("личка", "личный кабинет"))
    sims, account = ("симка", "сим-карта", "sim card"), ("личка", "личный кабинет")
    assert queries.alternatives("Покупатель потерял симку") == (sims,)
    assert queries.alternatives("замена сим карты в личном кабинете") == (sims, account)
    assert queries.alternatives("SIM cards") == (sims,)
    assert queries.alternatives("карта кабинета") == ()
    with counting() as made:
        queries.alternatives("симка")
        queries.alternatives("касса")
    assert len(made) == 1


def test_a_table_comes_back_as_it_went(desk):
    desk.post("/desk/words", data={"words": "симка, сим-карта, sim"})
    desk.post("/desk/words", data={"words": "возврат, рефанд"})
    table = desk.get("/desk/words.csv").data
    assert [row.cells[:2] for row in read_table(table).rows] == [
        ("возврат", "рефанд"),
        ("симка", "сим-карта"),
    ]
    assert desk.post("/desk/words/file", data={"file": (io.BytesIO(table), "w.csv")}).status_code == 303
    assert len(groups()) == 2

    more = "слово;то же;то же\nсимки;есимка\nаксы;аксессуары\n".encode("cp1251")
    assert desk.post("/desk/words/file", data={"file": (io.BytesIO(more), "w.csv")}).status_code == 303
    assert groups() == [
        ["симка", "сим-карта", "sim", "есимка"],
        ["возврат", "рефанд"],
        ["аксы", "аксессуары"],
    ]


@pytest.mark.parametrize(
    "table", [b"", b"word\n", b"\x00\x01", "word,same\nаксы,аксессуары\nсимка,рефанд\n".encode()]
)
def test_a_table_with_a_fault_changes_nothing(desk, table):
    desk.post("/desk/words", data={"words": "симка, sim"})
    desk.post("/desk/words", data={"words": "возврат, рефанд"})
    response = desk.post("/desk/words/file", data={"file": (io.BytesIO(table), "w.csv")})
    assert response.status_code == 422
    assert 'id="file-error-1"' in response.text
    assert len(groups()) == 2


def test_the_desk_asks_no_more_for_many_groups(desk, vera):
    def statements():
        desk.get("/desk/words")
        with counting() as made:
            assert desk.get("/desk/words").status_code == 200
        return len(made)

    service.add(factories.actor(vera), ("симка", "sim"))
    few = statements()
    for number in range(12):
        service.add(factories.actor(vera), read_words((f"слово{number}", f"word{number}")))
    assert statements() == few <= 12
