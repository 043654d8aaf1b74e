"""Results of a class that does not exist: results.jsonl and graded notebooks, drawn from a seed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import nbformat
from classroom import in_other_names, independent
from ours import COURSE, known_in

from grading.build.hints import exercise_of
from grading.protocol.limits import BUSY

ASSIGNMENTS = ("gaussian-mixture", "image-clusters", "bernoulli-digits")
HARD = {"EM": 0.45, "compute_covariances": 0.55, "m_step": 0.5, "complete": 0.4, "purity": 0.7}
REPAIRED = (
    "the notebook came without metadata; its cells were found by what they define",
    "`compute_means` was there more than once. The last one above its test was marked. "
    "The other copy was only run",
    "the file was called other than the assignment",
)
LIMITS = {
    "time limit": f"a call ran for more than 20 seconds and was stopped ({BUSY})",
    "memory limit": "the code asked for more than 4,096 MB of memory, "
    "the most that the marking computer allows",
    "crashed": "the code ended Python itself, as `os._exit()` does, or a crash in a package",
}


def make_class(folder: Path, students: int = 60, seed: int = 1, names: tuple[str, ...] = ASSIGNMENTS) -> Path:
    """Write results and graded notebooks of a class into the folder. One pair of students has copied."""
    draw, lines = random.Random(seed), []
    for name in names:
        answers = independent(name, students, draw)
        first, second = sorted(answers)[7:9]
        answers[second] = {exercise: in_other_names(text) for exercise, text in answers[first].items()}
        asked = _asked(name)
        for student, sources in answers.items():
            lines.append(_result(student, name, asked, draw))
            write_notebook(folder, student, name, sources)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return folder


def write_notebook(folder: Path, student: str, name: str, sources: dict[str, str]) -> None:
    """Write a graded notebook with these answers."""
    cells = [
        {
            "cell_type": "code",
            "source": text,
            "metadata": {"nbgrader": {"solution": True, "grade_id": exercise}},
        }
        for exercise, text in sources.items()
    ]
    path = folder / "autograded" / student / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"cells": cells}))


def _asked(name: str) -> dict[str, float]:
    cells = nbformat.read(COURSE.assignment(name).solution, as_version=4).cells
    roles = [cell.metadata.get("nbgrader", {}) for cell in cells]
    return {role.grade_id: float(role.points) for role in roles if role.get("grade")}


def _result(student: str, name: str, asked: dict[str, float], draw: random.Random) -> dict:
    told = {"student": student, "assignment": name, "status": "graded", "why": "", "max": sum(asked.values())}
    told |= {"late_hours": 0.0, "penalty": 0.0, "repaired": [], "tries": {}, "questions": {}, "total": None}
    if draw.random() < 0.03:
        return told | {"status": "cannot be read", "why": "it is a web page and no notebook"}
    skill = draw.betavariate(5, 2)
    for question, most in asked.items():
        told["questions"][question] = _question(name, question, most, skill, told["tries"], draw)
    told["total"] = sum(each["by_hand"] or each["mark"] or 0 for each in told["questions"].values())
    if draw.random() < 0.06:
        told |= {"status": "repaired", "repaired": [draw.choice(REPAIRED)]}
    if any(each["status"] in LIMITS for each in told["questions"].values()):
        told["status"] = "limit hit"
    if draw.random() < 0.08:
        told |= {"late_hours": round(draw.expovariate(0.1), 1), "penalty": 2.0}
    return told


def _question(name: str, question: str, most: float, skill: float, tries: dict, draw: random.Random) -> dict:
    if question == "in-your-own-words":
        by_hand = None if draw.random() < 0.7 else 3.0
        return {
            "status": "needs a person",
            "mark": None,
            "by_hand": by_hand,
            "max": most,
            "why": "",
            "hints": [],
        }
    told = {"status": "passed", "mark": most, "max": most, "by_hand": None, "why": "", "hints": []}
    exercise, met = exercise_of(question), draw.random() > skill * HARD.get(exercise_of(question), 0.9)
    known = [each.hint.name for each in known_in(name).get(exercise, ())]
    if met and known:
        hint = draw.choices(known, [1 / (n + 1) ** 2 for n in range(len(known))])[0]
        tries[exercise] = {hint: draw.randint(1, 6)}
        if draw.random() < 0.5:
            return told | {"status": "failed", "mark": draw.choice([0.0, most / 2]), "hints": [hint]}
    elif draw.random() < 0.05:
        return told | {"status": "not attempted", "mark": 0.0}
    elif draw.random() < 0.01:
        limit = draw.choice(list(LIMITS))
        return told | {"status": limit, "mark": 0.0, "why": LIMITS[limit]}
    return told
