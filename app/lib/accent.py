"""One accent colour, chosen by an organisation: whether it can be read, and the tones that follow from it.

By day the chosen colour itself is used, so it must be dark enough for words on white and on paper. By night a lighter
tone of the same hue takes its place; it is found here, never chosen. Lightness is that of OKLab, in which equal steps
look equal. The grounds are those of `static/css/tokens.css`; a test keeps both equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import cbrt

#: What words and buttons of the accent stand on.
DAY_GROUNDS = {"card": "#ffffff", "paper": "#f6f4ef", "raise": "#faf8f4"}
NIGHT_GROUNDS = {"card": "#1d1b1a", "paper": "#141312", "raise": "#252321"}
#: What people wrote on them.
DAY_INK, NIGHT_INK = "#1d1a17", "#f2efeb"
#: The tones as the style sheet has them, without an organisation's own.
USUAL = "#bf3d09"
#: WCAG 2.2 AA for text; by night a little more, as thin bright words on black tire the eyes.
LEGIBLE = 4.5
_BY_NIGHT = 6.5
#: Colours that fit, to choose from.
PRESETS = (
    "#bf3d09",
    "#b3261e",
    "#a8245c",
    "#7a3db8",
    "#4547c4",
    "#1d5fbf",
    "#0b6b74",
    "#1c7039",
    "#5b6210",
    "#57514a",
)

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_STEP = 0.005


@dataclass(frozen=True, slots=True)
class Tones:
    """The four tones of one theme, as `#rrggbb`."""

    accent: str
    #: Under the pointer, and for words on `soft`.
    strong: str
    #: What is written on `accent` and `strong`.
    ink: str
    soft: str


@dataclass(frozen=True, slots=True)
class Palette:
    """What follows from one colour."""

    day: Tones
    night: Tones


def normal_colour(text: str) -> str | None:
    """A colour as `#rrggbb`, from what somebody typed (`#B30`, `bf3d09`); None for anything else."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        return None
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def contrast(first: str, second: str) -> float:
    """How much two colours differ in brightness, as WCAG counts it: 1 to 21."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def weakest(colour: str) -> tuple[str, float]:
    """The ground of the day on which the colour is read worst, and its contrast there."""
    return min(
        ((name, contrast(colour, ground)) for name, ground in DAY_GROUNDS.items()), key=lambda pair: pair[1]
    )


def is_legible(colour: str) -> bool:
    """Whether the colour can be used by day as it is."""
    return weakest(colour)[1] >= LEGIBLE


def nearest(colour: str) -> str:
    """The colour itself, or the lightest of its hue that can be used."""
    return _step(colour, -_STEP, is_legible)


@lru_cache(maxsize=64)
def palette(colour: str) -> Palette:
    """The tones of day and night for a colour that `is_legible`."""
    day_soft = _mixed(colour, DAY_GROUNDS["card"], 0.09)
    day = Tones(colour, _step(_lighter(colour, -0.06), -_STEP, lambda tone: contrast(tone, day_soft) >= LEGIBLE),
                "#ffffff", day_soft)  # fmt: skip
    bright = _step(colour, _STEP, _is_bright)
    night_soft = _mixed(bright, NIGHT_GROUNDS["card"], 0.14)
    strong = _step(_lighter(bright, 0.05), _STEP, lambda tone: contrast(tone, night_soft) >= LEGIBLE)
    return Palette(day, Tones(bright, strong, _mixed(bright, "#000000", 0.14), night_soft))


def _is_bright(tone: str) -> bool:
    return all(contrast(tone, ground) >= _BY_NIGHT for ground in NIGHT_GROUNDS.values())


def _step(colour: str, by: float, fits: Callable[[str], bool]) -> str:
    """Make a colour lighter or darker until it fits; it ends at white or black, of which one always does."""
    tried, moved = colour, 0.0
    while not fits(tried) and abs(moved) <= 1:
        moved += by
        tried = _lighter(colour, moved)
    return tried


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def _mixed(colour: str, ground: str, share: float) -> str:
    """So much of `colour` over `ground`, as paint would show."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02x}" for over, under in pairs)


def _lighter(colour: str, by: float) -> str:
    """The colour with another lightness; as much of its chroma as a screen can show there."""
    lightness, a, b = _to_oklab(_linear(colour))
    lightness = min(1.0, max(0.0, lightness + by))
    share = 1.0
    while share > 0:
        channels = _from_oklab(lightness, a * share, b * share)
        if all(-1e-4 <= channel <= 1 + 1e-4 for channel in channels):
            return _as_hex(channels)
        share -= 0.02
    return _as_hex(_from_oklab(lightness, 0, 0))


def _as_hex(channels: tuple[float, float, float]) -> str:
    shown = (min(1.0, max(0.0, c)) for c in channels)
    curved = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in shown)
    return "#" + "".join(f"{round(c * 255):02x}" for c in curved)


def _to_oklab(linear: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = linear
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
