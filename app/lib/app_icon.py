"""Icons of the installed app: a mark in another colour, or a logo of any shape on a ground on which it is seen.

A logo stands on the accent colour. One that brings an even ground of its own keeps that; one that would not be seen on
the accent stands on white: of these two any one colour is seen on one, as the accent is legible on white.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from math import hypot

from PIL import Image, ImageChops, ImageDraw

from app.lib.accent import contrast

Colour = tuple[int, int, int]

_WHITE = "#ffffff"
#: Corners that differ by less are one ground, as JPEG makes of it.
_EVEN = 24
#: With this contrast on an average a logo is well seen; what goes beyond the other counts no more.
_WELL = 4.0
_MOST = 4.5
#: Less than this of a pixel is none of the logo.
_FAINT = 24
#: How much of the side a corner is rounded over, as that of the mark.
_ROUND = 10 / 32
#: The ground is drawn so many times larger, for smooth corners.
_FINE = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """How an icon is cut, and how much of it a logo may take, in shares of its side."""

    side: int
    #: Launchers cut it to any shape, so that its ground fills the square.
    bleeds: bool
    #: The longest a side of the logo may be.
    longest: float
    #: The longest its diagonal may be: what stands within a circle is cut by nobody.
    diagonal: float


#: By the name of the drawing that stands in for it where there is no logo (static/icons). Of a maskable icon the
#: specification promises that a circle of four fifths is seen.
SHAPES = {
    "app-48": Shape(48, bleeds=False, longest=0.86, diagonal=1.06),
    "app-192": Shape(192, bleeds=False, longest=0.8, diagonal=0.94),
    "app-512": Shape(512, bleeds=False, longest=0.8, diagonal=0.94),
    "app-maskable-512": Shape(512, bleeds=True, longest=0.76, diagonal=0.78),
    "app-touch": Shape(180, bleeds=True, longest=0.8, diagonal=0.9),
}


def logo_icon(logo: bytes, accent: str, shape: Shape) -> bytes:
    """A logo (WebP, as `open_logo` made it) as an icon, PNG. Up to 0.1 s of CPU."""
    with Image.open(BytesIO(logo), formats=("WEBP",)) as opened:
        mark = opened.convert("RGBA")
    own = _own_ground(mark)
    mark = _trimmed(mark, own)
    ground = own or _rgb(_ground(mark, accent))
    share = min(shape.longest / max(mark.size), shape.diagonal / hypot(*mark.size)) * shape.side
    width, height = (max(1, round(length * share)) for length in mark.size)
    icon = Image.new("RGBA", (shape.side, shape.side), (*ground, 255))
    icon.alpha_composite(
        mark.resize((width, height), Image.Resampling.LANCZOS),
        ((shape.side - width) // 2, (shape.side - height) // 2),
    )
    if not shape.bleeds:
        icon.putalpha(_rounded(shape.side))
    return _png(icon)


def tinted_icon(drawing: bytes, usual: str, accent: str, side: int) -> bytes:
    """A drawing (PNG) in white on `usual`, as one on `accent`; made smaller if need be."""
    with Image.open(BytesIO(drawing), formats=("PNG",)) as opened:
        drawn = opened.convert("RGBA")
    # How far a pixel is on its way to white is seen best in the channel in which the ground is darkest.
    channel = min(range(3), key=lambda at: _rgb(usual)[at])
    darkest = _rgb(usual)[channel]
    white = drawn.getchannel(channel).point(
        lambda value: round(max(0, value - darkest) * 255 / (255 - darkest))
    )
    icon = Image.composite(
        Image.new("RGB", drawn.size, _WHITE), Image.new("RGB", drawn.size, accent), white
    ).convert("RGBA")
    icon.putalpha(drawn.getchannel("A"))
    icon.thumbnail((side, side), Image.Resampling.LANCZOS)
    return _png(icon)


def _own_ground(mark: Image.Image) -> Colour | None:
    """The even, opaque ground that a logo brings, seen in its corners; None when it brings none."""
    right, bottom = mark.width - 1, mark.height - 1
    corners = [mark.getpixel(at) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom))]
    channels = list(zip(*corners, strict=True))
    if min(channels[3]) < 255 - _FAINT or any(max(each) - min(each) > _EVEN for each in channels[:3]):
        return None
    red, green, blue = (sum(each) // 4 for each in channels[:3])
    return red, green, blue


def _trimmed(mark: Image.Image, own: Colour | None) -> Image.Image:
    """The logo without what is empty around it."""
    if own is None:
        inked = mark.getchannel("A").point(lambda value: 255 if value > _FAINT else 0)
    else:
        apart = ImageChops.difference(mark.convert("RGB"), Image.new("RGB", mark.size, own))
        inked = apart.convert("L").point(lambda value: 255 if value > _EVEN else 0)
    return mark.crop(inked.getbbox() or (0, 0, *mark.size))


def _ground(mark: Image.Image, accent: str) -> str:
    """The accent; white when the logo is not well seen on it, and better on white."""
    small = mark.copy()
    small.thumbnail((48, 48))
    counted: Counter[str] = Counter()
    for red, green, blue, alpha in zip(*(small.getchannel(at).tobytes() for at in range(4)), strict=True):
        if alpha > 127:
            counted["#" + "".join(f"{value // 16 * 17:02x}" for value in (red, green, blue))] += 1
    total = counted.total() or 1
    on_accent, on_white = (
        sum(count * min(_MOST, contrast(colour, ground)) for colour, count in counted.items()) / total
        for ground in (accent, _WHITE)
    )
    return accent if on_accent >= min(_WELL, on_white) else _WHITE


def _rounded(side: int) -> Image.Image:
    fine = side * _FINE
    mask = Image.new("L", (fine, fine))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, fine - 1, fine - 1), fine * _ROUND, fill=255)
    return mask.resize((side, side), Image.Resampling.LANCZOS)


def _rgb(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _png(icon: Image.Image) -> bytes:
    output = BytesIO()
    icon.save(output, "PNG", optimize=True)
    return output.getvalue()
