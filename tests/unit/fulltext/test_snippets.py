import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader

from app.core.fulltext.snippets import Marker, Piece


def marked(query: str, text: str, *, prefix: bool = False) -> list[str]:
    return [piece.text for piece in Marker(query, prefix=prefix).mark(text) if piece.found]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("акция", "Все акции недели и Акциями", ["акции", "Акциями"]),
        ("симкарта", "Новая сим-карта тут", ["сим-карта"]),
        ("отчет", "Отчёт и отче\u0308т", ["Отчёт", "отче\u0308т"]),
        ("#акции", "см. #Акции", ["#Акции"]),
        ("returns", "He returned it", ["returned"]),
        ("как вернуть", "Как это вернуть?", ["вернуть"]),
        ("<b>", "a <b>жирный</b> текст", ["b", "b"]),
        ("", "текст", []),
    ],
)
def test_marks_forms_of_the_asked_words(query: str, text: str, expected: list[str]) -> None:
    assert marked(query, text) == expected


def test_marks_what_goes_on_from_the_last_word() -> None:
    assert marked("анна пет", "Анна Петрова", prefix=True) == ["Анна", "Петрова"]
    assert marked("пет", "Анна Петрова") == []


@pytest.mark.parametrize("text", ["", "   a  b ", "один\nдва\tтри", "🙂 <script>акция</script> ё\u0301"])
def test_pieces_together_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in Marker("акция два").mark(text)) == text


def test_snippet_shows_where_most_different_words_stand() -> None:
    text = "возврат " * 20 + "прочее " * 60 + "Здесь возврат телефона описан. " + "хвост " * 60
    pieces = Marker("возврат телефона").snippet(text, width=120)
    shown = "".join(piece.text for piece in pieces)
    assert {"возврат", "телефона"} <= {piece.text for piece in pieces if piece.found}
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 122
    assert not any(word.strip("….") not in text for word in shown.split())


def test_snippet_without_found_words_is_the_beginning() -> None:
    pieces = Marker("нет такого").snippet("слово " * 100, width=50)
    assert pieces[0].text.startswith("слово слово")
    assert pieces[-1] == Piece("…", found=False)


def test_snippet_of_a_text_without_spaces() -> None:
    shown = "".join(piece.text for piece in Marker("x").snippet("ы" * 1000, width=50))
    assert len(shown) <= 52


def test_marks_a_quoted_phrase_only_where_it_stands_word_by_word() -> None:
    marker = Marker("", phrases=("возврат без чека",))
    found = [piece.text for piece in marker.mark("Возврат без чека. Возвраты без чеков, чек.") if piece.found]
    assert found == ["Возврат без чека"]


def test_marks_what_means_the_same_in_any_form() -> None:
    marker = Marker("симка", alternatives=(("симка", "сим-карта", "карта абонента"),))
    text = "Симки, сим-картой и картами абонентов, но не карта"
    assert [piece.text for piece in marker.mark(text) if piece.found] == [
        "Симки",
        "сим-картой",
        "картами абонентов",
    ]


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        (Marker("терминал не работает"), ["терминал", "работает"]),
        (Marker("терминал не", alternatives=(("терминал", "terminal"), ("не", "ne"))), ["терминал"]),
        # "Тома" and the stop word "том" have one stem.
        (Marker("тома"), ["тома"]),
        (Marker("тома", alternatives=(("тома", "книга"),)), ["тома"]),
        (Marker("", phrases=("не работает",)), ["не работает"]),
        (Marker("", alternatives=(("не работает", "сломан"),)), ["не работает"]),
        # Asked for alone it is searched for.
        (Marker("не"), ["не", "Не"]),
        (Marker("не", alternatives=(("не", "ne"),)), ["не", "Не"]),
    ],
)
def test_stop_words_are_not_marked_unless_they_are_quoted_or_alone(
    marker: Marker, expected: list[str]
) -> None:
    text = "В том, что терминал не работает, виноваты тома. Не мы."
    assert [piece.text for piece in marker.mark(text) if piece.found] == expected


PIECES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[3] / "templates"),
    autoescape=True,
    extensions=["jinja2.ext.i18n"],
)
PIECES.install_null_translations()  # type: ignore[attr-defined]
SHOWN = PIECES.from_string('{% from "search/_pieces.html" import pieces %}{{ pieces(parts) }}')
#: Words that meet, markup, letters that change their number when folded, and anything else.
WORDS = st.sampled_from(
    ["возврат", "Возвратом", "сим-карта", "a_", "_", "<b>", "&lt;", "</mark>", "ё\u0301", "İ", "ﬁ", "#x"]
)
TEXTS = st.lists(WORDS | st.text(max_size=8), max_size=30).map(" ".join)


@given(text=TEXTS, query=TEXTS, phrase=TEXTS, same=TEXTS, prefix=st.booleans(), width=st.integers(10, 80))
def test_whatever_is_written_and_asked_no_markup_comes_through(
    text: str, query: str, phrase: str, same: str, prefix: bool, width: int
) -> None:
    marker = Marker(query, prefix=prefix, phrases=(phrase,), alternatives=((same, query),))
    assert "".join(piece.text for piece in marker.mark(text)) == text
    parts = marker.snippet(text, width)
    rendered = SHOWN.render(parts=parts)
    bare = re.sub("</?mark>", "", rendered)
    assert not set("<>\"'") & set(bare)
    assert html.unescape(bare) == "".join(piece.text for piece in parts)
    assert rendered.count("<mark>") == rendered.count("</mark>") == sum(piece.found for piece in parts)
