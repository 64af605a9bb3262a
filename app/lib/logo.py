"""A logo people upload: opened with the same suspicion as every picture, kept as it is and on a square."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from app.lib.pictures import MEDIUM, open_picture

#: Side of the square, for places that are one.
SQUARE = 192


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as WebP; what was transparent is."""

    wide: bytes
    square: bytes
    width: int
    height: int


def open_logo(data: bytes) -> Logo:
    """Check, decode and encode anew; never enlarges. Costs and raises what `open_picture` does."""
    shown = open_picture(data).renditions[MEDIUM]
    with Image.open(BytesIO(shown.data), formats=("WEBP",)) as image:
        mark = image.convert("RGBA")
    mark.thumbnail((SQUARE, SQUARE), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (SQUARE, SQUARE))
    square.paste(mark, ((SQUARE - mark.width) // 2, (SQUARE - mark.height) // 2))
    output = BytesIO()
    square.save(output, "WEBP", quality=90, method=4)
    return Logo(shown.data, output.getvalue(), shown.width, shown.height)
