"""Pictures people upload: opened with suspicion, stripped of everything but the pixels, written anew.

What comes out was encoded here from decoded pixels, so no byte of the upload survives: no location, no camera, no
comment, no second payload. Animations become their first frame.
"""

import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import TypeVar

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

#: A file larger than this is refused before anything looks into it.
MAX_BYTES = 25 * 1024 * 1024
#: About the largest photo of today's phones.
MAX_PIXELS = 40_000_000
#: A longer side than any camera's, or a strip that would be resized to nothing.
MAX_SIDE = 20_000

#: Decoders that may look at an upload at all. Without this list an EPS named .png reaches Ghostscript.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")

#: What is kept of a picture: a square for lists, and sizes that fit a width (and three times that in height).
THUMB = "thumb"
MEDIUM = "medium"
WIDE = "wide"
FULL = "full"
LARGE = "large"
THUMB_SIDE = 96
WIDTHS = {MEDIUM: 480, WIDE: 720, FULL: 1080, LARGE: 1600}
#: Sizes every picture has, however small it is; the others only where they say more than the next smaller one.
ALWAYS = (MEDIUM, FULL)
#: What is sent for a size that a picture does not have, best first.
INSTEAD = {WIDE: (FULL, MEDIUM), LARGE: (FULL,)}
MEDIA_TYPE = "image/webp"
AVIF_TYPE = "image/avif"
#: The sizes that feeds show are kept as AVIF too: a fifth less to send, at five times the work (ADR 0027).
AVIF_SIZES = (MEDIUM, WIDE)

R = TypeVar("R")

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TALLEST = 3
_WEBP = {"quality": 82, "method": 4}
_AVIF = {"quality": 64, "speed": 6, "max_threads": 1}
#: Decoding 40 million pixels takes up to 160 MB; two at a time would not fit into a web process.
_one_at_a_time = threading.Lock()

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class PictureError(ValueError):
    """The upload is refused as a picture."""


class EmptyPicture(PictureError):
    """0 bytes, which is what an interrupted upload often leaves."""


class NotAPicture(PictureError):
    """Not one of the formats we open, or damaged."""


class PictureTooLarge(PictureError):
    """More bytes than allowed."""


class PictureBomb(PictureError):
    """More pixels than any photo, or more than the file's size could honestly hold."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One encoded size of a picture."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be kept: sizes in pixels as shown upright, renditions by name."""

    width: int
    height: int
    renditions: dict[str, Rendition]


def open_picture(data: bytes) -> Picture:
    """Check, decode and re-encode an uploaded picture in all sizes; never enlarges.

    Takes about 0.7 s of CPU for a 12-megapixel photo; one picture at a time per process. Raises EmptyPicture,
    PictureTooLarge, PictureBomb or NotAPicture, all PictureError.
    """
    if not data:
        raise EmptyPicture("the file is empty")
    if len(data) > MAX_BYTES:
        raise PictureTooLarge(f"{len(data)} bytes are more than {MAX_BYTES}")
    return _guarded(_render, data)


def more_sizes(data: bytes) -> dict[str, Rendition]:
    """From the largest size that is kept, whatever today's rules want besides: further widths, and AVIF.

    By variant, `avif_variant(size)` for the latter. Takes up to a second of CPU. Raises as `open_picture` does.
    """
    return _guarded(_render_more, data)


def every_variant() -> tuple[str, ...]:
    """The names of all that may be kept of one picture."""
    return (THUMB, *WIDTHS, *map(avif_variant, AVIF_SIZES))


def avif_variant(size: str) -> str:
    """The variant under which a size is kept as AVIF."""
    return f"{size}avif"


def _guarded(render: Callable[[bytes], R], data: bytes) -> R:
    with _one_at_a_time:
        try:
            return render(data)
        except PictureError:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise PictureBomb(str(error)) from error
        except UnidentifiedImageError as error:
            raise NotAPicture("not a PNG, JPEG, GIF or WebP picture") from error
        except Exception as error:
            # Pillow's decoders answer damaged input with whatever exception they come across.
            raise NotAPicture(f"the picture is damaged: {error!r}") from error


def _render(data: bytes) -> Picture:
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        _check_size(image)
        width, height = _upright_size(image)
        # JPEG can be decoded at half, a quarter or an eighth of its size, far faster.
        image.draft("RGB", _enough(image, width, height))
        pixels = _plain_pixels(image)
    renditions = {name: _encode(scaled) for name, scaled in _scaled(pixels)}
    renditions[THUMB] = _encode(ImageOps.fit(pixels, (THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS))
    return Picture(width, height, renditions)


def _render_more(data: bytes) -> dict[str, Rendition]:
    with Image.open(BytesIO(data), formats=("WEBP",)) as image:
        _check_size(image)
        pixels = _plain_pixels(image)
    made = {}
    for name, scaled in _scaled(pixels):
        if name not in ALWAYS:
            made[name] = _encode(scaled)
        if name in AVIF_SIZES:
            made[avif_variant(name)] = _encode(scaled, "AVIF", _AVIF)
    return made


def _scaled(pixels: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """The sizes a picture has, largest first, each made from the one before: quicker, and no different to the eye.

    The picture itself is reduced as one goes on.
    """
    narrower = dict(zip(WIDTHS, (0, *WIDTHS.values()), strict=False))
    for name, widest in reversed(WIDTHS.items()):
        if name in ALWAYS or pixels.width > narrower[name]:
            pixels.thumbnail((widest, widest * _TALLEST), Image.Resampling.LANCZOS)
            yield name, pixels


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise PictureBomb(f"{width} by {height} pixels are too many")


def _enough(image: Image.Image, width: int, height: int) -> tuple[int, int]:
    """The least to be decoded of a picture that stands upright in these sides, as the file lies."""
    widest = WIDTHS[LARGE]
    share = min(1.0, max(widest / width, widest * _TALLEST / height))
    return (max(1, int(image.width * share)), max(1, int(image.height * share)))


def _upright_size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    return (height, width) if _orientation(image) in (5, 6, 7, 8) else (width, height)


def _orientation(image: Image.Image) -> int:
    """How the camera was held, as EXIF numbers it; 1 (upright) when that cannot be read."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:
        # Cameras and editors write broken EXIF; the pixels are none the worse for it.
        return 1


def _plain_pixels(image: Image.Image) -> Image.Image:
    """The first frame, upright, in sRGB, 8 bits a channel, without anything attached."""
    orientation = _orientation(image)
    image.load()
    pixels = _in_srgb(_eight_bits(image))
    transparent = pixels.mode in ("RGBA", "LA", "PA") or "transparency" in pixels.info
    plain = pixels.convert("RGBA" if transparent else "RGB")
    plain.info = {}
    turn = _TURNS.get(orientation)
    return plain if turn is None else plain.transpose(turn)


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith(("I", "F")):
        # Sixteen bits would be cut off at 255 instead of scaled down.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        wide = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, wide, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        # Without a usable profile the colours are taken as they stand.
        return image
    return converted or image


def _encode(
    image: Image.Image, format_: str = "WEBP", how: Mapping[str, int] = MappingProxyType(_WEBP)
) -> Rendition:
    output = BytesIO()
    image.save(output, format_, **how)
    return Rendition(output.getvalue(), *image.size)
