"""The source of the explorer's view: the bundle is built from it, its files are small, and they work."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("bundle", ROOT / ".ci/bundle.py")
SPEC.loader.exec_module(bundle := importlib.util.module_from_spec(SPEC))

pytestmark = pytest.mark.node

VIEW = bundle.VIEW
TESTS = Path(__file__).parent / "view"
PACKAGE = json.loads((VIEW / "package.json").read_text(encoding="utf-8"))
LOCK = bundle.LOCK.read_text(encoding="utf-8")


def node(*words: object) -> str:
    """Return what Node prints. If Node fails, its error message is the message of the failed test."""
    program = shutil.which("node")
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", autouse=True)
def packages():
    """Install the packages of the lock file. If Node.js or npm is missing, the error says what to install."""
    bundle.install()


def test_the_committed_bundle_is_what_the_source_makes(tmp_path):
    assert bundle.build(tmp_path) == 0
    assert sorted(os.listdir(tmp_path)) == sorted(os.listdir(bundle.STATIC)) == sorted(bundle.BUNDLE)
    for name in bundle.BUNDLE:
        assert (tmp_path / name).read_bytes() == (bundle.STATIC / name).read_bytes(), "run `make view`"


def test_the_bundle_is_small_enough_to_be_saved_in_every_notebook_that_shows_it():
    sizes = {name: (bundle.STATIC / name).stat().st_size for name in bundle.BUNDLE}
    assert sizes["explorer.js"] < 60_000
    assert sizes["explorer.css"] < 13_000


def test_an_error_in_the_source_stops_the_bundle(tmp_path):
    shutil.copytree(VIEW, tmp_path / "view", ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "view/node_modules").symlink_to(VIEW / "node_modules")
    with (tmp_path / "view/plot.js").open("a") as file:
        file.write('import { gone } from "./marks.js"; gone();\n')
    done = subprocess.run(["node", "build.js", tmp_path / "out"], cwd=tmp_path / "view", capture_output=True)
    assert done.returncode != 0
    assert b'No matching export in "marks.js" for import "gone"' in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", sorted(path.name for path in TESTS.glob("*.test.mjs")))
def test_javascript_modules_pass_their_tests(name):
    assert re.search(r"# pass [1-9]", node("--test", "--test-reporter=tap", TESTS / name))


def test_no_file_is_longer_than_250_lines_and_no_function_than_40():
    files = [path for path in VIEW.iterdir() if path.is_file() and path != bundle.LOCK]
    lines = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: count for name, count in lines.items() if count > 250} == {}
    functions = json.loads(node(TESTS / "lengths.mjs", VIEW))
    assert len(functions) > 200
    assert [each for each in functions if each[1] > 40] == []


def test_each_module_is_named_in_the_plan_at_the_top_of_main_js():
    plan = (VIEW / "main.js").read_text(encoding="utf-8").split("*/")[0]
    rooms = {path.name for path in VIEW.glob("*.js")} - {"main.js"}
    assert set(re.findall(r"[\w-]+\.js", plan)) == rooms


def test_versions_are_pinned_and_the_lock_names_no_address():
    pinned = PACKAGE["dependencies"] | PACKAGE["devDependencies"]
    locked = json.loads(LOCK)["packages"]
    assert pinned == {name: locked[f"node_modules/{name}"]["version"] for name in pinned}
    assert all("integrity" in each for name, each in locked.items() if name)
    assert "://" not in LOCK
    assert "resolved" not in LOCK


def program(folder: Path, name: str, prints: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho {prints}\n")
    (folder / name).chmod(0o755)


@pytest.mark.parametrize(
    ("programs", "says"),
    [
        ({}, "Node.js and npm cannot be found (on Debian and Ubuntu: sudo apt install nodejs npm)."),
        ({"node": "v22.1.0"}, "npm cannot be found (on Debian and Ubuntu: sudo apt install nodejs npm)."),
        ({"node": "v16.20.2", "npm": "8"}, "Node.js 18 or later is needed, and {folder}/node is v16.20.2."),
    ],
)
def test_without_node_the_bundle_is_not_changed_and_a_message_says_why(
    tmp_path, monkeypatch, capfd, programs, says
):
    for name, prints in programs.items():
        program(tmp_path, name, prints)
    monkeypatch.setenv("PATH", str(tmp_path))
    before = (bundle.STATIC / "explorer.js").stat().st_mtime_ns
    said = says.format(folder=tmp_path)
    assert bundle.main(["--if-possible"]) == 0
    assert capfd.readouterr().err == f"The explorer was not bundled anew: {said}\n"
    assert bundle.main([]) == 1
    assert capfd.readouterr().err == f"{said}\n"
    assert (bundle.STATIC / "explorer.js").stat().st_mtime_ns == before


def test_without_the_network_the_sentence_says_what_failed(tmp_path, monkeypatch, capfd):
    program(tmp_path, "node", "v22.1.0")
    (tmp_path / "npm").write_text("#!/bin/sh\necho no network >&2; exit 1\n")
    (tmp_path / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(bundle, "INSTALLED", tmp_path / "nothing")
    assert bundle.main([]) == 1
    assert capfd.readouterr().err == "npm could not install what package-lock.json names.\nno network\n"
