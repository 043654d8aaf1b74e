"""Figures of pictures, maps and tables contain what they should, and their alt texts describe it."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.offsetbox import AnnotationBbox

from helpers import Pictures, load_earth, plot_map, plot_pictures, plot_pictures_at, plot_table
from helpers.figures import alt_text, colour

EARTH = load_earth(["desert", "ocean"])
FIVE = EARTH.tiles[:5]


@pytest.fixture(autouse=True)
def _no_figure_stays_open():
    yield
    plt.close("all")


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_pictures_stand_side_by_side_in_rows():
    ax = plot_pictures(FIVE, "abcde", "Five", columns=3)
    assert len(ax.images) == 5
    np.testing.assert_allclose(ax.images[3].get_array(), FIVE[3] / 255)
    extents = np.array([image.get_extent() for image in ax.images])
    assert len(set(extents[:, 3])) == 2  # rows
    assert len(set(extents[:, 0])) == 3  # columns
    assert words(ax) == list("abcde")
    assert alt_text(ax.figure) == "Five. 5 pictures side by side, with the captions: a; b; c; d; e."


def test_no_two_pictures_or_captions_overlap():
    ax = plot_pictures(FIVE, ["one line", "two\nlines", "x", "y", "z"], columns=2)
    boxes = [image.get_extent() for image in ax.images]
    for n, (left, right, bottom, top) in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert right <= other[0] or other[1] <= left or bottom <= other[3] or other[2] <= top


@pytest.mark.parametrize("shape", [(2, 784), (2, 28, 28)])
def test_grey_pictures_have_dark_ink_on_white(shape):
    ink = np.zeros(shape)
    ink[0] = 1
    ax = plot_pictures(ink, seen="One is black.")
    first, second = (image.cmap(image.norm(image.get_array())).mean(axis=(0, 1))[:3] for image in ax.images)
    np.testing.assert_allclose([first, second], [[0, 0, 0], [1, 1, 1]])
    assert alt_text(ax.figure).endswith("2 pictures side by side. One is black.")


def test_bytes_go_up_to_255():
    ax = plot_pictures(np.full((1, 9), 255, np.uint8))
    assert ax.images[0].get_array().max() == 1


@pytest.mark.parametrize(
    ("pictures", "captions", "message"),
    [
        (np.zeros((2, 7)), None, r"pictures has shape \(2, 7\)"),
        (np.zeros((2, 4, 4, 2)), None, "must be"),
        (np.full((1, 9), 3.0), None, "from 0 to 1"),
        (np.full((1, 9), np.nan), None, "from 0 to 1"),
        (np.zeros((0, 9)), None, "must be"),
        (np.zeros((2, 9)), ["a"], "1 captions for 2 pictures"),
    ],
)
def test_bad_pictures_are_refused(pictures, captions, message):
    with pytest.raises(ValueError, match=message):
        plot_pictures(pictures, captions)


def test_pictures_are_drawn_at_the_place_of_their_colour():
    ax = plot_pictures_at(EARTH, dims=(2, 1), title="By colour")
    boxes = [each for each in ax.artists if isinstance(each, AnnotationBbox)]
    np.testing.assert_allclose([box.xy for box in boxes], EARTH.rgb[:, [2, 1]])
    np.testing.assert_array_equal(boxes[9].offsetbox.get_data(), EARTH.tiles[9])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("blue", "green")
    assert alt_text(ax.figure) == (
        "By colour. 300 small pictures, each drawn at the blue and green of its mean colour."
    )


def test_a_map_has_a_mark_where_each_picture_lies():
    groups = (EARTH.category == "ocean").astype(int)
    ax = plot_map(EARTH, groups, "Where", ["sand", "water"])
    for k, drawn in enumerate(ax.collections):
        mine = groups == k
        np.testing.assert_allclose(
            drawn.get_offsets(), np.column_stack([EARTH.longitude, EARTH.latitude])[mine]
        )
        np.testing.assert_allclose(drawn.get_facecolor()[0, :3], to_rgb(colour(k)))
    first, second = (drawn.get_paths()[0].vertices for drawn in ax.collections)
    assert first.shape != second.shape  # colour is never the only difference
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["sand", "water"]
    assert ax.images[0].get_extent() == [-180, 180, -90, 90]
    assert alt_text(ax.figure).startswith("Where. Map of the Earth with a mark for each picture: 150 of sand")


def test_pictures_without_a_place_are_no_error():
    nowhere = np.full(len(EARTH), np.nan)
    lost = Pictures(EARTH.tiles, EARTH.rgb, EARTH.category, nowhere, nowhere)
    ax = plot_map(lost, np.zeros(len(lost), int), "Mine")
    assert ax.get_title() == "Mine (these pictures have no place on a map)"
    assert all(len(drawn.get_offsets()) == 0 for drawn in ax.collections)


@pytest.mark.parametrize("groups", [[0], np.full(300, 0.5), np.full(300, -1)])
def test_bad_groups_are_refused(groups):
    with pytest.raises(ValueError, match="300 whole numbers from 0"):
        plot_map(EARTH, groups)


def test_a_table_is_drawn_as_a_picture():
    ax = plot_table([[3, 0], [1, 20]], ["a", "b"], [7, 8], "Counts")
    np.testing.assert_array_equal(ax.images[0].get_array(), [[3, 0], [1, 20]])
    assert words(ax) == ["3", "0", "1", "20"]
    assert [text.get_color() for text in ax.texts] == ["black", "black", "black", "white"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    assert alt_text(ax.figure) == (
        "Counts. Table as a picture. Its rows: a, 3 in all, most in 7 (3); b, 21 in all, most in 8 (20)."
    )


def test_a_table_and_its_names_must_agree():
    with pytest.raises(ValueError, match=r"shape \(1, 2\), but there are 2 row names and 2 column names"):
        plot_table([[1, 2]], "ab", "cd")
