"""Suggestions while typing, and what people searched before."""

import re

import pytest
from sqlalchemy import func, select

from app.core import outbox
from app.core.db import db
from app.groups.models import SECRET
from app.people.service.erasing import erase_person
from app.search import service
from app.search.models import PastSearch, PastSearchesOff
from app.search.queries.hints import hints, past
from app.search.schemas import KEEP_PAST, PAST_KEPT
from tests import factories
from tests.support.outbox import deliver_twice
from tests.support.statements import counting


@pytest.fixture
def browser(client, anna, index):
    return client.sign_in(anna)


@pytest.fixture
def known(anna):
    return lambda person=anna: [line.words for line in past(factories.actor(person), 100)]


def titles(found):
    return ["".join(piece.text for piece in text.title) for text in found.texts]


def test_people_topics_and_titles_from_their_beginning(anna, index):
    owner = factories.person("Терминал Терминалов")
    factories.publication(owner, "просто текст #терминалы", title="Терминалы в салонах")
    factories.publication(owner, "где-то терминал в тексте", title="Совсем другое")
    asked = factories.question(owner, "Почему терминал мигает?")
    secret = factories.group("Тайное", visibility=SECRET, owner=owner)
    factories.publication(owner, "тайна", title="Терминалы тайные", place=secret)
    outbox.run_due()
    service.rebuild()

    found = hints(factories.actor(anna), "терминал")
    assert [one.person.name for one in found.people] == ["Терминал Терминалов"]
    assert [topic.name for topic in found.topics] == ["терминалы"]
    assert sorted(titles(found)) == ["Почему терминал мигает?", "Терминалы в салонах"]
    assert f"/p/{asked.public_id}" in {text.url for text in found.texts}
    assert "Терминалы тайные" in titles(hints(factories.actor(owner), "терминал"))
    assert titles(hints(factories.actor(anna), "термин")) == ["Терминалы в салонах"]
    assert [one.person.name for one in hints(factories.actor(anna), "nthvbyfk").people] == [
        "Терминал Терминалов"
    ]
    for strange in ("", "  ", "\u200b", "%_", "\ud800", "<b>", "x" * 5000):
        assert hints(factories.actor(anna), strange).number == 0


def completed(person, q):
    return {each.words: each.value for each in hints(factories.actor(person), q).completions}


def test_operators_are_offered_while_they_are_typed(browser, anna, index):
    friend, group = factories.person("Ильдар Юнусов"), factories.group("Новости сети", members=[anna])
    secret = factories.group("Новости тайные", visibility=SECRET, owner=friend)
    factories.publication(friend, "вести #возвраты")
    outbox.run_due()
    service.rebuild()

    assert completed(anna, "чек is:an") == {"чек is:answered ": "answered"}
    assert completed(anna, "чек -это:") == {
        f"чек -это:{word} ": state
        for word, state in (("вопрос", "question"), ("решено", "answered"), ("без-ответа", "unanswered"),
                            ("официально", "official"), ("статья", "article"), ("файл", "files"))
    }  # fmt: skip
    assert completed(anna, "чек #возв") == {"чек #возвраты ": "возвраты"}
    for begun in ("from:иль", "от:bkmlfh", "@ильдар"):
        mark = "@" if begun[0] == "@" else begun[: begun.index(":") + 1]
        assert completed(anna, begun) == {f"{mark}{friend.handle} ": "Ильдар Юнусов"}
    assert "от:я " in completed(anna, "от:")
    # A secret group is offered to its members alone.
    assert completed(anna, "in:нов") == completed(anna, "in:") == {f"in:{group.handle} ": "Новости сети"}
    assert completed(friend, "in:нов").keys() >= {f"in:{secret.handle} "}
    assert "до:вчера " in completed(anna, "до:")
    assert completed(anna, "чек это") == {"чек это:": ""}
    # What is finished needs no help, and what is no operator is none.
    for other in ("is:answered", "is:нет", "http://", "чек", "a:b", "по", "12"):
        assert completed(anna, other) == {}

    with counting() as statements:
        html = browser.get("/search/hints?q=возврат+@").text
    assert len(statements) <= 6, statements
    html = browser.get("/search/hints?q=is:off").text
    assert 'data-words="is:official " data-fill' in html


def test_what_is_mistyped_is_offered_as_it_was_meant(anna, index):
    friend, group = factories.person("Константин Никитин"), factories.group("Ближний круг", owner=anna)
    hidden = factories.group("Клуб", visibility=SECRET, owner=friend)
    factories.publication(anna, "Сверка #эквайринг", title="Эквайринг не отвечает", place=group)
    factories.publication(anna, "Ещё раз про #эквайринг")
    factories.publication(friend, "Тайна", title="Сюрпризы именинникам", place=hidden)
    outbox.run_due()
    service.rebuild()

    offered = hints(factories.actor(anna), "эквайрниг")
    assert [topic.name for topic in offered.topics] == ["эквайринг"]
    assert "".join(piece.text for piece in offered.texts[0].title if piece.found) == "Эквайринг"
    for typed in ("никитн", "константн ник", "rjycnfyby"):
        (person,) = hints(factories.actor(anna), typed).people
        assert "".join(piece.text for piece in person.name) == "Константин Никитин", typed
    # What only others may read is nothing that could have been meant; and what is short may just be unfinished.
    assert hints(factories.actor(friend), "сюрпрзиы").texts
    assert not hints(factories.actor(anna), "сюрпрзиы").texts
    assert not hints(factories.actor(anna), "нткт").people


