"""What is meant by what is typed: phrases, minus, mentions, repairs, words that mean the same."""

import pytest

from app.search import service
from app.vocabulary import service as vocabulary
from tests import factories
from tests.features.search.reading import found, names


def test_phrases_and_minus(anna, find):
    factories.publication(anna, "Подарочная карта клиента")
    factories.publication(anna, "Карта подарочная для айфона")
    assert found(find(anna, '"подарочная карта"')) == ["Подарочная карта клиента"]
    assert found(find(anna, "карта -айфон")) == ["Подарочная карта клиента"]


def test_topics_narrow_and_unknown_topics_are_words(anna, find):
    factories.publication(anna, "Цены #акции")
    factories.publication(anna, "Про акции словами")
    assert found(find(anna, "#Акции")) == ["Цены #акции"]
    assert found(find(anna, "акции -#акции")) == ["Про акции словами"]
    assert "Про акции словами" in found(find(anna, "#акция"))


def test_mentions_find_whoever_is_mentioned(anna, find):
    olga = factories.person("Ольга Щукина")
    factories.publication(anna, f"Спросите @{olga.handle} про кассу")
    factories.publication(anna, "Касса закрыта")
    service.rebuild()
    page = find(anna, f"касса @{olga.handle}")
    assert len(page.texts) == 1
    assert names(find(anna, f"@{olga.handle}")) == ["Ольга Щукина"]


def test_codes_as_they_look_and_as_the_keyboard_gives_them(anna, find):
    factories.publication(anna, "Новый терминал СМ-А515 в У112")
    for q in ("sm-a515", "CM-A515", "cм-a515", "y112", "e112"):
        assert len(find(anna, q).texts) == 1 or q == "sm-a515", q


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghjwtyn", "процент"),
        ("фсйгшкштп", "acquiring"),
        ("ставка ghjwtyn", "ставка процент"),
        ("rfr jnrhsnm acquiring", "как открыть acquiring"),
        ("процинт", "процент"),
        ("acquirng", "acquiring"),
        # Though the other word is found five times.
        ("ставка процинт", "ставка процент"),
    ],
)
def test_other_layouts_and_slips_are_repaired_and_said(anna, find, typed, meant):
    for number in range(5):
        factories.publication(anna, f"Ставка {number}")
    factories.publication(anna, "Ставка и процент, acquiring: как открыть")
    page = find(anna, typed)
    assert page.read_as == meant
    assert "Ставка и процент, acquiring: как открыть" in found(page)
    exact = find(anna, typed, exact=True)
    assert exact.read_as == ""
    assert "Ставка и процент, acquiring: как открыть" not in found(exact) or " " in typed


def test_words_that_are_there_are_left_alone(anna, find):
    factories.publication(anna, "процент")
    factories.publication(anna, "процентик")
    assert find(anna, "процентик").read_as == find(anna, "процент -тариф").read_as == ""


def test_what_is_only_like_another_word_is_not_taken_for_it(anna, find):
    """Nobody gets what they did not mean, and the question form stands where nothing is found."""
    factories.publication(anna, "Разбор занимает час #training")
    assert find(anna, "зависает").total == 0
    # In the other layout it is "rti,tr", of which a topic has the end.
    assert find(anna, "кешбек").read_as == ""


def test_words_that_mean_the_same_find_each_other_in_search_and_similar(anna, find):
    from app.search.queries.similar import similar_questions

    editor = factories.actor(factories.person(roles=["editor"]))
    asked = factories.question(anna, "Клиент потерял симку")
    other = factories.question(anna, "Клиент потерял сим-карту, как восстановить?")
    service.rebuild()
    assert len(find(anna, "симка").texts) == 1
    vocabulary.add(editor, ("симка", "сим-карта"))
    assert len(find(anna, "симки").texts) == len(find(anna, "сим карты").texts) == 2
    assert [near.id for near in similar_questions(factories.actor(anna), asked.public_id)] == [other.id]


def test_little_words_are_neither_searched_nor_marked_beside_others(anna, find):
    """Unless they are quoted."""
    factories.publication(anna, "Терминал не работает, не печатает")
    for q, marked in (
        ("терминал не", ["Терминал"]),
        ("не работает терминал", ["Терминал", "работает"]),
        ('терминал "не работает"', ["Терминал", "не работает"]),
    ):
        (text,) = find(anna, q).texts
        assert [piece.text for piece in text.snippet if piece.found] == marked, q
    assert find(anna, "не подходит ключ").texts == ()
