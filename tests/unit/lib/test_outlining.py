"""The table of contents, and the line of topics below a text."""

import pytest

from app.lib.markup import outline, render
from app.lib.topicline import split_topics, topic_names, with_topics


def test_headings_get_addresses_that_hold_nothing_of_what_was_written():
    made = outline(render('# Раз "><img>\n\n## Два *важно*\n\nтекст\n\n# &nbsp;\n\n# #тема').html)
    assert [(each.anchor, each.words, each.below) for each in made.headings] == [
        ("part-1", 'Раз "><img>', False), ("part-2", "Два важно", False), ("part-3", "#тема", False),
    ]  # fmt: skip
    assert '<h3 id="part-2">' in made.html
    assert "<img>" not in made.html


def test_smaller_headings_stand_below():
    assert [each.below for each in outline(render("# А\n\n### Б").html).headings] == [False, True]


@pytest.mark.parametrize(
    ("source", "text", "topics"),
    [
        ("Текст.\n\n#возврат #касса", "Текст.", "#возврат #касса"), ("Текст #в строке", "Текст #в строке", ""),
        ("#касса", "", "#касса"), ("Текст.\n#а, #б", "Текст.", "#а #б"), ("# Заголовок", "# Заголовок", ""),
        ("Текст.\n\n#1", "Текст.\n\n#1", ""),
    ],
)  # fmt: skip
def test_the_last_line_of_topics_is_a_field_of_its_own(source, text, topics):
    assert split_topics(source) == (text, topics)


def test_topics_after_the_last_sentence_are_taken_where_that_is_wanted():
    assert split_topics("Как вернуть? #а #б", sentences=True) == ("Как вернуть?", "#а #б")
    assert split_topics("Говорим о #касса", sentences=True) == ("Говорим о #касса", "")


def test_topics_are_typed_in_many_ways():
    assert topic_names("#Касса, касса; возврат") == ["Касса", "возврат"]
    assert topic_names("два!слова") is None
    assert with_topics("Текст. \n", ["а"]) == "Текст.\n\n#а"
    assert with_topics("Текст.", []) == "Текст."
