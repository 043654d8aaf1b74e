"""Rules that the rooms (packages) of the whole project must keep."""

import ast
import re
from collections import defaultdict

from ours import ROOT

# The other packages that each package may import. Tests may import anything.
ARROWS = {
    "checks": set(),
    "explorer": {"checks"},
    "helpers": {"checks", "explorer"},
    "exercises": {"checks", "helpers"},
    "grading": {"checks"},
    "release": {"explorer", "grading", "helpers"},
}
PACKAGES = ("checks", "exercises", "explorer", "grading", "helpers", "release")


def classes():
    """Yield the name of every class in the packages, and the file that defines it."""
    for path in (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield node.name, path.relative_to(ROOT).as_posix()


def test_no_two_classes_have_the_same_name():
    found = defaultdict(list)
    for name, path in classes():
        found[name].append(path)
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}
    assert len(found) > 80


def imports(path):
    """Yield our packages that a file imports anywhere, by an import statement or by a name in a string."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):  # import_module, lazy loading
            found = re.fullmatch(r"(\w+)(\.\w+)+(:\w+)?", node.value)
            yield from [found.group(1)] if found else []


def test_packages_import_only_in_the_allowed_direction():
    wrong = {
        f"{path.relative_to(ROOT).as_posix()} imports {name}"
        for package, allowed in ARROWS.items()
        for path in sorted((ROOT / package).rglob("*.py"))
        for name in imports(path)
        if name in PACKAGES and name not in {package, *allowed}
    }
    assert wrong == set()
