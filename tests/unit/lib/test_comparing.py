"""Comparing texts: both can be read from the comparison, and it is readable."""

from hypothesis import given
from hypothesis import strategies as st

from app.lib.comparing import compare

PARAGRAPHS = st.lists(st.text(alphabet="аб в.,", max_size=30), max_size=8).map("\n\n".join)


def words(comparison, *kinds):
    return [
        word
        for block in comparison.blocks
        for each in block.stretches
        if each.kind in kinds
        for word in each.text.split()
    ]


@given(PARAGRAPHS, PARAGRAPHS)
def test_the_words_that_came_and_went_explain_the_difference(before, after):
    found = compare(before, after)
    assert found.is_empty or words(found, "gone") or words(found, "added")
    gone, added = words(found, "gone", "same"), words(found, "added", "same")
    if not any(block.folded for block in found.blocks):
        assert "".join(gone) == "".join(before.split())
        assert "".join(added) == "".join(after.split())


def test_a_changed_word_is_shown_within_its_paragraph():
    found = compare("Срок три дня.\n\nЧек нужен.", "Срок пять дней.\n\nЧек нужен.")
    first, second = found.blocks
    assert [(each.kind, each.text) for each in first.stretches if each.kind != "same"] == [
        ("gone", "три дня"), ("added", "пять дней"),
    ]  # fmt: skip
    assert [each.kind for each in second.stretches] == ["same"]
    assert (found.gone, found.added) == (2, 2)


def test_a_sign_that_went_is_a_difference_though_no_word_did():
    assert not compare("Скидка -5 процентов", "Скидка 5 процентов").is_empty
    assert compare("Скидка 5 процентов", "Скидка 5  процентов ").is_empty


def test_paragraphs_far_from_a_change_are_folded():
    before = "\n\n".join(f"Абзац {number}." for number in range(20))
    found = compare(before, before + "\n\nНовый.")
    assert [block.folded for block in found.blocks] == [19, 0, 0]
    assert compare(before, before).is_empty


def test_long_paragraphs_without_much_in_common_are_shown_whole():
    found = compare("а " * 4000, "б а " * 2400)
    assert [block.stretches[0].kind for block in found.blocks] == ["added", "gone"]
