"""The page that plays EM makes the same steps as Python: the same numbers, words, lights and endings."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

import explorer
from explorer.packing import scene_as_json
from explorer.scene import from_frame, from_means, from_seed
from release.play import build
from release.play.scenes import STARTS, rounding_decides, stages

pytestmark = pytest.mark.node

SCRIPT = Path(__file__).with_name("page_runs.mjs")
PAGE = Path(explorer.__file__).parent / "view/page"
LENGTHS = Path(__file__).parents[1] / "explorer/view/lengths.mjs"
SAME = 1e-9  # relative to the largest number of a table
STAGES = {stage.id: stage for stage in stages()}
DRAWN = [stage for stage in STAGES.values() if stage.drawn]
GALLERY = [stage for stage in STAGES.values() if not stage.drawn]


@pytest.fixture
def page_runs(page_folder):
    """Return a function that makes runs as the page does, from pairs of a scene and an address."""

    def make(*asked):
        command = [shutil.which("node"), SCRIPT, page_folder, json.dumps(asked)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return make


def numbers_in(text):
    return np.frombuffer(base64.b64decode(text), "<f8")


def content_of(path):
    """Return the content of a scene's file, as the page gets it."""
    return json.loads(path.read_text(encoding="utf-8").partition(", ")[2].removesuffix(");\n"))


def numbers_of(frame):
    """Return all numbers of a frame that Python made, by the names that the page gives them."""
    params = {name: value for name, value in frame.params._asdict().items() if value is not None}
    return params | {"counts": frame.counts, "loglik": frame.loglik, "bound": frame.bound}


def difference(found, right):
    """Return how far a table is from the right one, relative to its largest number."""
    right = np.ravel(right)
    assert (np.isfinite(found) == np.isfinite(right)).all()
    finite = np.isfinite(right)
    if not finite.any():
        return 0.0
    return np.abs(found - right)[finite].max() / max(np.abs(right[finite]).max(), np.finfo(float).tiny)


def assert_same(page, scene, r=-1):
    """Assert that a run of the page equals a run of Python, number by number and word by word."""
    run, shown = scene.runs[r], scene_as_json(scene)["runs"][r]
    for name in ("name", "at", "end"):
        assert page[name] == shown[name]
    assert len(page["frames"]) == len(run.frames)
    for mine, frame in zip(page["frames"], shown["frames"]):
        assert mine == {name: frame[name] for name in mine}
    off = [
        (difference(numbers_in(text), numbers_of(frame)[name]), name, i)
        for i, (mine, frame) in enumerate(zip(page["numbers"], run.frames))
        for name, text in mine.items()
    ]
    assert max(off)[0] < SAME or max(off)[0] < 10 * shaken(scene, run), max(off)


def shaken(scene, run):
    """Return how much a run in Python changes if the last digit of its start changes.

    Some runs are unstable: a rounding error grows by a factor of a million. BLAS also rounds differently with
    two threads than with one. There no two programs can agree to nine digits.
    """
    start, rng = run.frames[0].params, np.random.default_rng(0)
    means = start.means * (1 + 2e-16 * rng.choice([-1, 0, 1], start.means.shape))
    again = scene.extended(start._replace(means=means), "shaken").runs[-1]
    pairs = [(numbers_of(a), numbers_of(b)) for a, b in zip(again.frames, run.frames)]
    return max(difference(np.ravel(a[name]), b[name]) for a, b in pairs for name in b)


@pytest.mark.parametrize(
    ("stage", "seeds"),
    [
        *((stage, range(STARTS)) for stage in DRAWN if stage.id != "digits"),
        (STAGES["digits"], range(3)),
        pytest.param(STAGES["digits"], range(3, STARTS), marks=pytest.mark.long),
    ],
    ids=lambda each: getattr(each, "id", None),
)
def test_each_start_of_a_scene_gives_the_same_run_as_in_python(page_folder, page_runs, stage, seeds):
    pages = page_runs(*((stage.id, f"seed={seed}") for seed in seeds))
    ends = content_of(page_folder / f"data/{stage.id}.js")["starts"]
    for seed, page in zip(seeds, pages):
        scene = from_seed(stage.scene, seed)
        run = scene.runs[-1]
        assert_same(page, scene)
        resp = numbers_in(page["resp"]).reshape(stage.scene.engine.data.shape[0], -1)[scene.rows]
        last = next(frame for frame in reversed(run.frames) if frame.half == "E")
        assert difference(resp.ravel(), last.resp) < SAME
        assert ends[seed]["loglik"] == run.loglik[-1]
        assert ends[seed]["iterations"] == run.iterations


