"""The product with its search index in PostgreSQL: the same commands, jobs and pages."""

import pytest
from sqlalchemy import create_engine, text

from app.bootstrap import search_backend
from app.core import outbox
from app.core.fulltext.engine import engine, use_engine
from app.core.fulltext.interface import Remove
from app.core.fulltext.postgres_backend import PostgresBackend
from app.core.fulltext.whoosh_backend import WhooshBackend
from app.search import jobs, service
from app.search.queries.finding import search_page
from app.search.schemas import Wanted
from config import check, load
from tests import factories

pytestmark = pytest.mark.only_on("postgresql")


@pytest.fixture
def index(flask_app, anna):
    """The engine of the application as the setting makes it."""
    before = engine()
    config = load(
        {},
        search_backend="postgresql",
        database_url=flask_app.extensions["shopfloor_config"].database_url,
        data_dir=flask_app.extensions["shopfloor_config"].data_dir,
    )
    assert check(config) == []
    made = search_backend(config)
    assert isinstance(before, WhooshBackend)
    assert isinstance(made, PostgresBackend)
    use_engine(made)
    service.rebuild()
    yield made
    made.drop()
    made.close()
    use_engine(before)


def texts(person, q):
    outbox.run_due()
    return [text.url for text in search_page(factories.actor(person), Wanted(q)).texts]


def test_it_follows_what_happens_and_shows_nobody_what_is_closed(anna, index):
    boris = factories.person("Борис Иванов")
    group = factories.group("Планёрка", owner=anna, visibility="secret")
    opened = factories.publication(anna, "Тариф для всех #тарифы")
    closed = factories.publication(anna, "Тариф группы", place=group)
    assert sorted(texts(anna, "тарифы")) == sorted([f"/p/{opened.public_id}", f"/p/{closed.public_id}"])
    assert texts(boris, "тарифы") == [f"/p/{opened.public_id}"]
    page = search_page(factories.actor(boris), Wanted("gtnhjdf"))
    assert len(page.people) == 1


def test_the_commands_compare_repair_and_rebuild(anna, index, flask_app):
    factories.publication(anna, "тариф")
    outbox.run_due()
    run = flask_app.test_cli_runner().invoke
    assert run(args=["search", "verify"]).exit_code == 0
    index.apply([Remove("person", anna.id)])
    found = run(args=["search", "verify"])
    assert found.exit_code == 1
    assert "1 missing from the index: person" in found.output
    assert run(args=["search", "verify"]).exit_code == 0
    index.drop()
    assert "run `flask search rebuild`" in service.status().words
    assert run(args=["search", "verify"]).exit_code == 1
    rebuilt = run(args=["search", "rebuild"])
    assert "2 documents indexed." in rebuilt.output
    assert service.status().healthy


def test_a_lost_index_heals_and_takes_what_waited(anna, index, monkeypatch):
    monkeypatch.setattr(jobs, "run_beside", lambda name, act: act())
    index.drop()
    news = factories.publication(anna, "тариф")
    outbox.run_due()
    jobs.drain()
    assert service.status().healthy
    assert texts(anna, "тариф") == [f"/p/{news.public_id}"]


@pytest.mark.parametrize(
    "harm",
    [
        "TRUNCATE shopfloor_search.written",
        "DELETE FROM shopfloor_search.chunks",
        "UPDATE shopfloor_search.chunks SET columns = substr(columns, 1, 9)",
        "UPDATE shopfloor_search.chunks SET ordered = substr(ordered, 1, 9)",
        "UPDATE shopfloor_search.postings SET texts = substr(texts, 1, 3)",
        "DELETE FROM shopfloor_search.postings",
        "DROP TABLE shopfloor_search.postings",
        "DROP TABLE shopfloor_search.forms",
        "DELETE FROM shopfloor_search.state",
        "DROP SCHEMA shopfloor_search CASCADE",
    ],
)
def test_damage_while_people_search_is_no_error_and_heals(anna, index, client, monkeypatch, harm):
    monkeypatch.setattr(jobs, "run_beside", lambda name, act: act())
    browser = client.sign_in(anna)

    def searched():
        pages = ("/search?q=тариф", '/search?q="тариф семейный"', "/search?q=тарфи", "/search/hints?q=тари")
        found = {browser.get(page).status_code for page in pages}
        typed = {"body": "какой у нас тариф семейный"}
        return found | {browser.post("/questions/similar", data=typed).status_code}

    factories.question(anna, "Какой тариф семейный?")
    for number in range(9):
        factories.publication(anna, f"тариф семейный {number}")
    service.rebuild()
    factories.publication(anna, "тариф семейный новый")
    assert len(texts(anna, '"тариф семейный"')) == 11
    assert searched() == {200}
    engine = create_engine(index._address)
    with engine.begin() as connection:
        connection.execute(text(harm))
    engine.dispose()
    assert searched() <= {200, 503}
    factories.publication(anna, "тариф семейный последний")
    outbox.run_due()
    assert searched() <= {200, 503}
    jobs.heal()
    assert service.status().healthy
    assert searched() == {200}
    assert len(texts(anna, '"тариф семейный"')) == 12
    assert service.verify().keys == ()


def test_one_evaluation_runs_at_a_time(flask_app, index, tmp_path):
    path = tmp_path / "questions.json"
    path.write_text('{"data": [{"paragraphs": [{"context": "Чай.", "qas": []}]}]}', "utf-8")
    with index.scratch():
        done = flask_app.test_cli_runner().invoke(args=["search", "evaluate", str(path)])
    assert (done.exit_code, "let it finish" in done.output) == (1, True)
