import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.characters import clean_characters
from app.lib.text import clean_line, excerpt, fold, in_a_row, is_blank, squeeze, swap_layout, transliterate

ANY_TEXT = st.text(alphabet=st.characters())  # lone surrogates included


@pytest.mark.parametrize(
    ("one", "other"), [("Ёжик", "ежик"), ("за\u0301мок", "замок"), ("ﬁn", "FIN"), ("и\u0306", "Й")]
)
def test_folds_spellings_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(ANY_TEXT)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_squeezes_white_space() -> None:
    assert squeeze(" раз\u00a0 два\r\n\tтри\u2028") == "раз два три"


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t", "\u200b\u200d\ufeff", "\u2800", "\u3164\u00ad", "\x00\x07", "\u202e\u2066", "\ufe0f"],
)
def test_blank_is_what_nobody_sees(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", ".", "🙂", "\u200bя", "0", "—"])
def test_anything_visible_is_not_blank(text: str) -> None:
    assert not is_blank(text)


def test_cleans_a_line() -> None:
    assert clean_line("  Анна\x00 \u202eПетрова\n\u200b", 50) == "Анна Петрова"
    assert clean_line("\u200b\u2800", 50) == ""
    assert clean_line("раз два три", 7) == "раз два"


def test_does_not_cut_a_letter_from_its_accent() -> None:
    assert clean_line("aaq\u0301b", 3) == "aa"
    assert clean_line("a👩\u200d💻", 3) == "a"


@given(ANY_TEXT, st.integers(1, 30))
def test_a_clean_line_is_one_short_visible_line(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert line == squeeze(line)
    assert line.encode().decode() == line


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Как найти покупку\nПопросите чек.\nПотом откройте\n\n  «Возврат»  ",
            "Как найти покупку · Попросите чек. Потом откройте · «Возврат»",
        ),
        ("Строка, которую\nразорвали", "Строка, которую разорвали"),
        ("\n Касса  3\n4 раза", "Касса 3 · 4 раза"),
        (" \n ", ""),
    ],
)
def test_puts_lines_in_a_row(text: str, row: str) -> None:
    assert in_a_row(text) == row


def test_cuts_an_excerpt_between_words() -> None:
    assert excerpt("Возврат   без чека", 40) == "Возврат без чека"
    assert excerpt("Возврат, без чека возможен", 12) == "Возврат…"
    assert excerpt("Возврат без чека возможен", 16) == "Возврат без…"
    assert excerpt("сверхдлинноеслово", 5) == "свер…"
    assert excerpt("слово", 0) == ""


@given(st.text(), st.integers(0, 40))
def test_an_excerpt_is_never_longer(text: str, n: int) -> None:
    assert len(excerpt(text, n)) <= n


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Юлия Щукина", "Yuliya Shchukina"),
        ("Пётр Объедков", "Petr Obedkov"),
        ("ЩУКА", "SHCHUKA"),
        ("Хабаровск-2", "Khabarovsk-2"),
        ("й и\u0306", "y y"),
        ("Anna", "Anna"),
    ],
)
def test_transliterates(text: str, expected: str) -> None:
    assert transliterate(text) == expected


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("fyyf", "анна"),
        ("Gtnhjdf", "Петрова"),
        (",jkmybxysq", "больничный"),
        ("рудз-вуыл", "help-desk"),
        ("`krf", "ёлка"),
    ],
)
def test_swaps_the_layout_both_ways(wrong: str, right: str) -> None:
    assert swap_layout(wrong) == right
    assert swap_layout(right) == wrong


def test_cleaning_characters_keeps_what_people_mean() -> None:
    assert clean_characters("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"
    assert clean_characters("\ud83d\ude42 \ud83d") == "🙂 \ufffd"
    assert clean_characters("a\x00\x1b\u202e\u2066\ufeffb\tc") == "ab\tc"
    assert clean_characters("👩\u200d💻 שלום\u200f") == "👩\u200d💻 שלום\u200f"
    assert clean_characters("z" + "\u0301" * 50).count("\u0301") < 9


@given(ANY_TEXT)
def test_cleaned_characters_can_be_stored(text: str) -> None:
    cleaned = clean_characters(text)
    assert cleaned.encode().decode() == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\x00" not in cleaned
