"""Find files of a course that other people on this computer could read, though only instructors should.

The grader writes private files. But an earlier version, git, and people who unpack a download leave files
that everybody can read. These files are made private, and a sentence says that. Files that a group can read
may be shared on purpose. So they are only named.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from grading.build.hidden import hidden_folder
from grading.course import Course
from grading.policies.policy import POLICIES
from grading.private import is_shared, make_private
from grading.roster import listed
from grading.run.last import FILE as LAST_RUN
from grading.submitted.attempts import ATTEMPTS

# In a course's folder, or in the folder that `--out` names: students' work and marks.
RESULTS = (
    "submitted",
    ATTEMPTS,
    "downloaded",
    "autograded",
    "feedback",
    "gradebook*.db",
    "results*.jsonl*",
)
RESULTS += (
    "report.html",
    "*.csv",  # marks.csv, students.csv, and what `export` writes
    "*-feedback.zip",
    "*-gradescope.zip",
    "why",
    POLICIES,
    LAST_RUN,
    "un*ed.json",
)
# In a course's folder: right answers, the sources of hidden cases, and the history of both.
SOURCES = ("solutions", "answers", "tests/answers", ".git")
MADE_PRIVATE = "others on this computer could read {}. Now only you can"
IN_A_GROUP = (
    "the group '{group}' can read {names}. If it should not, run `chmod -R go-rwx {paths}`. If it is your "
    "team, let it write as well: `chmod g+ws {folder}`"
)
OPEN = "others on this computer can write into {}. If they should not, run `chmod -R go-rwx {}`"


def see_to_it(course: Course, out: Path) -> list[str]:
    """Make files private that everybody can read. Return sentences on these, and on files to look at."""
    own = [path for path in loose(course, out) if _is_mine(path)]
    everybody = [path for path in own if path.stat().st_mode & stat.S_IRWXO]
    written = [path for path in everybody if path.stat().st_mode & stat.S_IWOTH]
    read = [make_private(path) for path in everybody if path not in written]
    groups = [path for path in own if path not in everybody]
    said = [MADE_PRIVATE.format(_names(read, course.root))] if read else []
    said += [OPEN.format(_names(written, course.root), _paths(written))] if written else []
    return said + [_of_group(group, course.root) for group in _by_group(groups)]


def tell(course: Course, out: Path | None = None) -> None:
    """Check the files, and print a line for each remark. out: the folder of results, if not the course's."""
    for sentence in see_to_it(course, (out or course.root).resolve()):
        print(f"Look at this: {sentence}.", flush=True)


def loose(course: Course, out: Path) -> list[Path]:
    """Return the paths of a course that other people can read, sorted by name."""
    found = {path for name in (*RESULTS, *SOURCES) for path in course.root.glob(name)}
    found |= {path for name in RESULTS for path in out.glob(name)} | {hidden_folder(course)}
    found.add(course.root / course.exercises)  # if the package is in this folder
    return sorted(path for path in found if path.exists() and not path.is_symlink() and _is_loose(path))


def _is_loose(path: Path) -> bool:
    """Tell whether somebody else can reach and read it. In a team's folder: somebody outside the team."""
    mode = path.stat().st_mode
    asked = stat.S_IRWXO if is_shared(path.parent) else stat.S_IRWXG | stat.S_IRWXO
    if is_shared(path) and not mode & stat.S_IRWXO:  # a team's folder in an instructor's folder
        return False
    if _is_own_group(path) and not mode & stat.S_IRWXO:
        return False
    return bool(mode & asked) and all(map(_lets_in, path.absolute().parents))


def _lets_in(folder: Path) -> bool:
    return bool(folder.stat().st_mode & (stat.S_IXGRP | stat.S_IXOTH))


def _is_own_group(path: Path) -> bool:
    """Tell whether only the owner is in the group: many systems give each user a group of the same name."""
    import grp
    import pwd

    told = path.stat()
    try:
        owner, group = pwd.getpwuid(told.st_uid), grp.getgrgid(told.st_gid)
    except KeyError:
        return False
    return group.gr_name == owner.pw_name and not {*group.gr_mem} - {owner.pw_name}


def _is_mine(path: Path) -> bool:
    return path.stat().st_uid == os.getuid()


def _by_group(paths: Iterable[Path]) -> Iterator[list[Path]]:
    found: dict[int, list[Path]] = {}
    for path in paths:
        found.setdefault(path.stat().st_gid, []).append(path)
    yield from found.values()


def _of_group(paths: list[Path], root: Path) -> str:
    folder = shlex.quote(str(root))
    told = {"group": paths[0].group(), "names": _names(paths, root), "paths": _paths(paths), "folder": folder}
    return IN_A_GROUP.format(**told)


def _names(paths: Iterable[Path], root: Path) -> str:
    return listed([str(path.relative_to(root) if path.is_relative_to(root) else path) for path in paths], 20)


def _paths(paths: Iterable[Path]) -> str:
    return " ".join(shlex.quote(str(path)) for path in paths)
