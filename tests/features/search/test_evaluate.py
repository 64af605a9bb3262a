"""`flask search evaluate`: how well questions of a file find the paragraphs that answer them."""

import json

import pytest

from app.core.fulltext import whoosh_backend
from app.core.fulltext.engine import engine
from app.search import service
from tests import factories


def question(words, start=0):
    return {"question": words, "id": "1", "answers": [{"text": "…", "answer_start": start}]}


def squad(*paragraphs):
    rows = [{"context": context, "qas": list(asked)} for context, *asked in paragraphs]
    return {"version": "1.1", "data": [{"title": "Чай", "paragraphs": rows}]}


TEA = squad(
    (
        "Чайник закипает за пять минут. Заварку меняют каждое утро.",
        question("Когда меняют заварку?", 31),
        question("Сколько закипает чайник?"),
    ),
    ("Самовар стоит в кладовой.", question("Где стоит самовар?")),
    ("Ничего не спрашивают.",),
)


@pytest.fixture
def evaluate(flask_app, tmp_path, index):
    """Run the command on a file; what it printed and the last line."""

    def run(content, *options):
        path = tmp_path / "questions.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        done = flask_app.test_cli_runner().invoke(args=["search", "evaluate", str(path), *options])
        return done.output, json.loads(done.stdout.splitlines()[-1]) if done.exit_code == 0 else None

    return run


def test_paragraphs_are_found_among_what_the_database_holds(evaluate):
    factories.publication(body="Самовар самовар")
    service.rebuild()
    before = service.status().words
    _, told = evaluate(TEA)
    assert (told["texts"], told["questions"]) == (3, 3)
    assert told["documents"] > 3
    assert told["recall@5"] == 1.0
    assert 0 < told["recall@1"] <= told["mrr@10"] <= 1
    assert service.status().words == before


def test_sentences_are_texts_of_their_own(evaluate):
    _, told = evaluate(TEA, "--sentences")
    assert (told["texts"], told["recall@1"]) == (4, 1.0)


def test_letters_amiss_are_made_and_mended(evaluate):
    output, told = evaluate(TEA, "--typo", "1")
    assert (told["typos"], told["recall@5"]) == (1, 1.0)
    assert "3 questions on 3 texts" in output
    assert evaluate(TEA, "--typo", "1")[1] == told


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("{", "questions.json: "),
        ({"data": 5}, "questions.json: data"),
        ({"data": [{"paragraphs": [{"context": " "}]}]}, "data[0].paragraphs[0].context"),
        (squad(("Чай.", {"answers": []})), "data[0].paragraphs[0].qas[0].question"),
        (squad(("Чай.", question("Что?", 99))), "qas[0].answers[0].answer_start"),
    ],
)
def test_a_file_that_is_none_is_refused_with_the_place(evaluate, content, place):
    output, told = evaluate(content)
    assert told is None
    assert place in output
    assert "Indexing" not in output


def test_operators_are_told_before_there_are_too_many_documents(database, index, monkeypatch):
    factories.person()
    service.rebuild()
    assert not service.status().warning
    for most, healthy in ((engine().count(), True), (engine().count() - 1, False)):
        monkeypatch.setattr(whoosh_backend, "MOST_DOCUMENTS", most)
        status = service.status()
        assert (status.healthy, status.warning) == (healthy, True)
        assert "SHOPFLOOR_SEARCH_BACKEND" in status.words
