import struct
import warnings
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from app.lib import pictures
from app.lib.pictures import (
    EmptyPicture,
    NotAPicture,
    Picture,
    PictureBomb,
    PictureError,
    PictureTooLarge,
    open_picture,
)


def encode(image: Image.Image, format_: str, **options: object) -> bytes:
    output = BytesIO()
    image.save(output, format_, **options)
    return output.getvalue()


def photo(width: int = 1600, height: int = 1200) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image


def decoded(picture: Picture, name: str = pictures.FULL) -> Image.Image:
    return Image.open(BytesIO(picture.renditions[name].data))


def is_red(image: Image.Image, x: int, y: int) -> bool:
    red, _, blue = image.convert("RGB").getpixel((x, y))
    return red > 150 > blue


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP"])
def test_every_format_comes_out_as_webp_in_all_sizes(format_: str) -> None:
    picture = open_picture(encode(photo(), format_))
    assert (picture.width, picture.height) == (1600, 1200)
    assert {name: (each.width, each.height) for name, each in picture.renditions.items()} == {
        "thumb": (96, 96),
        "medium": (480, 360),
        "wide": (720, 540),
        "full": (1080, 810),
        "large": (1600, 1200),
    }
    for name, rendition in picture.renditions.items():
        image = decoded(picture, name)
        assert image.format == "WEBP"
        assert image.size == (rendition.width, rendition.height)
    assert is_red(decoded(picture), 5, 5)


def test_small_pictures_are_not_enlarged() -> None:
    picture = open_picture(encode(photo(40, 20), "PNG"))
    assert decoded(picture, "full").size == decoded(picture, "medium").size == (40, 20)
    assert decoded(picture, "thumb").size == (96, 96)


def test_long_strips_are_bounded_in_height() -> None:
    picture = open_picture(encode(photo(400, 9000), "PNG"))
    assert decoded(picture, "full").size == (144, 3240)


def located_photo(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCameraMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (55.0, 45.0, 7.0), 3: "E", 4: (37.0, 36.0, 56.0)})
    return encode(photo(200, 100), "JPEG", exif=exif, comment=b"SecretComment")


def test_location_and_all_other_metadata_are_gone() -> None:
    upload = located_photo(1)
    assert Image.open(BytesIO(upload)).getexif().get_ifd(0x8825)[2] == (55.0, 45.0, 7.0)
    for name, rendition in open_picture(upload).renditions.items():
        image = Image.open(BytesIO(rendition.data))
        assert not image.getexif(), name
        assert set(image.info) <= {"loop", "background", "timestamp", "duration"}, name
        assert b"Secret" not in rendition.data
        assert b"EXIF" not in rendition.data


