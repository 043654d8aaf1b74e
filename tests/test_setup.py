"""Installation files, Makefile and workflows agree with each other, and contain nothing of one machine."""

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib

import pytest
import yaml
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.version import Version

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
DECLARED = [Requirement(each) for each in PROJECT["dependencies"] + sum(EXTRAS.values(), [])]
# The packages of the course (its rooms), and what each may import of the others and of nbgrader.
ROOMS = {
    "checks": (),
    "explorer": ("checks",),
    "helpers": ("checks", "explorer"),
    "exercises": ("checks", "helpers"),
    "grading": ("checks", "nbgrader"),
    "release": ("explorer", "grading", "helpers"),
}
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def tracked():
    """Return every text file of the project: those that git knows, or all files if there is no git."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True
        )
        paths = [ROOT / name for name in listed.stdout.decode().splitlines()]
    else:
        paths = [path for path in ROOT.rglob("*") if not {".venv", "__pycache__"} & set(path.parts)]
    return [path for path in paths if path.is_file() and path.suffix not in (".npz", ".png", ".gif")]


def conda():
    """Return the requirements of environment.yml, with those that pip installs."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    plain = [each for each in listed if isinstance(each, str)]
    (by_pip,) = (each["pip"] for each in listed if isinstance(each, dict))
    return [Requirement(each) for each in plain + by_pip if each != "-e ."]


def test_environment_yml_asks_for_what_pyproject_does():
    asked = {each.name: str(each.specifier) for each in conda()}
    assert asked.pop("python") == PROJECT["requires-python"]
    assert asked.pop("pip") == ""
    assert asked == {each.name: str(each.specifier) for each in DECLARED}


def test_the_lock_has_the_requirements_of_pyproject():
    locked = {
        name: Version(version) for name, version in re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", LOCK, re.M)
    }
    for each in DECLARED:
        assert locked[each.name] in each.specifier, f"run `make lock`: {each}"


def test_every_locked_package_has_a_hash_and_no_address():
    packages = re.split(r"^(?=[a-z0-9._-]+==)", LOCK, flags=re.M)[1:]
    assert len(packages) > 50
    assert all("--hash=sha256:" in each for each in packages)
    assert "://" not in LOCK
    assert "--index" not in LOCK


def test_each_dependency_has_a_comment_that_says_why():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for each in DECLARED:
        (line,) = re.findall(rf'^ +"{each.name}[>\[<=].*$', text, re.M)
        assert len(line.split("#", 1)[1].split()) >= 4, each.name


def test_no_file_contains_a_path_of_a_machine_or_a_registry():
    # The words are put together here, so that this file does not contain what it looks for.
    forbidden = [
        "/" + "home/",
        "/" + "root/",
        "/" + "work/",
        "/" + "tmp/",
        "C:" + "\\Users",
        "pypi" + ".org",
        "python" + "hosted",
        "npm" + "js",
    ]
    for path in tracked():
        text = path.read_text(encoding="utf-8")
        assert not [each for each in forbidden if each in text], path


def test_help_lists_every_verb():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (declared,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    assert set(re.findall(r"^([a-z-]+):.*## ", makefile, re.M)) == set(declared.split())


@pytest.mark.instructor
@pytest.mark.parametrize("words", [[], ["help"]], ids=str)
def test_make_without_a_verb_shows_every_verb(words):
    shown = subprocess.run(["make", "-s", *words], cwd=ROOT, capture_output=True, text=True).stdout
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (declared,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    assert [line.split(":")[0].split() for line in shown.splitlines()] == [
        ["make", verb] for verb in re.findall(r"^([a-z-]+):.*## ", makefile, re.M)
    ]
    assert len(shown.splitlines()) == len(declared.split())


@pytest.mark.instructor
@pytest.mark.parametrize(
    ("verb", "command"),
    [
        ("build", "grading build gaussian-mixture"),
        ("bench", "benchmarks gaussian-mixture"),
        ("mutants", "benchmarks mutants"),
        ("stock", "benchmarks stock"),
    ],
)
def test_make_passes_args_to_the_command(verb, command):
    given = ["make", "-s", "-n", "-o", ".venv/ready", verb, "ARGS=gaussian-mixture"]
    shown = subprocess.run(given, cwd=ROOT, capture_output=True, text=True).stdout
    assert any(line.endswith(command) for line in shown.splitlines())


@pytest.mark.instructor
def test_an_old_python_is_refused_with_a_sentence(tmp_path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\nexec python3 -c "import sys; sys.version_info = (3, 9, 1); $2"\n')
    old.chmod(0o755)
    command = ["make", "-s", "-W", "requirements.lock", f"PYTHON={old}", "-n", "lab"]
    recipe = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    check = next(line for line in recipe.splitlines() if "sys.version_info" in line)
    done = subprocess.run(check, shell=True, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Python 3.11 or later is needed" in done.stderr


def test_workflows_run_the_commands_that_everybody_uses():
    jobs = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs["all"]["steps"][-1]["run"] == ".ci/run"
    assert jobs["all"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert jobs["students"]["strategy"]["matrix"]["system"] == ["macos-latest", "windows-latest"]
    assert jobs["students"]["steps"][-1]["run"].startswith("make test")
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()[-1].endswith("exec make test")


def test_workflows_have_no_problem_that_zizmor_finds():
    program = shutil.which("zizmor", path=sysconfig.get_path("scripts"))
    done = subprocess.run(
        [program, "--offline", "--no-progress", ".github"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert "No findings" in done.stdout


def test_a_tag_publishes_what_make_release_makes():
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))["jobs"]
    steps = jobs["make"]["steps"]
    assert 'make release VERSION="${GITHUB_REF_NAME#v}"' in [step.get("run") for step in steps]
    shown = [step["with"]["path"] for step in steps if "upload" in step.get("uses", "")]
    assert "dist/site" in shown
    assert "dist/students" in shown


def module_lines(folder):
    return {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")
    }


@pytest.mark.parametrize("folder", [*ROOMS, "benchmarks"])
def test_files_are_small_enough_to_read(folder):
    # A list of mistakes may be longer, because each entry can be read alone.
    limits = {path: 300 if "mistakes" in path.parts else 250 for path in module_lines(folder)}
    assert not [path for path, lines in module_lines(folder).items() if lines > limits[path]]


def imported(path):
    """Yield the packages that a file imports, at any place."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        yield from (name.partition(".")[0] for name in names)


@pytest.mark.parametrize("folder", ROOMS)
def test_packages_import_only_in_the_allowed_direction(folder):
    ours = {*ROOMS, "benchmarks", "tests", "nbgrader"}
    for path in (ROOT / folder).rglob("*.py"):
        assert set(imported(path)) & ours <= {folder, *ROOMS[folder]}, path


def test_notebooks_import_only_helpers():
    for path in (ROOT / "solutions").glob("*.py"):
        assert set(imported(path)) & {*ROOMS} == {"helpers"}, path


def test_every_folder_with_code_is_a_package():
    for room in ROOMS:
        folders = {path.parent for path in (ROOT / room).rglob("*.py")}
        assert not [each for each in folders if not (each / "__init__.py").exists()]


def test_the_code_has_one_style():
    for words in (["check", "-q", "."], ["format", "-q", "--check", "."]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *words], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.long
def test_a_new_gradebook_has_the_version_that_nbgrader_asks_its_own_program_for():
    from grading.doors.programs import ASKED_BY_NBGRADER, version_of_a_new_gradebook

    assert version_of_a_new_gradebook() == ASKED_BY_NBGRADER()
