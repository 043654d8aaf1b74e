"""A class of students who save, merge, rename and hand in notebooks as people do, with the expected results.

`class_of` draws the class from a seed. Every student has answers (right, half-finished, with known mistakes,
slow), a front end, one or two habits, a file, a layout of folders and a name. The result is known before
marking: the name in its row, marks and status, and whether a person must look.
"""

import json
from itertools import cycle, islice

import numpy as np

from submissions import (
    clouds,
    contents,
    editors,
    frontends,
    layouts,
    names,
    own_cells,
    own_places,
    own_words,
    quirks,
)
from submissions.answering import begin, either
from submissions.draft import answered

ASSIGNMENTS = ["gaussian-mixture", "image-clusters", "gaussian-mixture", "bernoulli-digits"]
# Importing these modules registers their front ends and habits.
REGISTERED = clouds, editors, own_cells, own_places, own_words
KINDS = ["right", "half", "mistakes", "right", "slow"]
BESIDE = {
    "nothing": {},
    "checkpoints": {".ipynb_checkpoints/{name}-checkpoint.ipynb": "original"},
    "exports": {
        "{name}.py": "print('exported')",
        "{name}.html": "<html></html>",
        "README.txt": "see notebook",
    },
    "what macOS leaves": {".DS_Store": "Bud1", "._{name}.ipynb": "Mac OS X"},
    "the data again": {"data.csv": "x,y\n1,2\n", "helpers.py": "raise ImportError('mine')\n"},
    "a timestamp that is a folder": {"timestamp.txt/note": "no time"},
    "the untouched original": {"{name}.ipynb": "original"},
}
# In these layouts only the name of the file says which assignment it is.
BY_FILE = [
    "one level less",
    "Canvas zip for each",
    *(each for each in layouts.LAYOUTS if each.endswith(("folders", "versions"))),
]
IN_FOLDERS = {"plain", "capital letters", "underscores", "spaces", "one level more"}
FLAT = [name for name, each in layouts.LAYOUTS.items() if not each.own]


def class_of(count=300, seed=16, assignments=ASSIGNMENTS):
    """Return the works of a class as they are handed in. The assignments take turns."""
    rng = np.random.default_rng(seed)
    plans = {
        "kind": KINDS,
        "quirk": list(quirks.QUIRKS),
        "more": ["nothing else", *quirks.QUIRKS],
        "front end": list(frontends.FRONT_ENDS),
        "content": ["as it was"] * 30 + list(contents.CONTENTS) + contents.READABLE,
        "layout": ["plain"] * 12 + list(layouts.LAYOUTS),
        "file": ["its own name"] * 6 + list(names.FILES),
        "beside": ["nothing"] * 6 + list(BESIDE),
        "time": ["none"] * 6 + list(names.TIMES),
    }
    drawn = {part: islice(_endless(things, rng), count) for part, things in plans.items()}
    parts = zip(*drawn.values())
    turns = zip(cycle(assignments), parts)
    works = [_work(n, one, dict(zip(drawn, each)), rng) for n, (one, each) in enumerate(turns)]
    for one, other in zip(works[::7], works[1::7]):
        if one.assignment != other.assignment and {one.layout.name, other.layout.name} <= IN_FOLDERS:
            other.name = one.name  # one student hands in two assignments
    return works


def hand_in(works, folder):
    """Write the files of the class. Each work then has the student's name as the grader must read it."""
    folder.mkdir(parents=True, exist_ok=True)
    for work in works:
        work.student = work.layout.write(work, work.name, folder)


def _endless(things, rng):
    """Yield all things in a new order each time, so that each is drawn about equally often."""
    while True:
        yield from (things[int(n)] for n in rng.permutation(len(things)))


def _work(number, assignment, plan, rng):
    work = begin(assignment, plan["kind"], _is_full(assignment, plan["kind"], rng), rng)
    for name in dict.fromkeys([plan["quirk"], plan["more"] if number % 3 == 0 else "nothing else"]):
        quirks.get_into(work, name)
    frontends.open_in(work, plan["front end"])
    fits = contents.CONTENTS[plan["content"]][3]
    contents.write(work, plan["content"] if fits(work) else "as it was")
    _place(work, number, plan, rng)
    return work


def _is_full(assignment, kind, rng):
    """Tell whether a notebook keeps all given cells: only where they cost little time."""
    share = {"gaussian-mixture": 0.6, "image-clusters": 0.2 if kind in ("right", "half") else 0}
    return kind != "slow" and rng.uniform() < share.get(assignment, 0)


def _place(work, number, plan, rng):
    """Choose names, folders and files. A platform decides some of them itself."""
    work.layout = layouts.LAYOUTS[plan["layout"]]
    flat = work.layout.name in FLAT
    work.name = names.student(number, rng, plain=flat)
    if work.layout.told is not False:
        work.repaired = either(work.repaired, work.layout.told)
    if not flat or "zip" in work.layout.name:
        _name_file(work, plan["file"])
    if work.layout.name == "plain":
        _lay_beside(work, plan["beside"])
        said, work.late = names.TIMES[plan["time"]]
        if said is not None and plan["beside"] != "a timestamp that is a folder":
            work.draft.beside["timestamp.txt"] = said
            _say(work, plan["time"] in names.NO_TIMES)
            work.did.append(f"time: {plan['time']}")
        else:
            work.late = 0.0
    work.did.append(work.layout.name)


def _name_file(work, file):
    if work.layout.name in BY_FILE and "{name}" not in names.FILES[file]:
        file = "its own name"
    work.draft.filename = names.FILES[file].format(name=work.assignment, NAME=work.assignment.upper())
    work.repaired = either(work.repaired, file != "its own name")
    work.did.append(f"file: {file}")


def _lay_beside(work, beside):
    """Put other files into the folder. The untouched original is put only beside a copy with the work."""
    if beside == "the untouched original":
        work.draft.filename = f"{work.assignment}-Copy1.ipynb"
        work.repaired = None
    original = json.dumps(answered({}, work.assignment).content)
    for name, text in BESIDE[beside].items():
        content = original if text == "original" else text
        work.draft.beside[name.format(name=work.assignment)] = content
    _say(work, beside == "a timestamp that is a folder")
    work.did.append(f"beside: {beside}")


def _say(work, no_time):
    """Expect a note about a time that cannot be read. As there is a due date, a person must also look."""
    work.look |= no_time
    work.repaired = either(work.repaired, no_time)