@pytest.mark.parametrize("format_", ["PNG", "WEBP"])
def test_metadata_of_other_formats_is_gone(format_: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCameraMaker"
    picture = open_picture(encode(photo(200, 100), format_, exif=exif, xmp=b"<x>SecretXmp</x>"))
    assert all(b"Secret" not in rendition.data for rendition in picture.renditions.values())


@pytest.mark.parametrize(
    ("orientation", "size", "red_corner"),
    [
        (1, (200, 100), (2, 50)),
        (2, (200, 100), (197, 50)),
        (3, (200, 100), (197, 50)),
        (4, (200, 100), (2, 50)),
        (5, (100, 200), (50, 2)),
        (6, (100, 200), (50, 2)),
        (7, (100, 200), (50, 197)),
        (8, (100, 200), (50, 197)),
    ],
)
def test_photos_come_out_upright(
    orientation: int, size: tuple[int, int], red_corner: tuple[int, int]
) -> None:
    picture = open_picture(located_photo(orientation))
    assert (picture.width, picture.height) == size
    assert decoded(picture).size == size
    assert is_red(decoded(picture), *red_corner)


def test_broken_metadata_does_not_spoil_the_picture() -> None:
    upload = encode(photo(200, 100), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 50)
    assert open_picture(upload).width == 200


def test_colours_of_wide_screens_are_translated() -> None:
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert is_red(decoded(open_picture(encode(photo(), "PNG", icc_profile=lab_like))), 5, 5)
    assert is_red(decoded(open_picture(encode(photo(), "PNG", icc_profile=b"not a profile"))), 5, 5)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_all_pixel_layouts(mode: str) -> None:
    picture = open_picture(encode(Image.new(mode, (50, 50)), "PNG"))
    assert decoded(picture).size == (50, 50)


def test_sixteen_bits_keep_their_brightness() -> None:
    grey = Image.new("I;16", (50, 50), 128 * 256)
    assert decoded(open_picture(encode(grey, "PNG"))).convert("L").getpixel((9, 9)) == pytest.approx(
        128, abs=3
    )


def test_print_colours() -> None:
    assert decoded(open_picture(encode(photo().convert("CMYK"), "JPEG"))).mode == "RGB"


def test_transparency_is_kept() -> None:
    image = Image.new("RGBA", (50, 50), (255, 0, 0, 0))
    assert decoded(open_picture(encode(image, "PNG"))).convert("RGBA").getpixel((9, 9))[3] == 0


def test_animations_become_their_first_frame() -> None:
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue", "green")]
    picture = open_picture(encode(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    image = decoded(picture)
    assert getattr(image, "n_frames", 1) == 1
    assert is_red(image, 30, 30)


def test_nothing_after_the_picture_survives() -> None:
    upload = encode(photo(100, 100), "JPEG") + b"<script>alert(1)</script>PK\x03\x04"
    for rendition in open_picture(upload).renditions.values():
        assert b"script" not in rendition.data


def test_empty_upload() -> None:
    with pytest.raises(EmptyPicture):
        open_picture(b"")


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 1000)
    with pytest.raises(PictureTooLarge):
        open_picture(b"\x89PNG" + b"x" * 1000)


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 50 50\n(id) (w) file\nshowpage\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    "upload",
    [
        EPS,
        SVG,
        b"%PDF-1.7\n",
        b"<html>",
        b"\x00",
        b"MZ\x90\x00" * 100,
        b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100,
        encode(photo(50, 50), "BMP"),
        encode(photo(50, 50), "TIFF"),
        encode(photo(50, 50), "PPM"),
        encode(photo(50, 50).convert("RGBA"), "ICO"),
    ],
)
def test_other_formats_are_refused_whatever_their_name(upload: bytes) -> None:
    with pytest.raises(NotAPicture):
        open_picture(upload)


def test_ghostscript_is_never_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proof = tmp_path / "started"
    for name in ("gs", "gswin64c"):
        (tmp_path / name).write_text(f"#!/bin/sh\ntouch {proof}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotAPicture):
        open_picture(EPS)
    assert not proof.exists()


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("kept", [0.05, 0.5, 0.9])
def test_cut_short_uploads_are_refused(format_: str, kept: float) -> None:
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    upload = encode(noise, format_)
    with pytest.raises(NotAPicture):
        open_picture(upload[: int(len(upload) * kept)])


def png_header(width: int, height: int, pixels: bytes = b"") -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "size", [(6400, 6400), (8000, 8000), (60000, 60000), (30_000, 10), (2**31 - 1, 2**31 - 1)]
)
def test_decompression_bombs_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(PictureBomb):
        open_picture(png_header(*size, zlib.compress(bytes(1_000_000))))


def test_bomb_in_a_text_chunk_is_refused() -> None:
    upload = encode(photo(50, 50), "PNG")
    content = b"k\0\0" + zlib.compress(bytes(200_000_000), 9)
    chunk = (
        struct.pack(">I", len(content)) + b"zTXt" + content + struct.pack(">I", zlib.crc32(b"zTXt" + content))
    )
    with pytest.raises(PictureError):
        open_picture(upload[:33] + chunk + upload[33:])


def test_pillow_is_set_up_as_safety_demands() -> None:
    assert Image.MAX_IMAGE_PIXELS == 40_000_000
    assert pictures.FORMATS == ("PNG", "JPEG", "GIF", "WEBP")
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with pytest.raises(Image.DecompressionBombWarning):
            Image.open(BytesIO(png_header(8000, 8000)))
