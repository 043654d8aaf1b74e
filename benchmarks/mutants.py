"""`make mutants`: how well the checks tell correct from wrong answers, in docs/measurements.md.

Three kinds of answers are tried on every exercise's cases. Known mistakes must lose marks, and their own hint
must be shown. Correct answers must keep all marks. A mutant is a reference function with a small change that
mutmut makes. It must lose marks, unless the change has no effect.
"""

from __future__ import annotations

import ast
import contextlib
import difflib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from answers import right_answers
from mutmut.mutation.file_mutation import create_mutations
from ours import CHECKER, COURSE, KNOWN, called, public

from benchmarks.documents import MEASUREMENTS, Texts
from checks.call import try_case
from checks.cases import Case
from checks.explain import explain
from grading.build.cases import draw_cases
from grading.course import Assignment

SEED = 7  # the seed of the hidden cases
Cases = dict[str, list[Case]]

# Mutants that fail on no case, and why they are correct answers. The key is the changed line.
COUNTS = "counts = np.zeros((num_clusters, 10), dtype=int)  ->  counts = np.zeros((num_clusters, 10), "
WHOLE = (
    "data, means = np.asarray(data), np.array(means, dtype=float)  ->  data, means = np.asarray(data), "
    "np.array(means, "
)
FRACTIONS = "no case has integers as means, so a copy that keeps their type is correct"
EQUIVALENT = {
    f"{COUNTS}dtype=None)": "the counts have the same values as floats",
    f"{COUNTS})": "the counts have the same values as floats",
    "def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):  ->  "
    "def EM(data, init_means, init_covariances, init_weights, maxiter=1001, thresh=1e-4):": "the "
    "answers differ only if a run has not converged after 1000 iterations, and no student should wait for "
    "such a run",
    "if loglik[-1] - loglik[-2] < thresh:  ->  if loglik[-1] - loglik[-2] <= thresh:": "no gain equals the "
    "threshold to the last digit; both answers are correct",
    "return np.asarray(picture).reshape(-1, 3).mean(axis=0) / 255  ->  "
    "return np.asarray(picture).reshape(-2, 3).mean(axis=0) / 255": "numpy replaces every negative "
    "length by the length that fits",
    "free = (K - 1) + K * D + K * D * (D + 1) // 2  ->  free = (K - 1) + K * D + K * D * (D + 1) / 2": "D (D "
    "+ 1) is even, so both give the same number",
    f"{WHOLE}dtype=None)": FRACTIONS,
    f"{WHOLE})": FRACTIONS,
}


class Mutant(NamedTuple):
    """A reference function with one small change."""

    exercise: str
    change: str
    function: Callable[..., Any]


class Judged(NamedTuple):
    """The numbers in the table for each exercise, and the mutants that keep all marks."""

    rows: dict[str, list[int]]
    alive: list[Mutant]

    def totals(self) -> list[int]:
        return [sum(column) for column in zip(*self.rows.values())]


def graded_functions(assignment: Assignment) -> dict[str, str]:
    """Return the sources of the functions that students write, by name."""
    sources = {ast.parse(source).body[0].name: source for source in assignment.recipe().definitions}
    return {name: source for name, source in sources.items() if name in assignment.mistakes()}


def mutants(assignment: Assignment) -> Iterator[Mutant]:
    """Yield every mutant of every graded function whose code can be run."""
    for name, source in graded_functions(assignment).items():
        module, mutations, *_ = create_mutations(str(assignment.source), source)
        for mutation in mutations:
            changed = module.deep_replace(mutation.original_node, mutation.mutated_node).code
            namespace = assignment.reference()
            exec(compile(changed, f"<mutant of {name}>", "exec"), namespace)
            yield Mutant(name, _changed_line(source, changed), namespace[name])


def _changed_line(source: str, changed: str) -> str:
    pairs = zip(source.splitlines(), changed.splitlines())
    return next(f"{old.strip()}  ->  {new.strip()}" for old, new in pairs if old != new)


def survives(function: Callable[..., Any], *books: list[Case]) -> bool:
    """Tell whether an answer earns all marks, on each of these lists of cases."""
    graded = (case for cases in books for case in cases if case.graded)
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        return all(try_case(function, case).share == 1 for case in graded)


