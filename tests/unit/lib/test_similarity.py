"""The arithmetic of likeness."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.lib import similarity

counts = st.dictionaries(st.sampled_from("абвгд"), st.integers(1, 50))


@given(st.integers(1, 10_000), st.data())
def test_a_rarer_word_tells_more_and_none_tells_less_than_nothing(texts, data):
    frequency = data.draw(st.integers(1, texts))
    worth = similarity.inverse_frequency(texts, frequency)
    assert worth > 0
    if frequency > 1:
        assert similarity.inverse_frequency(texts, frequency - 1) > worth


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=20))
def test_a_longer_field_has_to_say_a_word_more_often(lengths):
    allowances = similarity.allowance(np.array(lengths, dtype=float), similarity.TEXT)
    assert (allowances > 0).all()
    by_length = [allowance for _, allowance in sorted(zip(lengths, allowances, strict=True))]
    assert by_length == sorted(by_length, reverse=True)


def test_saying_it_again_adds_ever_less():
    once, twice, often = similarity.saturated(np.array([1.0, 2.0, 1e9]))
    assert once < twice < 2 * once
    assert often < 1.0001


@given(counts, counts)
def test_words_of_the_title_count_more(title, text):
    weights = similarity.query_weights(title, text)
    assert weights.keys() == title.keys() | text.keys()
    assert all(weight > 0 for weight in weights.values())
    for word in title.keys() - text.keys():
        assert weights[word] > similarity.query_weights({}, title)[word]


def test_letters_find_what_stems_do_not():
    headlines = ["Пилинг павербанка", "Повербанк не заряжается", "График отпусков"]
    near = similarity.by_letters("паувербанк не зарижается", headlines)
    assert near[1] == 1.0
    assert near[1] > near[0] > near[2] == 0.0
    assert similarity.by_letters("", headlines) == [0.0] * 3
    assert similarity.by_letters("ничего", []) == []
