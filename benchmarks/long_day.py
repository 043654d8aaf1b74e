"""A long day: a large class is marked while workers are killed, and the run is interrupted in the middle.

A seed decides which questions each student answers correctly, so all expected marks are known. Each student's
code is different, so each submission has other hidden cases.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from conftest import copy_course
from submissions.classes import left_behind
from submissions.draft import NAME, RIGHT, WRONG, Draft, points, short

from benchmarks.documents import MEASUREMENTS, Texts
from benchmarks.grading_speed import marks, of_workers
from benchmarks.watch import pss

STUDENTS, SEED = 2_000, 5
ENDING = 10.0  # seconds that a process may take to end after the run
RUNS = 4  # at most so many runs; the marks then show which submissions are missing
KILLED_EVERY, LOOK_EVERY = 60.0, 5.0  # seconds
OPEN = {"in-your-own-words"}  # questions that a person marks
PARTS = (0.1, 0.3, 0.5, 0.7, 0.9)  # the memory is reported when these shares of the class are marked


@dataclass
class Day:
    """The results of the day.

    killed: how many workers were killed.
    wrong: a sentence for each student whose marks are not the expected marks.
    left: the processes, files and mounts that were left behind.
    looks: at each look, how many submissions were marked, and the memory of all workers (PSS, in MB).
    seen: all processes that the runs started.
    ended: the exit code of each run.
    said: the last line of each run that failed or was interrupted.
    """

    students: int
    seconds: float = 0.0
    killed: int = 0
    wrong: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    looks: list[tuple[int, float]] = field(default_factory=list)
    seen: set[psutil.Process] = field(default_factory=set)
    ended: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def measured(students: int = STUDENTS) -> Texts:
    """Mark the class, and return what the document says."""
    return {MEASUREMENTS: table(day(students))}


def day(students: int) -> Day:
    """Mark a class of so many students while workers are killed."""
    made, before = Day(students), left_behind()
    with tempfile.TemporaryDirectory() as folder:
        course = copy_course(Path(folder) / "course")
        due = dict(hand_in(course, students))
        begin = time.monotonic()
        _mark(course, made)
        made.seconds = time.monotonic() - begin
        found = marks(course)
        wrong = [name for name, each in due.items() if found.get(name) != each]
        made.wrong = [_difference(course, name, due[name]) for name in sorted(wrong)]
    made.left = [*_new(before, left_behind()), *_still_there(made)]
    return made


def _difference(course: Path, student: str, due: dict[str, float]) -> str:
    """Return a sentence with the student's marks that are not the expected marks, and the reasons."""
    lines = map(json.loads, (course / "results.jsonl").read_text(encoding="utf-8").splitlines())
    record = next((each for each in lines if each["student"] == student), {})
    told = ((name, each, record.get("questions", {}).get(name, {})) for name, each in due.items())
    odd = [
        f"{name}: {each.get('mark')} and not {mark} ({each.get('status')}: {each.get('why')})"
        for name, mark, each in told
        if each.get("mark") != mark
    ]
    return f"{student}: {record.get('status')} {record.get('why')}: {'; '.join(odd)}"


