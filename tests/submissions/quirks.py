"""What students do to the cells of a notebook. Each takes the work, and says what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass

from submissions.answering import OwnWork, either
from submissions.draft import answered, code, role

QUIRKS = {}


@dataclass(frozen=True)
class Quirk:
    """A habit. told: whether that is said; None where it may be. moves: whether it changes answers' cells.

    A student has at most one habit that moves.
    """

    apply: Callable[[OwnWork], None]
    told: bool | None
    fits: Callable[[OwnWork], bool]
    moves: bool


def quirk(told=False, fits=lambda work: True, moves=False):
    """Register a habit by its name. fits: for which works it makes sense."""

    def register(function):
        QUIRKS[function.__name__.replace("_", " ")] = Quirk(function, told, fits, moves)
        return function

    return register


def get_into(work, name):
    """Let the student do this, if it makes sense after what they did before."""
    habit = QUIRKS[name]
    if habit.fits(work) and not (
        habit.moves and any(QUIRKS[each].moves for each in work.did if each in QUIRKS)
    ):
        habit.apply(work)
        work.repaired = either(work.repaired, habit.told)
        work.did.append(name)


def has_functions(work):
    """Whether there are at least two answers, each in its cell."""
    there = {role(cell).get("grade_id") for cell in work.draft.cells}
    return len(work.functions) >= 2 and there >= set(work.functions)


def has_imports(work):
    return "from helpers" in imports(work)["source"]


def imports(work):
    return next(cell for cell in work.draft.cells if cell["cell_type"] == "code")


def before_imports(work, line):
    imports(work)["source"] = f"{line}\n{imports(work)['source']}"


def near_the_imports(work, source):
    """A cell of their own, right before the imports or right after them."""
    work.draft.cells.insert(work.draft.cells.index(imports(work)) + work.pick([0, 1]), code(source))


def take(work, name):
    """Return the answer's text, and leave the stub in its place."""
    text = work.draft.cell(name)["source"]
    work.draft.answer(name, stub(work, name))
    return text


def stub(work, name):
    return answered({}, work.assignment).cell(name)["source"]


def scatter(work, *sources):
    for source in sources:
        work.draft.cells.insert(int(work.rng.integers(1, len(work.draft.cells) + 1)), code(source))