def survivors(assignment: Assignment, drawn: Cases) -> Iterator[tuple[Mutant, bool]]:
    """Yield every mutant, and whether it earns all marks on public and hidden cases."""
    for mutant in mutants(assignment):
        own = public[called(assignment.name, mutant.exercise)]
        yield mutant, survives(mutant.function, own, drawn[mutant.exercise])


def draws_own_hint(exercise: str, cases: list[Case]) -> int:
    """Return for how many known mistakes their own hint is shown."""
    hints = public.hints(exercise)
    found = [
        (mistake.hint, explain([try_case(mistake.answer, case) for case in cases], hints, CHECKER.finders))
        for mistake in KNOWN[exercise]
    ]
    return sum(drawn is not None and drawn[0] == hint for hint, drawn in found)


def measured() -> Texts:
    """Measure everything, and return what the documents say."""
    found = measure()
    return {MEASUREMENTS: f"{line(found)}\n\n{table(found)}"}


def measure() -> Judged:
    """Try every known mistake, correct answer and mutant on the cases."""
    rows: dict[str, list[int]] = {}
    alive: list[Mutant] = []
    for assignment in COURSE.assignments():
        drawn = draw_cases(assignment, SEED, hidden=True)
        judged = list(survivors(assignment, drawn))
        alive += [mutant for mutant, survived in judged if survived]
        right = right_answers(assignment.name)
        for own in graded_functions(assignment):
            mine = [survived for mutant, survived in judged if mutant.exercise == own]
            name = called(assignment.name, own)
            rows[name] = _row(name, right[own], drawn[own], mine)
    return Judged(rows, alive)


def table(found: Judged) -> str:
    """Return the table with one row for each exercise, and the list of mutants that survived."""
    rows = {f"`{name}`": row for name, row in found.rows.items()} | {"**all**": found.totals()}
    lines = [
        "| exercise | known mistakes | own hint, public cases | own hint, hidden cases "
        "| correct answers | of these, with full marks | mutants | killed |",
        "|---|---|---|---|---|---|---|---|",
        *(f"| {name} | {' | '.join(map(str, row))} |" for name, row in rows.items()),
    ]
    return "\n".join(lines) + _closing(found)


def line(found: Judged) -> str:
    """Return the sentence above the table."""
    mistakes, public_hints, hidden_hints, right, full, mutated, killed = found.totals()
    return (
        f"Of {mistakes} known mistakes {public_hints} draw their own hint on public cases, and "
        f"{hidden_hints} on hidden ones. Of {right} right answers {full} keep all marks. "
        f"Of {mutated} mutants {killed} lose some ({killed / mutated:.1%})."
    )


def _row(name: str, answers: Mapping[str, Any], hidden: list[Case], judged: list[bool]) -> list[int]:
    right = answers.values()
    return [
        len(KNOWN[name]),
        draws_own_hint(name, public[name]),
        draws_own_hint(name, hidden),
        len(right),
        sum(survives(answer, public[name], hidden) for answer in right),
        len(judged),
        judged.count(False),
    ]


def _closing(found: Judged) -> str:
    *_, mutated, killed = found.totals()
    share, alive = f"{killed / mutated:.1%} of the mutants are killed. ", found.alive
    if not alive:
        return f"\n\n{share}"
    reasons = "\n".join(f"- `{each.exercise}`: {_difference(each.change)}: {_reason(each)}" for each in alive)
    return f"\n\n{share}The others keep all marks:\n\n{reasons}"


def _difference(change: str) -> str:
    """Return the words that differ. The whole line is not shown, because students may read this document."""
    old, new = (re.findall(r"-?[\w.]+|[<>=]+|[^\w\s]", line) for line in change.split("  ->  "))
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pairs = [(" ".join(old[a:b]), " ".join(new[c:d])) for kind, a, b, c, d in steps if kind != "equal"]
    return ", ".join(f"`{was}` becomes `{now}`" if now else f"`{was}` is left out" for was, now in pairs)


def _reason(mutant: Mutant) -> str:
    return EQUIVALENT.get(mutant.change, "**no reason is known**: add a case")
