"""Pictures, each with a category: tiles of the Earth from `data/`, or a folder of your own pictures."""

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
from helpers.folders import find_files, what_is_left_out

THUMBNAIL = 60  # pixels on each side, enough to recognise a photograph
MANY = 200  # more files than this take so long to read that a progress bar is shown


@dataclass(frozen=True)
class Pictures:
    """N pictures, and the data of each picture.

    tiles: (N, H, W, 3) uint8, small pictures to look at.
    rgb: (N, 3), the mean red, green and blue of all pixels, from 0 to 1.
    category: (N,), the name of each picture's category.
    longitude, latitude: (N,), the centre of each picture in degrees; NaN if a picture has no place.
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

    The categories are desert, rainforest, ice, boreal forest, grassland and ocean. data/earth.md says
    where the tiles come from. Raises ValueError for any other name.
    """
    with np.load(data_path("earth.npz")) as stored:
        tiles, category = stored["tiles"], stored["category"]
        place = stored["longitude"], stored["latitude"]
    chosen = np.isin(category, _known(categories, list(dict.fromkeys(category.tolist()))))
    rgb = tiles[chosen].mean(axis=(1, 2)) / 255
    return Pictures(tiles[chosen], rgb, category[chosen], *(each[chosen] for each in place))


def earth_map() -> NDArray[np.uint8]:
    """Return a map of the whole Earth, (180, 360, 3), with one pixel for each degree and north at the top."""
    with np.load(data_path("earth.npz")) as stored:
        return stored["world"]


def load_images(folder: str | Path) -> Pictures:
    """Read a folder of pictures that has one sub-folder for each category.

    It reads every format that Pillow knows, whatever the file's name: JPEG, PNG, WebP, GIF (the first
    picture of several), TIFF, BMP and others. It reads every colour mode, too. Grey becomes three equal
    channels, and transparent pixels become white. The mean RGB is over all pixels. A tile is the middle
    square of its picture, made smaller. If no sub-folder has a file, the pictures of the folder are one
    category. A warning names the files that are left out, and says why and what to do. Raises
    FileNotFoundError or ValueError if there is no folder, or nothing to read.
    """
    folder = Path(folder)
    found = find_files(folder)
    unread, read = [], []
    for path in tqdm(found.files, desc="reading pictures", disable=len(found.files) <= MANY):
        try:
            read.append((*_read(path), path.parent.resolve().name))
        except Exception:  # for a broken picture, or another kind of file, Pillow may raise nearly any error
            unread.append(path)
    if not read:
        raise ValueError(
            f"none of the {len(found.files)} files in {folder} can be read as a picture: "
            "save them as JPEG or PNG."
        )
    if told := what_is_left_out(found, unread, folder):
        warnings.warn(told, stacklevel=2)
    tiles, rgb, category = (np.array(part) for part in zip(*read))
    nowhere = np.full(len(tiles), np.nan)
    return Pictures(tiles, rgb, category, nowhere, nowhere)


def _known(asked: Sequence[str] | None, names: list[str]) -> list[str]:
    wanted = names if asked is None else [asked] if isinstance(asked, str) else list(asked)
    unknown = [name for name in wanted if name not in names]
    if unknown or not wanted:
        what = f"there is no category '{unknown[0]}'" if unknown else "no category was asked for"
        raise ValueError(f"{what}; there are: {', '.join(names)}.")
    return wanted


def _read(path: Path) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    with Image.open(path) as image:
        seen = _as_rgb(ImageOps.exif_transpose(image))
    tile = ImageOps.fit(seen, (THUMBNAIL, THUMBNAIL))
    return np.asarray(tile), np.asarray(seen).mean(axis=(0, 1)) / 255


def _as_rgb(image: Image.Image) -> Image.Image:
    if image.mode[0] in "IF":  # grey levels of more than 8 bits: Pillow would cut them off at 255
        image = Image.fromarray(_as_bytes(np.asarray(image)))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")


def _as_bytes(levels: NDArray[np.number]) -> NDArray[np.uint8]:
    """Return grey levels from 0 to 255. Whole numbers have 16 bits. Others go up to 1, or up to 255."""
    if np.issubdtype(levels.dtype, np.integer):
        return (np.clip(levels, 0, 65_535).astype(np.uint16) >> 8).astype(np.uint8)
    finite = np.nan_to_num(levels, nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(finite * (255 if finite.max() <= 1 else 1), 0, 255).round().astype(np.uint8)
