"""The beginning of a text is a text: everything closed, nothing cut inside, nothing added but the ellipsis."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.markup import render, shorten, without_last_topics

TEXTS = st.text(alphabet="abк ё&<>\"'*_`~#@\n-1.[]() ", max_size=600)


def words(html: str) -> str:
    """What a reader sees, without spaces."""
    return re.sub(r"\s|…", "", re.sub(r"<[^>]*>", "", html))


def tags(html: str) -> list[str]:
    """Tags that are open at the end."""
    opened = []
    for closing, tag in re.findall(r"<(/?)([a-z][a-z0-9]*)[^>]*>", html):
        if closing:
            assert opened.pop() == tag
        elif tag not in ("br", "hr"):
            opened.append(tag)
    return opened


@given(TEXTS, st.integers(0, 200), st.integers(1, 8))
def test_what_is_left_is_the_whole_beginning(source, characters, breaks):
    html = render(source).html
    short = shorten(html, characters=characters, breaks=breaks)
    assert words(html).startswith(words(short))
    assert tags(short) == []
    assert not re.search(r"&[#\w]*…", short)


def test_what_fits_stays_as_it_is():
    html = render("Коротко и *ясно*").html
    assert shorten(html, characters=100, breaks=5) == html


def test_a_long_text_ends_between_words():
    html = render("слово " * 100).html
    assert shorten(html, characters=52, breaks=5) == "<p>" + " ".join(["слово"] * 8) + "…</p>"


def test_many_lines_are_a_long_text():
    short = shorten(render("\n".join("строка" for _ in range(40))).html, characters=10_000, breaks=6)
    assert short.count("<br") == 5


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("Текст. #один #два", "<p>Текст.</p>"),
        ("Текст! #один, #два.", "<p>Текст!</p>"),
        ("Говорим про #один", None),
        ("Есть вопросы по #один, #два.", None),
        ("Текст\n\n#один #два", "<p>Текст</p>"),
        ("Текст\n#один", "<p>Текст</p>"),
        ("#один", ""),
        ("О #тема внутри", None),
        ("#тема и дальше", None),
        ("Код `#нет`", None),
    ],
)
def test_topics_at_the_end_stand_as_chips(source, kept):
    html = render(source).html
    assert without_last_topics(html).strip() == (html.strip() if kept is None else kept)


@given(TEXTS)
def test_nothing_but_topics_is_taken_from_the_end(source):
    html = render(source).html
    left = without_last_topics(html)
    assert tags(left) == []
    taken = words(html)[len(words(left)) :]
    assert re.fullmatch(r"(#[\w-]+[,.]*)*", taken)
