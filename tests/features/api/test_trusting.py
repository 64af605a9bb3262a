"""Programs that read and say how far answers and articles may be trusted."""

import pytest

from app.articles.schemas import ArticleText, WriteArticle
from app.articles.service import write
from tests import factories
from tests.factories import people


@pytest.fixture
def answer(database):
    return factories.answer(factories.question(body="Сколько дней на возврат? #возврат"))


def test_an_owner_makes_it_official_limits_it_and_withdraws_it(program, answer):
    people.region("Урал")
    editor = factories.person("Елена Редактор", roles=["editor"])
    mine = program(editor)
    path = f"/items/{answer.public_id}"
    assert mine.get(f"{path}/trust").get_json()["state"] == "opinion"
    made = [mine.send("PUT", f"{path}/official").get_json() for _ in range(2)][1]
    assert (made["state"], made["official_by"], "withdraw" in made["may"]) == (
        "official", "Елена Редактор", True,
    )  # fmt: skip
    limits = {"valid_until": "2020-01-31", "regions": ["Урал"], "owner": editor.handle}
    limited = mine.send("PUT", f"{path}/limits", json=limits).get_json()
    assert (limited["valid_until"], limited["regions"], limited["not_valid"]) == (
        "2020-01-31", ["Урал"], "over",
    )  # fmt: skip
    assert limited["owner"]["handle"] == editor.handle
    for _ in range(2):
        extended = mine.post(f"{path}/extend", {"months": 12, "valid_until": "2020-01-31"}).get_json()
    assert extended["valid_until"] > "2020-01-31"
    assert mine.send("DELETE", f"{path}/official").get_json()["official"] is False


def test_what_is_wrong_or_not_allowed_is_refused(program, answer):
    editor, stranger = program(factories.person(roles=["editor"])), program(factories.person())
    path = f"/items/{answer.public_id}"
    assert stranger.send("PUT", f"{path}/official").status_code == 403
    assert stranger.send("PUT", f"{path}/limits", json={}).status_code == 403
    assert stranger.post(f"{path}/checked").status_code == 409
    for wrong in ({"regions": ["Луна"]}, {"shop_formats": ["дворец"]}, {"valid_until": "завтра"}, {"who": 1}):
        assert editor.send("PUT", f"{path}/limits", json=wrong).status_code == 422
    keeper = factories.person()
    group = factories.group(visibility="secret", owner=keeper)
    hidden = factories.answer(factories.question(keeper, place=group), keeper)
    for method, act in (("GET", "trust"), ("PUT", "official"), ("DELETE", "official"), ("PUT", "limits")):
        body = {"json": {}} if act == "limits" else {}
        assert editor.send(method, f"/items/{hidden.public_id}/{act}", **body).status_code == 404


def test_an_article_tells_programs_how_far_to_trust_it(program):
    owner = factories.person()
    made = write(factories.actor(owner), WriteArticle(ArticleText("Возврат", "Без чека.")))
    mine = program(factories.person(roles=["editor"]))
    mine.send("PUT", f"/items/{made.public_id}/official")
    assert mine.get(f"/publications/{made.public_id}").get_json()["trust"]["official"] is True
