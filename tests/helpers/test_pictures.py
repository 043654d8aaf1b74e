"""Pictures are loaded from data/ and from a student's folder, whatever files are in it."""

import io

import numpy as np
import pytest
from PIL import Image

from helpers import load_digits, load_earth, load_images
from helpers.pictures import MANY, THUMBNAIL, earth_map

GREEN = (40, 200, 100)


@pytest.fixture
def folder(tmp_path):
    """Return a folder of two categories with one plain picture each."""
    for category, tint in {"meadow": GREEN, "sea": (0, 40, 250)}.items():
        (tmp_path / category).mkdir()
        Image.new("RGB", (30, 20), tint).save(tmp_path / category / "plain.png")
    return tmp_path


def only(folder, image, name="only.png", **options):
    """Put one picture into a new category, and return the loaded picture."""
    (folder / "new").mkdir()
    image.save(folder / "new" / name, **options)
    loaded = load_images(folder)
    (at,) = np.flatnonzero(loaded.category == "new")
    return loaded.rgb[at], loaded.tiles[at]


def test_the_earth_pictures_agree_with_their_card():
    earth = load_earth()
    names, counts = np.unique(earth.category, return_counts=True)
    expected = {
        "boreal forest": 150,
        "desert": 150,
        "grassland": 150,
        "ice": 150,
        "ocean": 150,
        "rainforest": 110,
    }
    assert dict(zip(names.tolist(), counts.tolist())) == expected
    assert (earth.tiles.shape, earth.tiles.dtype) == ((860, 30, 30, 3), np.uint8)
    assert (earth.rgb.shape, earth.rgb.dtype) == ((860, 3), np.float64)
    np.testing.assert_allclose(earth.rgb[7], earth.tiles[7].reshape(-1, 3).mean(axis=0) / 255)
    assert earth_map().shape == (180, 360, 3)


def test_no_two_tiles_overlap():
    earth = load_earth()
    places = set(zip(earth.longitude.tolist(), earth.latitude.tolist()))
    assert len(places) == len(earth)
    assert all(longitude % 2 == latitude % 2 == 1 for longitude, latitude in places)


def test_what_the_card_says_is_wrong_is_true():
    earth = load_earth()
    flat = [tile.reshape(-1, 3) for tile in earth.tiles[earth.category == "ocean"]]
    assert sum(np.ptp(tile, axis=0).max() == 0 for tile in flat) == 7
    assert np.mean(earth.tiles[earth.category == "ice"] == 255) == pytest.approx(0.26, abs=0.005)


def test_categories_are_chosen_by_name():
    two = load_earth(["ocean", "desert"])
    assert set(two.category) == {"ocean", "desert"}
    assert len(two) == len(two.longitude) == 300
    assert len(load_earth("ice")) == 150


@pytest.mark.parametrize(
    ("asked", "words"),
    [(["dessert"], "no category 'dessert'; there are: desert, "), ([], "no category was asked for")],
)
def test_an_unknown_category_is_named(asked, words):
    with pytest.raises(ValueError, match=words):
        load_earth(asked)


def test_digits_agree_with_their_card():
    images, labels = load_digits()
    assert (images.shape, images.dtype, labels.shape, labels.dtype) == (
        (70_000, 784),
        np.uint8,
        (70_000,),
        np.uint8,
    )
    assert np.bincount(labels).tolist() == [6903, 7877, 6990, 7141, 6824, 6313, 6876, 7293, 6825, 6958]
    assert labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert np.sum(images.max(axis=0) == 0) == 65
    assert np.sum((images >= 128).sum(axis=0) == 0) == 105
    assert np.mean((images > 0) & (images < 255)) == pytest.approx(0.18, abs=0.005)


def test_a_folder_of_pictures(folder):
    loaded = load_images(folder)
    assert loaded.category.tolist() == ["meadow", "sea"]
    np.testing.assert_allclose(loaded.rgb[0], np.array(GREEN) / 255)
    assert loaded.tiles.shape == (2, THUMBNAIL, THUMBNAIL, 3)
    assert np.isnan(loaded.longitude).all()


def test_the_mean_is_over_all_pixels_and_not_of_the_thumbnail(folder):
    wide = Image.new("RGB", (400, 20), "black")
    wide.paste("white", (0, 0, 100, 20))  # a quarter, outside the middle square
    rgb, tile = only(folder, wide)
    np.testing.assert_allclose(rgb, 0.25)
    assert tile.max() == 0


def test_a_jpeg_with_its_extension_in_capitals(folder):
    rgb, _ = only(folder, Image.new("RGB", (16, 16), GREEN), "PHOTO.JPG", quality=95)
    np.testing.assert_allclose(rgb, np.array(GREEN) / 255, atol=0.02)


@pytest.mark.parametrize("mode", ["L", "P", "1"])
def test_grey_and_palette_pictures_get_three_channels(mode, folder):
    rgb, tile = only(folder, Image.new("RGB", (9, 9), "white").convert(mode))
    np.testing.assert_allclose(rgb, 1)
    assert tile.shape == (THUMBNAIL, THUMBNAIL, 3)


def test_sixteen_bits_of_grey_are_scaled_and_not_cut_off(folder):
    rgb, _ = only(folder, Image.fromarray(np.full((8, 8), 32_896, np.uint16)))
    np.testing.assert_allclose(rgb, 128 / 255)


def test_cmyk_is_read_as_colours(folder):
    rgb, _ = only(folder, Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "red.jpg", quality=95)
    np.testing.assert_allclose(rgb, [1, 0, 0], atol=0.03)


