"""The part of a photo that is shown: always a square inside the picture."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.lib.cropping import Cut, cut_from, cut_out


@given(
    st.integers(1, 3000),
    st.integers(1, 3000),
    st.integers(0, 100),
    st.integers(0, 100),
    st.integers(100, 300),
)
def test_the_cut_is_a_square_inside_the_picture(width, height, across, down, zoom):
    left, top, right, bottom = Cut(across, down, zoom).box(width, height)

    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert right - left == bottom - top


@pytest.mark.parametrize(
    ("fields", "cut"),
    [
        (("10", "20", "150"), Cut(10, 20, 150)),
        (("", "x", "1e9"), Cut()),
        (("-5", "900", "1"), Cut(0, 100, 100)),
    ],
)
def test_fields_mean_the_nearest_that_makes_sense(fields, cut):
    assert cut_from(*fields) == cut


def test_what_is_cut_out_is_what_was_there():
    picture = Image.new("RGB", (600, 200), "blue")
    picture.paste("red", (400, 0, 600, 200))
    data = BytesIO()
    picture.save(data, "WEBP", lossless=True)

    with Image.open(BytesIO(cut_out(data.getvalue(), Cut(across=100)))) as square:
        assert square.size == (200, 200)
        assert square.convert("RGB").getpixel((5, 5))[0] > 200
