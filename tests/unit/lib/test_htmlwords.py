import pytest

from app.lib.htmlwords import plain_words
from app.lib.markup import render


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("просто текст", "просто текст"),
        ("**жирный** и *курсив*", "жирный и курсив"),
        ("раз\nдва\n\nтри", "раз\nдва\nтри"),
        ("- один\n- два", "один\nдва"),
        ("1 < 2 & 3 > 2 <b>", "1 < 2 & 3 > 2 <b>"),
        ("[ссылка](https://example.com/x) #тема", "ссылка #тема"),
        ("`a<b`", "a<b"),
        ("", ""),
    ],
)
def test_words_of_rendered_text(source: str, words: str) -> None:
    assert plain_words(render(source).html) == words
