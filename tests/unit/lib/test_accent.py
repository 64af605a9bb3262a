"""One colour and the tones that follow: whatever an organisation chooses, words can be read by day and by night."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib import accent
from app.lib.accent import contrast, is_legible, nearest, normal_colour, palette

TOKENS = (Path(__file__).parents[3] / "static/css/tokens.css").read_text(encoding="utf-8")
DAY, NIGHT = TOKENS.split("@media (prefers-color-scheme: dark)")[:2]

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def token(name: str, block: str) -> str:
    return re.search(rf"--{name}: (#[0-9a-f]{{6}})", block)[1]


@given(colours)
def test_whatever_is_chosen_can_be_read_by_day_and_by_night(colour):
    chosen = nearest(colour)
    found = palette(chosen)

    assert is_legible(chosen)
    for tones, grounds, ink in (
        (found.day, accent.DAY_GROUNDS, token("ink-3", DAY)),
        (found.night, accent.NIGHT_GROUNDS, token("ink-3", NIGHT)),
    ):
        assert min(contrast(tones.accent, ground) for ground in grounds.values()) >= 4.5
        assert contrast(tones.strong, tones.soft) >= 4.5
        assert contrast(tones.ink, tones.accent) >= 4.5
        assert contrast(tones.ink, tones.strong) >= 4.5
        assert contrast(ink, tones.soft) >= 4.5


@given(colours)
def test_a_colour_that_fits_is_left_alone(colour):
    assert nearest(nearest(colour)) == nearest(colour)


def test_every_preset_fits():
    assert [preset for preset in accent.PRESETS if not is_legible(preset)] == []
    assert accent.USUAL in accent.PRESETS


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#BF3D09", "#bf3d09"),
        (" bf3d09 ", "#bf3d09"),
        ("#b30", "#bb3300"),
        ("red", None),
        ("", None),
        ("#12345", None),
    ],
)
def test_colours_as_people_write_them(typed, colour):
    assert normal_colour(typed) == colour


def test_the_grounds_are_those_of_the_style_sheet():
    for grounds, ink, block in (
        (accent.DAY_GROUNDS, accent.DAY_INK, DAY),
        (accent.NIGHT_GROUNDS, accent.NIGHT_INK, NIGHT),
    ):
        assert grounds == {name: token(name, block) for name in grounds}
        assert ink == token("ink", block)
    assert token("accent", DAY) == accent.USUAL
