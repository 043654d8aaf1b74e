"""The data that Python sends to the browser."""

from io import BytesIO

import numpy as np
import pytest
from em_steps import DATA, SPOILED, explored
from PIL import Image

from explorer.packing import COLUMNS, FULL, packed_resp, sprite
from helpers import explore, generate_mog_data, load_earth, loglikelihood


def test_responsibilities_arrive_in_the_browser_unchanged():
    resp = np.random.default_rng(2).dirichlet([0.2] * 4, 50)
    read = np.frombuffer(packed_resp(resp), "<u2").reshape(50, 4) / FULL
    assert np.abs(read - resp).max() <= 0.5 / FULL + 1e-12
    assert np.frombuffer(packed_resp(np.array([np.nan, 2.0, -1.0])), "<u2").tolist() == [0, FULL, 0]


def test_points_and_frames_arrive_in_the_browser_unchanged():
    made = explored()
    scene, history = made.scenes[0], made.history
    assert (scene["N"], scene["total"], scene["K"], scene["D"], scene["rows"]) == (100, 100, 3, 2, None)
    points = np.frombuffer(made.arrays["0/points"], "<f4").reshape(100, 2)
    np.testing.assert_allclose(points, DATA, rtol=1e-6)
    resp = np.frombuffer(made.arrays["0/0/resp"], "<u2").reshape(-1, 100, 3) / FULL
    for sent, frame in zip(scene["runs"][0]["frames"], history.frames):
        np.testing.assert_array_equal(sent["means"], frame.params.means)
        assert sent["resp"] == (frame.iteration - 1 if frame.half != "start" else -1)
        if frame.half != "start":
            np.testing.assert_allclose(resp[sent["resp"]], frame.resp, atol=1e-5)
    assert len(resp) == history.iterations


def test_nan_is_sent_as_null():
    sent = explored(m_step=SPOILED["finite"][1]).scenes[0]["runs"][0]["frames"][-1]
    assert sent["means"] == [[None, None]] * 3
    assert sent["loglik"] is None


def test_pictures_are_sent_as_one_picture_of_tiles():
    earth = load_earth(["ice", "ocean"])
    made = explore(earth.rgb, pictures=earth.tiles, init=2, maxiter=3, gallery=False)
    tiles = np.asarray(Image.open(BytesIO(made.arrays["0/tiles"])))
    H, W = earth.tiles.shape[1:3]
    assert made.scenes[0]["kind"] == "pictures"
    assert tiles.shape == (H * 15, W * COLUMNS, 3)
    np.testing.assert_array_equal(tiles[H : 2 * H, W : 2 * W], earth.tiles[COLUMNS + 1])


def test_large_tiles_are_reduced():
    pictures = np.random.default_rng(0).integers(0, 255, (100, 60, 60, 3), dtype=np.uint8)
    made = explore(DATA, init=2, pictures=pictures, maxiter=1, gallery=False)
    assert Image.open(BytesIO(made.arrays["0/tiles"])).size == (30 * COLUMNS, 30 * 5)


def test_grey_tiles_make_a_grey_picture():
    tiles = np.arange(21 * 6, dtype=np.uint8).reshape(21, 2, 3)
    wide = np.asarray(Image.open(BytesIO(sprite(tiles))))
    assert wide.shape == (4, 60)
    np.testing.assert_array_equal(wide[2:, :3], tiles[20])


def test_only_few_of_seventy_thousand_rows_are_sent():
    X = (np.random.default_rng(0).uniform(size=(70_000, 16)) < 0.3).astype(np.uint8)
    made = explore(X, init=3, maxiter=2, gallery=False)
    scene = made.scenes[0]
    assert (scene["family"], scene["kind"], scene["shape"]) == ("bernoulli", "digits", [4, 4])
    assert (scene["N"], scene["total"]) == (400, 70_000)
    assert (scene["rows"][0], scene["rows"][-1]) == (0, 69_999)
    assert sum(map(len, made.arrays.values())) < 50_000
    bits = np.frombuffer(made.arrays["0/bits"], np.uint8).reshape(400, 16)
    np.testing.assert_array_equal(bits, X[scene["rows"]])
    assert sum(scene["runs"][0]["frames"][-1]["counts"]) == pytest.approx(70_000)
    params = np.frombuffer(made.arrays["0/0/params"], "<f4").reshape(3, 3, 16)
    np.testing.assert_allclose(params[-1], made.history.frames[-1].params.means, atol=1e-6)
    assert [frame["params"] for frame in scene["runs"][0]["frames"]] == [0, 0, 1, 1, 2]


def test_few_points_are_drawn_but_em_runs_on_all():
    data = generate_mog_data(4000, [[0, 0], [5, 5]], [np.eye(2)] * 2, [0.5, 0.5], seed=0)
    made = explore(data, init=2, maxiter=3, gallery=False)
    assert made.scenes[0]["N"] == 1500
    assert made.history.loglik[0] == pytest.approx(loglikelihood(data, *made.history.frames[0].params))
