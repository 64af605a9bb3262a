"""The square of a photo that stands for a person: which part of the picture it is, and the picture cut to it."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

#: How much larger than necessary the picture may be drawn, in percent.
MOST_ZOOM = 300
#: The side below which a cut is not worth keeping; a picture smaller than that is taken whole.
_FEWEST = 96


@dataclass(frozen=True, slots=True)
class Cut:
    """A square of a picture: where its middle lies between the edges (0 to 100 each way), and how near (100 to 300)."""

    across: int = 50
    down: int = 50
    zoom: int = 100

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """The square in pixels of a picture of this size: left, top, right, bottom."""
        shorter = min(width, height)
        side = max(min(_FEWEST, shorter), round(shorter * 100 / self.zoom))
        left = round((width - side) * self.across / 100)
        top = round((height - side) * self.down / 100)
        return left, top, left + side, top + side


def cut_from(across: str, down: str, zoom: str) -> Cut:
    """The cut in three form fields; what is no number, or out of bounds, is the nearest that makes sense."""
    return Cut(_within(across, 0, 100, 50), _within(down, 0, 100, 50), _within(zoom, 100, MOST_ZOOM, 100))


def cut_out(data: bytes, cut: Cut) -> bytes:
    """The cut of one of our own pictures (WebP), as PNG, to be encoded as any upload is.

    Raises OSError for what is no picture.
    """
    with Image.open(BytesIO(data), formats=("WEBP",)) as image:
        square = image.crop(cut.box(*image.size))
    output = BytesIO()
    square.save(output, "PNG", compress_level=1)
    return output.getvalue()


def _within(text: str, least: int, most: int, usual: int) -> int:
    try:
        return min(most, max(least, int(text)))
    except ValueError:
        return usual
