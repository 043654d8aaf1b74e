"""Files, folders, sections, verbs, limits and points that documents name exist."""

import ast
import re
from dataclasses import fields
from fnmatch import fnmatch

import nbformat
import pytest
from ours import COURSE, ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
DOCUMENTS += (ROOT / "data").glob("*.md")
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCUMENTS}
FOLDERS = [each.name for each in ROOT.iterdir() if each.is_dir() and not each.name.startswith(".")]
FILE = r"\.(py|md|yml|toml|npz|png|gif|csv|js|css|html|txt|lock|ipynb|jsonl|db)$"
# Files that are made when somebody works with the course. .gitignore lists them.
MADE = {line.strip("/\n") for line in (ROOT / ".gitignore").read_text().splitlines() if line.startswith("/")}
OWN = "course.toml"  # a file that an instructor may add
OLDER = "grading/hidden/seed.txt"  # the place of this file in an earlier version
LINK = r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)"


def paths(text):
    """Return what looks like a path in the code of a text. `<name>` in a path stands for any name."""
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^```.*?^```$", "", text))
    return [
        each
        for each in spans
        if re.fullmatch(r"[\w.<>*-][\w.<>*/-]*", each) and ("/" in each or re.search(FILE, each))
    ]


def is_there(path):
    """Tell whether a path exists, or is the end of one that exists, or is made during work."""
    name = path.rpartition("/")[2]
    if path in (OWN, OLDER) or any(
        path.startswith(f"{each}/") or fnmatch(name, made_name(each)) for each in MADE
    ):
        return True
    pattern = re.sub(r"<\w+>|\bmy[-_]\w+", "*", path.strip("/"))
    return any(ROOT.glob(pattern)) or any(any((ROOT / folder).rglob(pattern)) for folder in FOLDERS)


def made_name(path):
    """Return the name of a file that is made; for a folder, "/", which equals no name."""
    return path.rpartition("/")[2] if "." in path else "/"


def slug(heading):
    """Return the anchor that GitHub gives a section."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", TEXTS)
def test_every_path_in_a_document_exists(name):
    assert [each for each in paths(TEXTS[name]) if not is_there(each)] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_in_a_document_leads_somewhere(name):
    for path, section in re.findall(LINK, TEXTS[name]):
        if "://" not in path:
            target = (ROOT / name).parent / path if path else ROOT / name
            assert target.exists(), path
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.M) if section else []
            assert not section or section in map(slug, headings), section


def test_a_missing_path_is_found():
    there = "`box/parent.py`, `submitted/<student>/x.ipynb`, `solutions/<name>.py`, `a / b`, `/proc`"
    lost = [each for each in paths(f"{there} and `helpers/nothing.py`") if not is_there(each)]
    assert lost == ["helpers/nothing.py"]


@pytest.mark.parametrize("name", TEXTS)
def test_every_verb_in_a_document_is_one_of_make(name):
    verbs = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    asked = re.findall(r"`make ([a-z-]+)[ `]|^make ([a-z-]+)", TEXTS[name], re.M)
    assert {"".join(each) for each in asked} <= set(verbs)


@pytest.mark.instructor
def test_limits_agree_with_the_engine_and_the_settings():
    from grading.box.limits import Limits

    shown = dict(re.findall(r"^\| `(\w+)` \| .* \| (\d+) \|$", TEXTS["docs/trust.md"], re.M))
    assert shown == {each.name: f"{each.default:g}" for each in fields(Limits)}
    settings = ast.parse((ROOT / "nbgrader_config.py").read_text(encoding="utf-8"))
    given = {
        ast.unparse(each.targets[0]): each.value for each in settings.body if isinstance(each, ast.Assign)
    }
    set_here = {name: given.get(f"c.BoxedExecute.{name}") for name in shown}
    assert all(value is None or str(value.value) == shown[name] for name, value in set_here.items())


def test_the_readme_says_how_many_marks_the_reference_gets():
    cells = nbformat.read(COURSE.assignment("gaussian-mixture").solution, as_version=4).cells
    graded = [cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    most, by_hand = sum(each.points for each in graded), sum(each.points for each in graded if each.solution)
    (said,) = re.findall(r"reference has (\d+) of (\d+): the other (\d+)\s+are", TEXTS["README.md"])
    assert tuple(map(int, said)) == (most - by_hand, most, by_hand)