def _new(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the processes, files and mounts that are new. Mounts are only a number; the others are sets."""
    sets = [f"{kind} {each}" for kind in ("processes", "files") for each in after[kind] - before[kind]]
    return [*sets, *(["a mount"] * max(0, after["mounts"] - before["mounts"]))]


def _still_there(made: Day) -> list[str]:
    """Return the processes that a run started and that still run some seconds after its end."""
    end = time.monotonic() + ENDING
    # psutil.wait_procs would raise an error if a thread has the number of a process that has ended.
    while (alive := [each for each in made.seen if each.is_running()]) and time.monotonic() < end:
        time.sleep(0.2)
    return [f"process {each.pid}" for each in alive]


def hand_in(course: Path, students: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Hand in a notebook for each student; yield the student's name and the expected marks."""
    rng = np.random.default_rng(SEED)
    names = [name for name in RIGHT if name not in OPEN]
    for number in range(students):
        is_right = dict(zip(names, rng.uniform(size=len(names)) < 0.6))
        student = f"s{number:05}"
        draft_of(number, is_right).save(course / "submitted" / student / NAME)
        yield student, {f"test-{name}": is_right[name] * points()[f"test-{name}"] for name in names}


def draft_of(number: int, is_right: dict[str, bool]) -> Draft:
    """Return a notebook with these answers. A comment with its number makes its first answer unique."""
    chosen = {name: (RIGHT if right else WRONG)[name] for name, right in is_right.items()}
    first = next(iter(chosen))
    return short({**RIGHT, **chosen, first: f"{chosen[first]}\n# {number}"})


def _mark(course: Path, made: Day) -> None:
    """Run the command again until it has marked everything. It is interrupted once, in the middle."""
    is_interrupted = False
    while len(made.ended) < RUNS and (made.ended[-1:] != [0] or _lines(course) < made.students):
        with tempfile.TemporaryFile("w+") as said:
            with subprocess.Popen(_command(course), stdout=said, stderr=subprocess.STDOUT) as run:
                is_interrupted |= _watched(run, course, made, not is_interrupted)
            said.seek(0)
            made.said += [said.read().strip().splitlines()[-1]] if run.returncode else []
        made.ended.append(run.returncode)


def _command(course: Path) -> list[str]:
    """Return the command. It reacts to Ctrl + C even if a shell started this program in the background."""
    heed = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heed}; from grading.__main__ import main; sys.exit(main())"
    return [sys.executable, "-c", code, "run", NAME, "--course", str(course)]


def _watched(run: subprocess.Popen[bytes], course: Path, made: Day, interrupt: bool) -> bool:
    """Watch a run until it ends; kill a worker from time to time. Tell whether the run was interrupted."""
    root, chance, next_kill = psutil.Process(run.pid), random.Random(SEED), time.monotonic() + KILLED_EVERY
    interrupted = False
    while run.poll() is None:
        time.sleep(LOOK_EVERY)
        made.seen |= _below(root)
        workers = _workers(root)
        made.looks.append((_lines(course), sum(pss(tree) for tree in workers)))
        if time.monotonic() > next_kill and workers:
            os.kill(chance.choice(workers)[0].pid, signal.SIGKILL)
            made.killed, next_kill = made.killed + 1, time.monotonic() + KILLED_EVERY
        if interrupt and not interrupted and _lines(course) > made.students // 2:
            run.send_signal(signal.SIGINT)
            interrupted = True
    return interrupted


def _workers(root: psutil.Process) -> list[list[psutil.Process]]:
    try:
        return of_workers(root)
    except psutil.Error:
        return []


def _below(root: psutil.Process) -> set[psutil.Process]:
    try:
        return set(root.children(recursive=True))
    except psutil.Error:
        return set()


def _lines(course: Path) -> int:
    """Return how many submissions are marked."""
    path = course / "results.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return len({json.loads(line)["student"] for line in lines if line.endswith("}")})


def table(made: Day) -> str:
    """Return the table. Print everything that was not as expected."""
    course = [_memory_about(made, part) for part in PARTS]
    rows = {
        "submissions": f"{made.students}",
        "submissions per hour": f"{3600 * made.students / made.seconds:.0f}",
        "workers killed": f"{made.killed}",
        "exit codes of the runs": ", ".join(map(str, made.ended)),
        "marks that differ from the expected marks": f"{len(made.wrong)}",
        "memory of all workers, MB (PSS), after 10, 30, 50, 70, 90 percent": ", ".join(
            f"{each:.0f}" for each in course
        ),
        "processes, files, control groups left behind": f"{len(made.left)}",
    }
    odd = [f"- {each}" for each in (*made.wrong, *made.left, *made.said)]
    print("\n".join(odd))
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows.items())])


def _memory_about(made: Day, part: float) -> float:
    """Return the most memory that was used when about this share of the class was marked."""
    near = (memory for done, memory in made.looks if abs(done / made.students - part) <= 0.1)
    return max(near, default=0.0)
