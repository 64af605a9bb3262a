"""Reading a new text over an old one."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.lib.compare import GONE, LEFT_OUT, NEW, SAME, Stretch, compare

text = st.text(alphabet="аб \n.", max_size=60)


def read(stretches, kind):
    return "".join(each.text for each in stretches if each.kind in (SAME, kind))


def test_words_that_changed_stand_beside_each_other():
    assert compare("Ровно четырнадцать дней без чека", "Ровно тридцать два дня без чека") == (
        Stretch(SAME, "Ровно "), Stretch(GONE, "четырнадцать дней"), Stretch(NEW, "тридцать два дня"),
        Stretch(SAME, " без чека"),
    )  # fmt: skip
    assert compare("Один\nДва", "Один\nДва") == (Stretch(SAME, "Один\nДва"),)
    assert compare("", "Новое") == (Stretch(NEW, "Новое"),)


@given(text, text)
def test_nothing_of_either_text_is_lost(old, new):
    found = compare(old, new)
    assert read(found, NEW) == new
    assert read(found, GONE) == old
    assert all(one.kind != other.kind for one, other in pairwise(found))


def test_what_stayed_far_from_a_change_is_left_out():
    words = " ".join(f"слово{number}" for number in range(100))
    found = compare(f"{words} старое {words}", f"{words} новое {words}", around=6)
    assert [each.kind for each in found] == [LEFT_OUT, SAME, GONE, NEW, SAME, LEFT_OUT]
    assert found[1].text == "слово97 слово98 слово99 "
    assert found[4].text == " слово0 слово1 слово2"
