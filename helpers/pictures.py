"""Pictures with a category each: tiles of the Earth from `data/`, or a folder of one's own."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from tqdm.auto import tqdm

from helpers.datasets import data_path

KINDS = (".jpg", ".jpeg", ".png")
THUMBNAIL = 60  # pixels a side, enough to recognise a photograph
MANY = 200  # files; beyond, reading takes long enough for a progress bar


@dataclass(frozen=True)
class Pictures:
    """N pictures and what is known of each.

    tiles: (N, H, W, 3) uint8, to look at. rgb: (N, 3), mean red, green and blue over all
    pixels, from 0 to 1. category: (N,) text. longitude, latitude: (N,) degrees, of the
    centre; NaN where a picture has no place.
    """

    tiles: NDArray[np.uint8]
    rgb: NDArray[np.float64]
    category: NDArray[np.str_]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.tiles)


def load_earth(categories: Sequence[str] | None = None) -> Pictures:
    """Return the tiles of the Earth of these categories (all six by default).

    There are desert, rainforest, ice, boreal forest, grassland and ocean; data/earth.md
    tells where they come from. Raises ValueError on any other name.
    """
    with np.load(data_path("earth.npz")) as stored:
        tiles, category = stored["tiles"], stored["category"]
        place = stored["longitude"], stored["latitude"]
    chosen = np.isin(category, _known(categories, list(dict.fromkeys(category.tolist()))))
    rgb = tiles[chosen].mean(axis=(1, 2)) / 255
    return Pictures(tiles[chosen], rgb, category[chosen], *(each[chosen] for each in place))


def earth_map() -> NDArray[np.uint8]:
    """Return the whole Earth with one pixel a degree, (180, 360, 3), north at the top."""
    with np.load(data_path("earth.npz")) as stored:
        return stored["world"]


def load_images(folder: str | Path) -> Pictures:
    """Read a folder of pictures that has one sub-folder for each category.

    JPEG and PNG files are read, in any colour mode: grey becomes three equal channels, and
    what is transparent is seen on white. The mean RGB is over all pixels; the tiles are the
    middle squares, shrunk. A file that cannot be read is left out, with a warning that names
    it. Raises FileNotFoundError or ValueError if there is no folder, or nothing to read.
    """
    files = _picture_files(Path(folder))
    broken, found = [], []
    for path in tqdm(files, desc="reading pictures", disable=len(files) <= MANY):
        try:
            found.append((*_read(path), path.parent.name))
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            broken.append(f"{path.parent.name}/{path.name} ({error})")
    if not found:
        raise ValueError(f"none of the {len(files)} files in {folder} can be read as a picture.")
    if broken:
        left_out = "1 file was" if len(broken) == 1 else f"{len(broken)} files were"
        warnings.warn(f"{left_out} left out, no picture can be read there: {'; '.join(broken)}", stacklevel=2)
    tiles, rgb, category = (np.array(part) for part in zip(*found))
    nowhere = np.full(len(tiles), np.nan)
    return Pictures(tiles, rgb, category, nowhere, nowhere)


def _known(asked: Sequence[str] | None, names: list[str]) -> list[str]:
    wanted = names if asked is None else [asked] if isinstance(asked, str) else list(asked)
    unknown = [name for name in wanted if name not in names]
    if unknown or not wanted:
        what = f"there is no category '{unknown[0]}'" if unknown else "no category was asked for"
        raise ValueError(f"{what}; there are: {', '.join(names)}.")
    return wanted


def _picture_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder {folder}: give the one that holds the categories.")
    files = sorted(path for path in folder.glob("*/*") if path.suffix.lower() in KINDS)
    if not files:
        raise ValueError(
            f"{folder} has no pictures in sub-folders: it needs one sub-folder for each category, "
            "with JPEG or PNG files in it."
        )
    return files


def _read(path: Path) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    with Image.open(path) as image:
        seen = _as_rgb(ImageOps.exif_transpose(image))
    tile = ImageOps.fit(seen, (THUMBNAIL, THUMBNAIL))
    return np.asarray(tile), np.asarray(seen).mean(axis=(0, 1)) / 255


def _as_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off at 255
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")
