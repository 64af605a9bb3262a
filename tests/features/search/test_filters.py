"""Narrowing what was found, and how much each way would leave."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from app.core import clock
from app.core.errors import Invalid
from app.groups.models import SECRET
from app.questions.service import accept
from app.search import service
from app.trust.service import make_official
from tests import factories


@pytest.fixture
def told(anna, frozen_clock):
    """Old news about a tariff, then three questions: one waits, one is answered, one officially; and comments."""
    old = factories.publication(anna, "старый тариф #связь")
    frozen_clock.advance(10 * clock.DAY)
    waiting = factories.question(anna, "какой тариф?")
    factories.answer(waiting, body="дорогой тариф")
    answered, official = (
        factories.question(body="тариф #связь и чек"),
        factories.question(body="тариф и касса"),
    )
    answer = factories.answer(answered, body="тариф семейный")
    accept(factories.actor(factories.person(roles=["editor"])), answer.public_id, on=True)
    said = factories.answer(official, body="тариф официально")
    make_official(factories.actor(factories.person(roles=["editor"])), said.public_id, on=True)
    return {"old": old, "waiting": waiting, "answered": answered, "official": official, "said": said}


def numbers(options):
    return {option.value: option.count for option in options}


def test_texts_are_narrowed_and_every_way_is_counted_under_the_others(anna, told, find):
    def ids(**wanted):
        return {text.id for text in find(anna, "тариф", **wanted).texts}

    asked = {told[name].id for name in ("waiting", "answered", "official")}
    assert ids(state="question") == asked
    assert ids(state="answered") == asked - {told["waiting"].id}
    assert ids(state="unanswered") == {told["waiting"].id}
    assert ids(state="official") == {told["official"].id, told["said"].id}
    assert told["old"].id not in ids(period="week")
    assert ids(topic="Связь") == {told["old"].id, told["answered"].id}
    assert ids(topic="связь", period="week") == {told["answered"].id}

    page = find(anna, "тариф")
    assert numbers(page.filters.states) == {"question": 3, "answered": 2, "unanswered": 1, "official": 2}
    assert numbers(page.filters.periods) == {"week": 6, "month": 7, "year": 7, "day": 6}
    page = find(anna, "тариф", period="week", state="question")
    assert page.total == 3
    assert numbers(page.filters.states)["question"] == 3
    assert numbers(page.filters.periods) == {"day": 3, "week": 3, "month": 3, "year": 3}
    page = find(anna, "тариф", kind="comment")
    assert numbers(page.filters.states) == {"official": 1}


def test_people_and_topics_stand_in_no_group_and_are_from_nobody(anna, told, find):
    factories.person("Тариф Тарифов")
    group = factories.group("Тариф", members=[anna])
    inside = factories.publication(anna, "тариф в группе", place=group)
    find(anna, "тариф")
    service.rebuild()
    assert set(find(anna, "тариф").counts) == {"publication", "comment", "person", "group"}
    page = find(anna, "тариф", group=group.handle)
    assert ([text.id for text in page.texts], page.counts) == ([inside.id], {"publication": 1})
    assert numbers(page.filters.groups) == {"mine": 1, group.handle: 1}
    assert find(anna, "тариф", group="mine").counts == {"publication": 1}
    assert find(anna, "тариф", kind="person", period="day").counts == {"publication": 4, "comment": 3}
    mine = find(anna, "тариф", person=anna.handle)
    assert {text.id for text in mine.texts} == {told["old"].id, told["waiting"].id, inside.id}
    # Without words there is everything that the filters let through.
    assert find(anna, "", person=anna.handle).total == 3


def test_beside_each_group_stands_what_it_would_leave(anna, find):
    """Also while another is chosen; what the reader may not know of is not offered."""
    owner, mine = factories.person(), factories.group("Моя", members=[anna])
    other = factories.group("Другая", owner=owner)
    secret = factories.group("Тайная", visibility=SECRET, owner=owner)
    factories.publication(anna, "тариф у нас", place=mine)
    for place in (other, other, secret):
        factories.publication(owner, "тариф у других", place=place)
    expected = {"mine": 1, mine.handle: 1, other.handle: 2}
    for chosen in ("", "mine", mine.handle, other.handle):
        assert numbers(find(anna, "тариф", group=chosen).filters.groups) == expected
    page = find(anna, "тариф", group=other.handle, state="question")
    assert numbers(page.filters.groups) == {other.handle: 0}


def test_a_group_that_may_not_be_known_is_not_there(client, find):
    owner, charlie = factories.person(), factories.person("Чарли Чужой")
    secret = factories.group("Планёрка", visibility=SECRET, owner=owner)
    factories.publication(owner, "тариф", place=secret)
    browser = client.sign_in(charlie)
    refused = [
        browser.get(f"/search?q=тариф&group={handle}", headers={"Accept": "application/json"}).get_json()
        for handle in (secret.handle, "нет-такой")
    ]
    assert refused[0] == refused[1]
    assert (refused[0]["status"], refused[0]["field"]) == (422, "group")
    with pytest.raises(Invalid):
        find(charlie, "тариф", group=secret.handle)
    assert find(owner, "тариф", group=secret.handle).total == 1
    assert find(charlie, "тариф", group="mine").counts == {}


def test_the_page_links_every_filter_and_keeps_the_words(client, anna, told, find):
    find(anna, "тариф")
    browser = client.sign_in(anna)
    html = unescape(browser.get("/search?q=тариф&period=week&order=newest").text)
    links = {unquote(link) for link in re.findall(r'href="(/search\?[^"]+)"', html)}
    kept = "/search?q=тариф&{}&order=newest"
    for narrower in ("state=unanswered&period=week", "period=month", "kind=comment&period=week"):
        assert kept.format(narrower) in links
    assert "/search?q=тариф&order=newest" in links
    narrowed = browser.get("/search?q=тариф&state=article").text
    assert '/search?q=%D1%82%D0%B0%D1%80%D0%B8%D1%84"' in narrowed
    assert "<article" not in narrowed


def test_a_topic_that_is_none_is_told(client, anna, find):
    """One of a closed group is none for whoever is not in it; one that has nothing of what is asked is there."""
    owner = factories.person()
    secret = factories.group("Планёрка", visibility=SECRET, owner=owner)
    factories.publication(owner, "тариф #сюрприз", place=secret)
    factories.publication(anna, "чек #связь")
    for name in ("сюрприз", "Нет_такой"):
        page = find(anna, "тариф", topic=name)
        assert (page.is_topic_unknown, page.counts) == (True, {}), name
    for person, q, name in ((anna, "тариф", "связь"), (owner, "тариф", "сюрприз"), (owner, "чек", "сюрприз")):
        assert not find(person, q, topic=name).is_topic_unknown, (q, name)
    browser = client.sign_in(anna)
    for name, told in (("сюрприз", True), ("нет_такой", True), ("связь", False)):
        response = browser.get(f"/search?q=тариф&topic={name}")
        assert (response.status_code, "Такой темы нет" in response.text) == (200, told), name
