"""A sheet to draw on: boxes with soft corners, shadows, gradients and text in the product's typeface."""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from config import ROOT

_FONTS = ROOT / "static" / "vendor" / "inter"
#: Drawn so many times larger, then made smaller: edges come out smooth.
_SCALE = 2

Box = tuple[float, float, float, float]
Point = tuple[float, float]


def _subset(char: str) -> str:
    """The font file that has the character."""
    if "\u0400" <= char <= "\u04ff":
        return "cyrillic"
    return "latin-ext" if char == "₽" else "latin"


@cache
def _font(subset: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(_FONTS / f"inter-{subset}.woff2"), size)
    axes = font.get_variation_axes()
    font.set_variation_by_axes(
        [float(weight if axis["name"] == b"Weight" else axis["default"] or 0) for axis in axes]
    )
    return font


class Canvas:
    """A picture being drawn; coordinates are those of the finished size."""

    def __init__(self, width: int, height: int, colour: str) -> None:
        self.size = (width, height)
        self._image = Image.new("RGB", (width * _SCALE, height * _SCALE), colour)
        self._draw = ImageDraw.Draw(self._image)

    def box(self, box: Box, colour: str, *, radius: float = 0, shadow: bool = False) -> None:
        """A filled box with round corners."""
        scaled = tuple(side * _SCALE for side in box)
        if shadow:
            self._shadow(scaled, radius * _SCALE)
        self._draw.rounded_rectangle(scaled, radius * _SCALE, fill=colour)

    def disc(self, centre: Point, radius: float, colour: str) -> None:
        """A filled circle."""
        x, y = centre
        self._draw.ellipse(
            [side * _SCALE for side in (x - radius, y - radius, x + radius, y + radius)], fill=colour
        )

    def polygon(self, points: list[Point], colour: str) -> None:
        """A filled shape."""
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=colour)

    def line(self, start: Point, end: Point, colour: str, width: float) -> None:
        """A stroke."""
        self._draw.line([side * _SCALE for side in (*start, *end)], fill=colour, width=round(width * _SCALE))

    def gradient(self, box: Box, top: str, bottom: str, *, radius: float = 0) -> None:
        """A box that goes from one colour to another, downwards."""
        left, upper, right, lower = (round(side * _SCALE) for side in box)
        size = (right - left, lower - upper)
        ramp = Image.linear_gradient("L").resize(size)
        filled = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius * _SCALE, fill=255)
        self._image.paste(filled, (left, upper), mask)

    def glow(self, centre: Point, radius: float, colour: str, strength: float = 0.5) -> None:
        """Light around a point."""
        side = round(radius * 2 * _SCALE)
        ramp = (
            Image.radial_gradient("L")
            .resize((side, side))
            .point(lambda value: int(max(0, 255 - value * 1.5) * strength))
        )
        corner = (round(centre[0] * _SCALE - side / 2), round(centre[1] * _SCALE - side / 2))
        self._image.paste(Image.new("RGB", (side, side), colour), corner, ramp)

    def text(self, at: Point, words: str, size: int, colour: str, *, weight: int = 400) -> float:
        """Words with their upper left corner at a point; their width. scripts have a font file each."""
        x, y = at[0] * _SCALE, at[1] * _SCALE
        for char in words:
            font = _font(_subset(char), size * _SCALE, weight)
            self._draw.text((x, y), char, fill=colour, font=font, anchor="la")
            x += font.getlength(char)
        return x / _SCALE - at[0]

    def finished(self) -> Image.Image:
        """The picture in its size."""
        return self._image.resize(self.size, Image.Resampling.LANCZOS)

    def _shadow(self, box: tuple[float, ...], radius: float) -> None:
        blur, drop = 12 * _SCALE, 10 * _SCALE
        left, upper, right, lower = (round(side) for side in box)
        margin = blur * 3
        mask = Image.new("L", (right - left + 2 * margin, lower - upper + 2 * margin), 0)
        inside = (margin, margin + drop, mask.width - margin, mask.height - margin + drop)
        ImageDraw.Draw(mask).rounded_rectangle(inside, radius, fill=70)
        mask = mask.filter(ImageFilter.GaussianBlur(blur))
        self._image.paste(Image.new("RGB", mask.size, "#2b1d12"), (left - margin, upper - margin), mask)
