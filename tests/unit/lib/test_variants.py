import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.variants import MOST, in_latin, in_russian, of_name, of_word


@pytest.mark.parametrize(
    ("russian", "spellings"),
    [
        ("иванова", {"ivanova"}),
        ("юлия", {"yuliya", "iuliia", "yulia", "julia"}),
        ("алексей", {"aleksey", "aleksei", "alexey"}),
        ("дмитрий", {"dmitriy", "dmitrii", "dmitry", "dmitri"}),
        ("евгений", {"evgeniy", "evgeny", "yevgeny"}),
        ("щукина", {"shchukina", "schukina", "shukina"}),
        ("хачатурян", {"khachaturyan", "khachaturian", "hachaturyan"}),
        ("цветкова", {"tsvetkova", "cvetkova"}),
    ],
)
def test_russian_names_in_the_latin_spellings_in_use(russian, spellings):
    assert spellings <= set(in_latin(russian))


@pytest.mark.parametrize(
    ("latin", "russian"),
    [
        ("ivanova", "иванова"), ("petrov", "петров"), ("shchukina", "щукина"), ("yuliya", "юлия"), ("iuliia", "юлия"),
        ("maria", "мария"), ("dmitry", "дмитрий"), ("aleksey", "алексей"), ("sergei", "сергей"),
        ("khabarov", "хабаров"), ("samsung", "самсунг"), ("john", "джон"),
    ],
)  # fmt: skip
def test_latin_names_as_they_are_written_in_russian(latin, russian):
    assert russian in in_russian(latin)


def test_a_name_in_all_other_spellings_without_its_own():
    spelled = of_name("Юлия Ким")
    assert {"julia", "kim"} <= set(spelled)
    assert "юлия" not in spelled
    assert "ким" in of_name("Kim Smith")
    assert of_name("") == of_name("123 !") == ()


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("У112", "y112"),
        ("u112", "у112"),
        ("e112", "е112"),
        ("СМ-А515", "cm-a515"),
        ("yt112", "не112"),
        ("ivanova", "иванова"),
    ],
)
def test_codes_and_words_as_they_may_stand_in_a_text(typed, other):
    assert other in of_word(typed)


@given(st.text(max_size=40))
def test_a_word_has_few_spellings_and_never_itself(word):
    assert len(of_word(word)) <= MOST
    assert "" not in of_word(word)
    assert all(len(each) <= 8 * len(word) + 8 for each in of_word(word))
