"""A logo of any shape and colour is seen on the phone, and no launcher cuts into it."""

from io import BytesIO
from math import hypot

import pytest
from PIL import Image, ImageDraw

from app.lib.accent import USUAL
from app.lib.app_icon import SHAPES, logo_icon, tinted_icon
from app.lib.logo import open_logo
from tests.support.sources import ROOT

ACCENT = "#1d5fbf"
BLUE, WHITE, YELLOW, BLACK = (29, 95, 191), (255, 255, 255), (255, 204, 0), (17, 17, 17)
MASKABLE = "app-maskable-512"


def logo(colour, size=(400, 400), ground=(0, 0, 0, 0)):
    """A bar in the middle of what was uploaded, as it is kept."""
    picture, data = Image.new("RGBA", size, ground), BytesIO()
    width, height = size
    ImageDraw.Draw(picture).rectangle((width // 8, height // 8, width * 7 // 8, height * 7 // 8), colour)
    picture.save(data, "PNG")
    return open_logo(data.getvalue()).wide


def drawn(data):
    return Image.open(BytesIO(data)).convert("RGBA")


def near(pixel, colour):
    return all(abs(have - want) <= 12 for have, want in zip(pixel, colour, strict=False))


@pytest.mark.parametrize(
    ("picture", "ground", "mark"),
    [
        (logo(WHITE), BLUE, WHITE),
        (logo(YELLOW), BLUE, YELLOW),
        (logo(BLUE), WHITE, BLUE),
        (logo(BLACK), WHITE, BLACK),
        (logo(BLACK, ground=(*YELLOW, 255)), YELLOW, BLACK),
    ],
    ids=["white", "yellow", "accent itself", "black", "a ground of its own"],
)
def test_a_logo_stands_on_the_accent_where_it_is_seen_there(picture, ground, mark):
    icon = drawn(logo_icon(picture, ACCENT, SHAPES[MASKABLE]))

    assert near(icon.getpixel((4, 4)), ground)
    assert near(icon.getpixel((256, 256)), mark)


@pytest.mark.parametrize("size", [(900, 120), (400, 400), (90, 700), (16, 16)], ids=str)
def test_any_launcher_may_cut_a_maskable_icon(size):
    icon = drawn(logo_icon(logo(WHITE, size), ACCENT, SHAPES[MASKABLE]))
    pixels = icon.load()
    marks = [(x, y) for x in range(512) for y in range(512) if near(pixels[x, y], WHITE)]

    assert icon.getchannel("A").getextrema() == (255, 255)
    assert max(hypot(x - 256, y - 256) for x, y in marks) <= 0.4 * 512
    columns, rows = zip(*marks, strict=True)
    assert max(max(columns) - min(columns), max(rows) - min(rows)) > 0.5 * 512


def test_every_shape_has_its_side_and_only_those_that_do_not_bleed_have_round_corners():
    for shape in SHAPES.values():
        icon = drawn(logo_icon(logo(WHITE), ACCENT, shape))
        assert icon.size == (shape.side, shape.side)
        assert icon.getpixel((0, 0))[3] == (255 if shape.bleeds else 0)


@pytest.mark.parametrize("name", [MASKABLE, "app-touch", "app-192", "shortcut-search"])
def test_the_drawings_have_nothing_but_the_mark_on_their_ground_and_take_any_colour(name):
    drawing = (ROOT / "static" / "icons" / f"{name}.png").read_bytes()
    side = drawn(drawing).width
    icon = drawn(tinted_icon(drawing, USUAL, ACCENT, side))

    along_the_top = [icon.getpixel((x, y)) for x in range(side) for y in range(side // 12)]
    assert all(near(pixel, BLUE) for pixel in along_the_top if pixel[3] > 200)
    assert any(near(icon.getpixel((x, side // 2)), WHITE) for x in range(side))
