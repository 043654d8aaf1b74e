"""A picture that somebody handed in, small enough for a graded notebook, and seen to be a picture."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import NoReturn

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MIMES = {"PNG": "image/png", "JPEG": "image/jpeg"}
MOST_PIXELS = 60_000_000  # of one picture: a telephone's camera has fewer
SIDES = (1600, 1200, 800, 500, 300)  # pixels of the longer side, until it is small enough
QUALITIES = (85, 60)


class NoPicture(ValueError):
    """What is no picture that can be shown; the message says why, after its name."""


def shrunk(data: bytes, most: int, pixels: int = MOST_PIXELS) -> tuple[str, bytes, int]:
    """Return the kind of a picture (its MIME type), its bytes, at most so many, and how many pixels it had.

    A small PNG or JPEG stays as it is. Raises NoPicture.
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
    except Exception:  # Pillow's parsers raise whatever they trip over
        raise NoPicture("cannot be read as a picture") from None


def _small(image: Image.Image, data: bytes, most: int) -> tuple[str, bytes]:
    mime = MIMES.get(image.format or "")
    if mime and len(data) <= most:
        image.load()  # so it is whole
        return mime, data
    image.draft("RGB", (SIDES[0], SIDES[0]))  # a JPEG is read at a part of its size
    whole = ImageOps.exif_transpose(image)
    return next((made for made in _smaller(whole) if len(made[1]) <= most), None) or _too_large()


def _smaller(image: Image.Image) -> Iterator[tuple[str, bytes]]:
    """Ever smaller versions: as PNG, which keeps lines sharp, then as JPEG on white."""
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
