"""The house as a whole: what its rooms must have in common."""

import ast
from collections import defaultdict

from ours import ROOT

PACKAGES = ("checks", "exercises", "explorer", "grading", "helpers")


def classes():
    """Yield the name of every class in the packages, and the file that defines it."""
    for path in (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield node.name, path.relative_to(ROOT).as_posix()


def test_a_class_name_stands_for_one_thing():
    found = defaultdict(list)
    for name, path in classes():
        found[name].append(path)
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}
    assert len(found) > 80
