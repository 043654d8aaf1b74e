"""An assignment's materials as files in the zip, and how the container reads them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grading.box.limits import Limits
from grading.course import Assignment, World
from grading.gradescope.ruled import for_everybody, of_record, record
from grading.policies.policy import NO_POLICY, Policy
from grading.protocol.words import Word
from grading.recipe import Drawing, Recipe
from grading.run.bundle import Bundle

BUNDLE, SOURCE, BESIDE, RELEASES = "bundle.json", "source.ipynb", "beside", "releases"
MINUTES = 10  # Gradescope's limit for a submission, if nobody sets another limit
FEWEST, MOST = 5, 40  # minutes: fewer are not enough to mark anything, and Gradescope allows no more


class Visibility(Word):
    """The time when students see a result, in Gradescope's words."""

    AFTER_DUE_DATE = "after_due_date"
    VISIBLE = "visible"
    AFTER_PUBLISHED = "after_published"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Packed:
    """The materials for marking, and the settings that the instructor has chosen for Gradescope.

    bundle: the materials of the assignment.
    releases: the released notebooks of the whole course, by assignment. With them, a student who uploads
    the wrong notebook is told this.
    visibility: when students see marks and reasons.
    minutes: the time that Gradescope lets a submission run.
    policy: the policies for everybody.
    Raises ValueError for minutes that Gradescope does not allow.
    """

    bundle: Bundle
    releases: Mapping[str, bytes]
    visibility: Visibility = Visibility.AFTER_DUE_DATE
    minutes: int = MINUTES
    policy: Policy = NO_POLICY

    def __post_init__(self) -> None:
        if not FEWEST <= self.minutes <= MOST:
            raise ValueError(
                f"--minutes is {self.minutes}, but must be from {FEWEST} to {MOST}: it is the timeout of the "
                "assignment in Gradescope, in minutes."
            )

    def files(self) -> dict[str, bytes]:
        """Return the contents of the files, by the names of the files."""
        told = {name: getattr(self.bundle, name) for name in ("assignment", "figures")}
        told |= {"limits": dataclasses.asdict(self.bundle.limits), "hints": dict(self.bundle.hints)}
        told |= {"recipe": dataclasses.asdict(self.bundle.drawing.recipe), "seed": self.bundle.drawing.seed}
        told |= {"world": _world(self.bundle.world)}
        told |= {"visibility": self.visibility, "minutes": self.minutes, "policy": record(self.policy)}
        text = json.dumps(told, indent=1, sort_keys=True) + "\n"
        beside = {f"{BESIDE}/{name}": data for name, data in self.bundle.beside.items()}
        releases = {f"{RELEASES}/{name}.ipynb": data for name, data in self.releases.items()}
        return {BUNDLE: text.encode(), SOURCE: self.bundle.source, **beside, **releases}


def _world(world: World) -> dict[str, Any]:
    """Return the world as plain data, without its folder on this machine."""
    told = {each.name: getattr(world, each.name) for each in dataclasses.fields(world) if each.name != "at"}
    return told | {"costly": dict(world.costly)}


def read_packed(folder: Path, code: Path) -> Packed:
    """Read the files that `files` wrote into a folder. code: the folder of the course's packages here."""
    told = json.loads((folder / BUNDLE).read_text(encoding="utf-8"))
    releases = {path.stem: path.read_bytes() for path in sorted((folder / RELEASES).glob("*.ipynb"))}
    there = (path for path in (folder / BESIDE).rglob("*") if path.is_file())
    beside = {path.relative_to(folder / BESIDE).as_posix(): path.read_bytes() for path in there}
    bundle = Bundle(
        told["assignment"],
        (folder / SOURCE).read_bytes(),
        releases[told["assignment"]],
        Drawing(Recipe(**_with_tuples(told["recipe"])), told["seed"]),
        beside,
        Limits(**told["limits"]),
        figures=told["figures"],
        world=World(**_with_tuples(told["world"]), at=code),
        hints={name: tuple(hints) for name, hints in told["hints"].items()},
    )
    return Packed(
        bundle, releases, Visibility(told["visibility"]), told["minutes"], of_record(told["policy"])
    )


def _with_tuples(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


def packed(
    assignment: Assignment,
    bundle: Bundle,
    visibility: Visibility,
    minutes: int,
    policy: Policy = NO_POLICY,
) -> Packed:
    """Return the content of the zip of an assignment. Raises ValueError if a notebook is missing.

    policy: only its part for everybody is put into the zip.
    """
    releases = {each.name: each.release for each in assignment.course.assignments()}
    missing = [path for path in (assignment.solution, assignment.release) if not path.is_file()]
    if missing:
        raise ValueError(f"{missing[0]} is missing: run `make build ARGS={assignment.name}` first.")
    read = {name: path.read_bytes() for name, path in releases.items() if path.is_file()}
    read |= {assignment.name: bundle.release}
    return Packed(bundle, read, visibility, minutes, for_everybody(policy))