@pytest.mark.parametrize("stage", GALLERY, ids=lambda stage: stage.id)
def test_the_runs_of_the_gallery_are_the_same_as_in_python(page_runs, stage):
    runs = stage.scene.runs
    made = [r for r, run in enumerate(runs) if stage.scene.may_start and not rounding_decides(run)]
    pages = page_runs(*((stage.id, f"run={r}") for r in range(len(runs))))
    for r in made:
        assert_same(pages[r], stage.scene, r)
    for r in set(range(len(runs))) - set(made):  # these runs are in the file, as Python made them
        shown = scene_as_json(stage.scene)["runs"][r]
        assert [frame["words"] for frame in pages[r]["frames"]] == [
            frame["words"] for frame in shown["frames"]
        ]


def moved(means, k, place):
    means = means.copy()
    means[k] = place
    return means


def test_a_dragged_start_and_branches_give_the_same_runs_as_in_python(page_runs):
    stage = STAGES["hundred-points"]
    scene, seeded = stage.scene, from_seed(stage.scene, 5)
    means = seeded.runs[1].frames[7].params.means
    first = from_means(scene, moved(scene.start.means, 2, [1.5, -0.25]))
    second = from_frame(seeded, 1, 7, moved(means, 0, [3.0, 3.0]))
    third = from_frame(second, 2, 4, moved(second.runs[2].frames[4].params.means, 1, [0.0, 5.0]))
    branch = "seed=5&branch=7:0:3,3"
    asked = ("start=2:1.5,-0.25", branch, f"{branch}&branch=4:1:0,5", "seed=5&branch=0:")
    pages = page_runs(*((stage.id, address) for address in asked))
    for page, made in zip(pages, (first, second, third, from_frame(seeded, 1, 0, None))):
        assert_same(page, made)


@pytest.mark.parametrize(
    "stage", [stage for stage in GALLERY if stage.scene.may_start], ids=lambda stage: stage.id
)
def test_new_starts_in_the_gallery_are_the_same_as_in_python(page_runs, stage):
    seeds = (1, 2, 2**32 - 1)
    for seed, page in zip(seeds, page_runs(*((stage.id, f"seed={seed}") for seed in seeds))):
        scene = from_seed(stage.scene, seed)
        if not rounding_decides(scene.runs[-1]):
            assert_same(page, scene)


def test_a_collapse_is_followed_until_rounding_decides(page_runs):
    stage = STAGES["collapse-on-a-doubled-point"]
    run = stage.scene.runs[0]
    (page,) = page_runs((stage.id, "start="))
    assert rounding_decides(run)
    assert page["ending"]["why"] == run.ending.why.value == "broken"
    for mine, frame in list(zip(page["numbers"], run.frames))[:8]:
        assert all(
            difference(numbers_in(text), numbers_of(frame)[name]) < SAME for name, text in mine.items()
        )


def test_files_of_the_page_are_small_and_named_in_its_plan():
    rooms = {path.name: path.read_text(encoding="utf-8") for path in PAGE.glob("*.js")}
    assert {name for name, text in rooms.items() if len(text.splitlines()) > 250} == set()
    plan = rooms["main.js"].partition("*/")[0]
    assert set(re.findall(r"[\w-]+\.js", plan)) == rooms.keys() - {"main.js"}
    command = [shutil.which("node"), LENGTHS, PAGE]
    lengths = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert len(lengths) > 100
    assert [each for each in lengths if each[1] > 40] == []


@pytest.mark.long
def test_the_same_source_gives_the_same_bytes(page_folder, tmp_path):
    build(tmp_path)
    first, second = (
        {path.relative_to(each).as_posix(): path.read_bytes() for path in each.rglob("*.*")}
        for each in (page_folder, tmp_path)
    )
    assert first == second
    assert first.keys() == {"index.html", "play.js", "play.css", *(f"data/{name}.js" for name in STAGES)}