def test_without_an_index_there_are_past_searches_alone(anna, index):
    service.remember(factories.actor(anna), "возврат товара")
    (index / "current").unlink()
    assert [each.words for each in hints(factories.actor(anna), "возв").past] == ["возврат товара"]


def test_what_was_typed_and_found_is_kept_for_its_writer(browser, anna, known):
    factories.publication(anna, "тариф семейный")
    outbox.run_due()

    def search(address):
        """As a browser does: the page that is shown asks to keep what it was asked."""
        asked = re.search(r'data-searched="([^"]*)"', browser.get(f"/search?{address}").text)
        if asked:
            assert browser.post("/search/past", data={"q": asked[1]}).status_code == 200

    for address in (
        "q=тариф",
        "q=ТАРИФ",
        "q=тариф&order=newest",
        "q=ничего+такого",
        "q=семейный&kind=publication",
    ):
        search(address)
    search("q=семейный тариф")
    assert known() == ["семейный тариф", "ТАРИФ"]
    assert known(factories.person()) == []
    assert [each.words for each in past(factories.actor(anna), 9, "тар")] == ["семейный тариф", "ТАРИФ"]
    assert "семейный тариф" in browser.get("/search").text
    assert "семейный тариф" in browser.get("/search/hints?q=").text
    # Without scripts the page asks for nothing, so the field says that it was typed.
    assert 'name="plain"' in browser.get("/search").text
    assert "data-searched" not in browser.get("/search?q=тарифы&plain=1").text
    browser.get("/search?q=ничего+такого&plain=1")
    browser.get("/search?q=тариф&plain=1&order=newest")
    assert known() == ["тарифы", "семейный тариф", "ТАРИФ"]


def test_past_searches_are_forgotten_one_by_one_all_or_for_good(browser, anna, known):
    for words in ("один", "два", "три"):
        service.remember(factories.actor(anna), words)
    other = factories.person()
    service.remember(factories.actor(other), "чужое")
    theirs = db.session.scalar(select(PastSearch.id).where(PastSearch.person_id == other.id))
    mine = past(factories.actor(anna), 9)[0]
    for id_ in (mine.id, theirs, 10**18):
        assert browser.post("/search/past/forget", data={"id": str(id_)}).status_code == 303
    assert browser.post("/search/past/forget", data={"id": "x"}).status_code == 422
    assert (known(), known(other)) == (["два", "один"], ["чужое"])
    browser.post("/search/past/forget")
    assert known() == []

    service.remember(factories.actor(anna), "опять")
    browser.post("/search/past/keep", data={"on": "0"})
    service.remember(factories.actor(anna), "больше не")
    assert (known(), known(other)) == ([], ["чужое"])
    assert "Сохранять мои запросы" in browser.get("/search").text
    browser.post("/search/past/keep", data={"on": "1"})
    service.remember(factories.actor(anna), "снова")
    assert known() == ["снова"]


def test_old_searches_and_those_beyond_the_latest_are_forgotten(anna, known, frozen_clock):
    service.remember(factories.actor(anna), "старое")
    frozen_clock.advance(KEEP_PAST + 1)
    for number in range(PAST_KEPT + 2):
        frozen_clock.advance(1)
        service.remember(factories.actor(anna), f"слово {number}")
    service.forget_past()
    assert (len(known()), known()[-1]) == (PAST_KEPT, "слово 2")


def test_past_searches_go_with_their_writer(anna, known):
    off = factories.person()
    service.remember(factories.actor(anna), "личное")
    service.keep_searches(factories.actor(off), on=False)
    for person in (anna, off):
        erase_person(person.id, by=None)
    deliver_twice("search.forget_person")
    assert [
        db.session.scalar(select(func.count()).select_from(each)) for each in (PastSearch, PastSearchesOff)
    ] == [0, 0]


def test_the_list_is_a_listbox_of_harmless_links(browser, anna):
    factories.publication(anna, "текст", title="Тариф <script>alert(1)</script>")
    outbox.run_due()
    service.remember(factories.actor(anna), "тариф <b>&")
    browser.get("/search/hints?q=тариф")
    with counting() as statements:
        html = browser.get("/search/hints?q=тариф").text
    assert len(statements) <= 6, statements
    assert 'role="listbox"' in html
    assert html.count('role="option"') == 2
    assert "<mark>Тариф</mark> &lt;script&gt;" in html
    assert "тариф &lt;b&gt;&amp;" in html
    assert browser.get("/search/hints?q=нетничего").text.strip() == ""
