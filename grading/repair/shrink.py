"""Make a submitted picture small enough for a graded notebook, and check that it is a picture."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import NoReturn

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MIMES = {"PNG": "image/png", "JPEG": "image/jpeg"}
MOST_PIXELS = 60_000_000  # of one picture: a telephone's camera has fewer
SIDES = (1600, 1200, 800, 500, 300)  # pixels of the longer side; tried until the picture is small enough
QUALITIES = (85, 60)


class NoPicture(ValueError):
    """The error for a picture that cannot be shown. The message says why, after the picture's name."""


def shrunk(data: bytes, most: int, pixels: int = MOST_PIXELS) -> tuple[str, bytes, int]:
    """Return a picture's kind (its MIME type), its bytes, and how many pixels it had. Raises NoPicture.

    most: the most bytes. A small PNG or JPEG is not changed.
    """
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
            warnings.simplefilter("ignore")
            size = image.width * image.height
            if size > min(pixels, MOST_PIXELS):
                _too_large()
            return *_small(image, data, most), size
    except NoPicture:
        raise
    except (Image.DecompressionBombError, MemoryError):
        _too_large()
    except Exception:  # Pillow's parsers raise any kind of error for damaged data
        raise NoPicture("cannot be read as a picture") from None


def _small(image: Image.Image, data: bytes, most: int) -> tuple[str, bytes]:
    mime = MIMES.get(image.format or "")
    if mime and len(data) <= most:
        image.load()  # fails if the picture is cut off
        return mime, data
    image.draft("RGB", (SIDES[0], SIDES[0]))  # a JPEG is decoded at a part of its size
    whole = ImageOps.exif_transpose(image)
    return next((made for made in _smaller(whole) if len(made[1]) <= most), None) or _too_large()


def _smaller(image: Image.Image) -> Iterator[tuple[str, bytes]]:
    """Yield smaller and smaller versions: as PNG, which keeps lines sharp, then as JPEG on white."""
    image.thumbnail((SIDES[0], SIDES[0]))
    rgba = image.convert("RGBA")
    yield MIMES["PNG"], _saved(rgba, "PNG")
    flat = Image.new("RGB", rgba.size, "white")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    for side in SIDES:
        flat.thumbnail((side, side))
        for quality in QUALITIES:
            yield MIMES["JPEG"], _saved(flat, "JPEG", quality=quality)


def _saved(image: Image.Image, kind: str, **how: int) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def _too_large() -> NoReturn:
    raise NoPicture("is too large to be shown")
