"""The index is damaged while people search: nobody sees an error, and afterwards everything is found again."""

import os
import shutil

import pytest

from app.accounts.service.tokens import create_token
from app.core import outbox
from app.search import jobs, service
from tests import factories

pytestmark = pytest.mark.slow

PAGES = ("/search?q=тариф", '/search?q="тариф семейный"', "/search?q=тарфи", "/search/hints?q=тари")


def truncate(path):
    os.truncate(path, path.stat().st_size // 2)


def garble(path):
    path.write_bytes(os.urandom(path.stat().st_size))


def everything(harm, pattern):
    def damage(folder):
        paths = list(folder.glob(f"generations/*/{pattern}"))
        assert paths
        for path in paths:
            harm(path)

    return damage


def lose_the_pointer(folder):
    (folder / "current").write_bytes(os.urandom(400))


DAMAGE = {
    "words in their order cut short": everything(truncate, "*.order.col"),
    "words garbled": everything(garble, "*.trm"),
    "postings cut short": everything(truncate, "*.pst"),
    "changes cut short": everything(truncate, "*.seg"),
    "contents garbled": everything(garble, "*.toc"),
    "all cut short": everything(truncate, "*"),
    "all garbled": everything(garble, "*"),
    "pointer lost": lose_the_pointer,
    "folder deleted": shutil.rmtree,
}


@pytest.fixture
def searched(client, new_client, anna):
    """Asks for everything that searches, as a browser and as a program; the codes of the answers."""
    browser, headers = (
        client.sign_in(anna),
        {"Authorization": f"Bearer {create_token(anna.id, 'A test', by=anna.id)}"},
    )
    question = factories.question(anna, "Какой тариф семейный?")

    def ask():
        api = new_client().get("/api/v1/search?q=тариф", headers=headers)
        found = [browser.get(page).status_code for page in (*PAGES, f"/p/{question.public_id}/similar")]
        typed = browser.post("/questions/similar", data={"body": "какой у нас тариф семейный"})
        return {*found, api.status_code, typed.status_code}

    return ask


@pytest.mark.parametrize("damage", DAMAGE)
def test_nobody_sees_an_error_and_the_job_heals_it(anna, index, find, searched, monkeypatch, damage):
    monkeypatch.setattr(jobs, "run_beside", lambda name, act: act())
    for number in range(20):
        factories.publication(
            anna, f"тариф семейный {number}: " + " ".join(f"слово{number}{n}" for n in range(80))
        )
    outbox.run_due()
    service.rebuild()
    factories.publication(anna, "тариф семейный новый " + " ".join(f"слово{n}" for n in range(900)))
    assert find(anna, '"тариф семейный"').total == 22
    assert searched() == {200}

    DAMAGE[damage](index)
    assert searched() <= {200, 503}
    factories.publication(anna, "тариф семейный последний")
    outbox.run_due()
    assert searched() <= {200, 503}

    jobs.heal()
    assert service.status().healthy
    assert searched() == {200}
    assert find(anna, '"тариф семейный"').total == 23
    assert find(anna, "последний").total == 1
    assert service.verify().keys == ()
