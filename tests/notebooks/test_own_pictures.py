"""image-clusters runs to its end on any folder of pictures: few, grey, any number of categories."""

import re

import numpy as np
import pytest
from nbclient import NotebookClient
from ours import COURSE
from PIL import Image

pytestmark = pytest.mark.long


def write_folder(folder, categories, each, mode="RGB", sizes=((16, 12),), same=False):
    """Write pictures with one colour for each category. A single category needs no sub-folder."""
    rng = np.random.default_rng(0)
    for k in range(categories):
        home = folder / f"category {k}" if categories > 1 else folder
        home.mkdir(parents=True, exist_ok=True)
        for n in range(each):
            width, height = sizes[n % len(sizes)]
            tint = np.roll([170, 110, 60], k) * (1 + 0.1 * k)
            noise = 0 if same else rng.normal(0, 25, 3) + rng.normal(0, 30, (height, width, 3))
            pixels = np.clip(np.broadcast_to(tint, (height, width, 3)) + noise, 0, 255)
            if mode == "1":  # the pictures of a category are completely black, or completely white
                pixels = np.full_like(pixels, 255 * (k % 2))
            Image.fromarray(pixels.astype(np.uint8)).convert(mode).save(home / f"{n}.png")


def executed(folder):
    """Return the reference after running it as a notebook, with one line changed."""
    notebook, changed = COURSE.assignment("image-clusters").cells(), 0
    for cell in notebook.cells:
        cell.source, times = re.subn(
            r"^pictures = load_earth\(.*\)$",
            f"pictures = load_images({str(folder)!r})",
            cell.source,
            flags=re.M,
        )
        changed += times
    assert changed == 1
    source = COURSE.assignment("image-clusters").source.parent
    return NotebookClient(notebook, timeout=300, resources={"metadata": {"path": source}}).execute()


FOLDERS = {
    "two pictures": (1, 2),
    "loose pictures": (1, 6),
    "two categories": (2, 20),
    "three of three": (3, 3),
    "five": (5, 8),
    "six": (6, 4),
    "twelve of two": (12, 2),
    "grey": (3, 8, "L"),
    "palettes of any size": (4, 7, "P", ((1, 1), (40, 3), (5, 60))),
    "black and white": (2, 10, "1"),
    "the same again and again": (3, 5, "RGB", ((8, 8),), True),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_the_whole_notebook_runs_on_a_student_s_own_folder(name, tmp_path):
    write_folder(tmp_path / "mine", *FOLDERS[name])
    cells = executed(tmp_path / "mine").cells
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    assert [each for each in outputs if each.output_type == "error"] == []
    text = "".join(each.get("text", "") + str(each.get("data", {}).get("text/plain", "")) for each in outputs)
    categories, pictures = FOLDERS[name][0], FOLDERS[name][0] * FOLDERS[name][1]
    assert f"{pictures} pictures: " in text
    assert f"Twenty starts, {categories} components" in text
    still = rf"EM on {pictures} pictures? with {categories} components?,"  # shown instead of the explorer
    assert re.search(still, text)
    assert "not answered yet" in text  # this is the question about the Earth's pictures
    said = "".join(each["text"] for each in outputs if each.get("name") == "stderr")
    assert ("All pictures are in one category" in said) == (categories == 1)
    assert "Error" not in said
