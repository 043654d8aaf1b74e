"""Habits of students that change a notebook's cells. Each function gets the work and notes the result."""

from collections.abc import Callable
from dataclasses import dataclass

from submissions.answering import OwnWork, either
from submissions.draft import answered, code, role

QUIRKS = {}


@dataclass(frozen=True)
class Quirk:
    """A habit of students.

    told: whether a note about it is expected; None if there may be one.
    fits: tells for which works the habit makes sense.
    moves: whether it changes the cells of answers. A student has at most one such habit.
    """

    apply: Callable[[OwnWork], None]
    told: bool | None
    fits: Callable[[OwnWork], bool]
    moves: bool


def quirk(told=False, fits=lambda work: True, moves=False):
    """Register a habit by its name. fits: tells for which works it makes sense."""

    def register(function):
        QUIRKS[function.__name__.replace("_", " ")] = Quirk(function, told, fits, moves)
        return function

    return register


def get_into(work, name):
    """Let the student have this habit, if it makes sense after the habits before."""
    habit = QUIRKS[name]
    if habit.fits(work) and not (
        habit.moves and any(QUIRKS[each].moves for each in work.did if each in QUIRKS)
    ):
        habit.apply(work)
        work.repaired = either(work.repaired, habit.told)
        work.did.append(name)


def has_functions(work):
    """Tell whether there are at least two answers, each in its cell."""
    there = {role(cell).get("grade_id") for cell in work.draft.cells}
    return len(work.functions) >= 2 and there >= set(work.functions)


def has_imports(work):
    return "from helpers" in imports(work)["source"]


def imports(work):
    return next(cell for cell in work.draft.cells if cell["cell_type"] == "code")


def before_imports(work, line):
    imports(work)["source"] = f"{line}\n{imports(work)['source']}"


def near_the_imports(work, source):
    """Put a new cell right before or right after the imports."""
    work.draft.cells.insert(work.draft.cells.index(imports(work)) + work.pick([0, 1]), code(source))


def take(work, name):
    """Return an answer's text, and put the stub back in its cell."""
    text = work.draft.cell(name)["source"]
    work.draft.answer(name, stub(work, name))
    return text


def stub(work, name):
    return answered({}, work.assignment).cell(name)["source"]


def scatter(work, *sources):
    for source in sources:
        work.draft.cells.insert(int(work.rng.integers(1, len(work.draft.cells) + 1)), code(source))
