from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.lib.typedquery import (
    FROM,
    IN,
    IS,
    PERSON,
    PHRASE,
    STATES,
    TOPIC,
    WORD,
    day_of,
    operators_from,
    read,
    states_from,
    unfinished,
)

TODAY = date(2026, 3, 20)
ANY_TEXT = st.text(alphabet=st.characters())  # lone surrogates included
#: What operators are made of, so that many of them come about.
OPERATORS = st.lists(
    st.sampled_from(
        ["from:", "от:", "in:", "is:", "это:", "before:", "до:", "after:", "вопрос", "question", "2026-03-14", "14.03",
         "2026", '"', "«", "»", "“", "-", "#", "@", "#акции", "@anna.k", " ", " ", "тариф", "+7 916 123-45-67", ":"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(st.one_of(ANY_TEXT, OPERATORS))
@example('from:"')
@example('FROM:""')
@example("-")
@example("«»")
@example("after:99999999999999999999")
def test_any_text_can_be_read(text: str) -> None:
    typed = read(text, TODAY)
    assert typed.after is None or isinstance(typed.after, date)
    assert isinstance(typed.phone, str)
    assert typed.before is None or typed.before.year > 1970
    assert all(piece.value for piece in typed.pieces)
    # Nothing that was typed is lost, and reading it again reads the same.
    letters = [char for char in text[:1000] if char.isalnum()]
    assert [char for char in str(typed) if char.isalnum()] == letters
    assert read(str(typed), TODAY).pieces == typed.pieces or '"' in text or any(c in text for c in "«»“”„")


def test_words_phrases_and_minus() -> None:
    typed = read('возврат "без чека" -айфон -"по гарантии" «подарочная карта»', TODAY)
    assert typed.words == ("возврат",)
    assert typed.of(PHRASE) == ("без чека", "подарочная карта")
    assert typed.of(WORD, minus=True) == ("айфон",)
    assert typed.of(PHRASE, minus=True) == ("по гарантии",)
    assert not typed.is_plain
    assert read("сим-карта - замена", TODAY).text == "сим-карта - замена"
    assert read("два слова", TODAY).is_plain


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("from:Петровой", FROM, "Петровой"),
        ('от:"Анна Петрова"', FROM, "Анна Петрова"),
        ("От:@анна.петрова,", FROM, "анна.петрова"),
        ("in:У112", IN, "У112"),
        ("в:«Новости компании»", IN, "Новости компании"),
        ("is:QUESTION", IS, "question"),
        ("это:вопрос", IS, "question"),
        ("это:без-ответа", IS, "unanswered"),
        ("есть:файл", IS, "files"),
        ("#Акции,", TOPIC, "Акции"),
        ("@Анна.Петрова", PERSON, "анна.петрова"),
    ],
)
def test_operators_in_both_languages(text: str, kind: str, value: str) -> None:
    (piece,) = read(text, TODAY).pieces
    assert (piece.kind, piece.value, piece.minus) == (kind, value, False)


@pytest.mark.parametrize(
    "text",
    ["http://help.example/7", "is:unknown", "from:", "in: склад", "after:завтра", "12:30", "до:50", "a@b.c"],
)
def test_what_makes_no_sense_as_an_operator_is_a_word(text: str) -> None:
    typed = read(text, TODAY)
    assert {piece.kind for piece in typed.pieces} == {WORD}
    assert typed.text == text


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-14", date(2026, 3, 14)),
        ("2026-3", date(2026, 3, 1)),
        ("2025", date(2025, 1, 1)),
        ("14.03.2026", date(2026, 3, 14)),
        ("14/3/26", date(2026, 3, 14)),
        ("03.2026", date(2026, 3, 1)),
        ("14.03", date(2026, 3, 14)),
        ("24.12", date(2025, 12, 24)),
        ("сегодня", TODAY),
        ("Yesterday", date(2026, 3, 19)),
        ("31.02.2026", None),
        ("0000", None),
        ("2026-13", None),
        ("٢٠٢٦", None),
    ],
)
def test_days_as_people_write_them(written: str, day: date | None) -> None:
    assert day_of(written, TODAY) == day


def test_several_days_leave_what_all_of_them_leave() -> None:
    typed = read("after:2026-01 после:2026-02 before:2027 до:01.03.2026", TODAY)
    assert (typed.after, typed.before) == (date(2026, 2, 1), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("4567", "4567"),
        ("45-67", "4567"),
        ("+7 (916) 123-45-67", "9161234567"),
        ("8 916 123 45 67 позвонить", "9161234567"),
        ("456", ""),
        ("акции 2024", ""),
        ("арт. 1234567 чехол", ""),
    ],
)
def test_the_last_digits_of_a_phone(text: str, tail: str) -> None:
    assert read(text, TODAY).phone == tail


def test_words_are_respelled_in_their_places() -> None:
    typed = read("тариф ghjwtyn -ghjwtyn #акции", TODAY).respelled({"ghjwtyn": "процент"})
    assert str(typed) == "тариф процент -ghjwtyn #акции"
    assert typed.words == ("тариф", "процент")


@given(st.one_of(ANY_TEXT, OPERATORS))
def test_what_is_being_typed_ends_the_text(text: str) -> None:
    typed = unfinished(text)
    assert typed is None or typed.before + typed.value == text
    assert all(words.endswith(":") and unfinished(words) for words in operators_from(text))


def test_every_word_that_is_offered_is_understood() -> None:
    for key in ("is", "это"):
        for word, state in states_from("", russian=key == "это"):
            assert [(piece.kind, piece.value) for piece in read(f"{key}:{word}", TODAY).pieces] == [
                (IS, state)
            ]
    assert [state for _word, state in states_from("", russian=True)] == list(STATES)
    assert states_from("open", russian=False) == (("unanswered", "unanswered"),)
    assert operators_from("чек где") == ("чек в:",)
    assert operators_from("aft") == ("after:",)
    assert operators_from("по") == operators_from("чек ") == ()