def test_transparent_parts_are_seen_on_white(folder):
    clear = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    clear.paste((255, 0, 0, 255), (0, 0, 8, 4))
    rgb, _ = only(folder, clear)
    np.testing.assert_allclose(rgb, [1, 0.5, 0.5])


def test_a_photograph_taken_upright_is_shown_upright(folder):
    image, exif = Image.new("RGB", (40, 20), "black"), Image.Exif()
    image.paste("white", (0, 0, 20, 20))
    exif[0x0112] = 6  # this value means that the left side belongs at the top
    _, tile = only(folder, image, "upright.jpg", exif=exif, quality=95)
    assert tile[:20].mean() > 230
    assert tile[-20:].mean() < 25


@pytest.mark.parametrize(
    "spoil", [lambda content: content[: len(content) // 2], lambda content: b"<html>no</html>"]
)
def test_a_broken_file_is_left_out_and_named(spoil, folder):
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    path = folder / "sea" / "broken.jpg"
    Image.fromarray(noise).save(path)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.warns(UserWarning, match="1 file was left out, no picture can be read there: sea/broken.jpg"):
        loaded = load_images(folder)
    assert len(loaded) == 2


def test_a_folder_with_only_broken_files_is_refused(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.png").write_bytes(b"")
    with pytest.raises(ValueError, match="none of the 1 files in .* can be read"):
        load_images(tmp_path)


def test_a_folder_without_sub_folders_is_one_category(tmp_path):
    for n in range(2):
        Image.new("RGB", (4, 4)).save(tmp_path / f"{n}.png")
    with pytest.warns(UserWarning, match="All pictures are in one category, .*: make sub-folders."):
        loaded = load_images(tmp_path)
    assert loaded.category.tolist() == [tmp_path.name] * 2


@pytest.mark.parametrize("name", [None, ".DS_Store", "Thumbs.db"])
def test_a_folder_without_pictures(name, tmp_path):
    if name:
        (tmp_path / name).write_bytes(b"of the system")
    with pytest.raises(ValueError, match="one sub-folder for each category"):
        load_images(tmp_path)


@pytest.mark.parametrize(
    "ending", ["webp", "gif", "bmp", "tiff", "TIF", "WEBP", "ppm", "ico", "avif", "without"]
)
def test_every_kind_of_picture_is_read(ending, folder):
    image, file = Image.new("RGB", (16, 16), GREEN), io.BytesIO()
    image.save(file, "PNG" if ending == "without" else Image.registered_extensions()[f".{ending.lower()}"])
    (folder / "new").mkdir()
    (folder / "new" / f"picture.{ending}").write_bytes(file.getvalue())
    loaded = load_images(folder)
    np.testing.assert_allclose(loaded.rgb[loaded.category == "new"], [np.array(GREEN) / 255], atol=0.03)


def test_of_a_moving_picture_the_first_frame_is_read(folder):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "blue")]
    rgb, _ = only(folder, frames[0], "moving.gif", save_all=True, append_images=frames[1:])
    np.testing.assert_allclose(rgb, [1, 0, 0], atol=0.01)


@pytest.mark.parametrize(("level", "expected"), [(0.5, 128 / 255), (128.0, 128 / 255)])
def test_grey_of_fractions_is_scaled(level, expected, folder):
    rgb, _ = only(folder, Image.fromarray(np.full((8, 8), level, np.float32)), "grey.tiff")
    np.testing.assert_allclose(rgb, expected)


def test_a_palette_with_a_transparent_colour_is_seen_on_white(folder):
    image = Image.new("P", (8, 8), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    rgb, _ = only(folder, image, "clear.gif", transparency=0)
    np.testing.assert_allclose(rgb, 1)


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100)


def test_what_is_left_out_is_named_with_what_to_do(folder):
    for name in ("sea/a.heic", "sea/notes.txt", "sea/deep/b.png", "loose.png", "sea/.DS_Store"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(HEIC)
    (folder / "empty").mkdir()
    with pytest.warns(UserWarning, match="left out") as caught:
        assert len(load_images(folder)) == 2
    assert [str(each.message) for each in caught] == [
        "2 files were left out, no picture can be read there: sea/a.heic, sea/notes.txt. "
        "Save pictures as JPEG or PNG. "
        "1 file was left out, outside every category: loose.png. Move each picture into a sub-folder. "
        "1 file was left out, in a folder within a sub-folder: sea/deep/b.png. "
        "Move each up into the sub-folder. "
        "1 sub-folder was left out, without a picture: empty. A category needs pictures."
    ]


def test_of_many_files_that_are_left_out_some_are_named(folder):
    for n in range(9):
        (folder / "sea" / f"{n}.heic").write_bytes(HEIC)
    with pytest.warns(UserWarning, match="9 files were left out, .*sea/4.heic, and 4 more. Save"):
        load_images(folder)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no folder .*nothing: give the one"):
        load_images(tmp_path / "nothing")


@pytest.mark.filterwarnings("ignore:All pictures are in one category")
@pytest.mark.parametrize("count", [MANY, MANY + 1])
def test_more_than_two_hundred_files_get_a_progress_bar(count, tmp_path, capfd):
    (tmp_path / "many").mkdir()
    for n in range(count):
        Image.new("L", (2, 2)).save(tmp_path / "many" / f"{n}.png")
    assert len(load_images(tmp_path)) == count
    assert ("reading pictures: 100%" in capfd.readouterr().err) == (count > MANY)
