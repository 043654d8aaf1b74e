"""A course's `check`, `check_answer` and `example`: the engine, bound to its public cases and finders."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from checks.cases import CaseBook
from checks.explain import FIRST, LAST
from checks.hints import Ladder
from checks.looking import Property
from checks.quiz import run_quiz
from checks.report import Mark
from checks.run import run_check


class Checker:
    """What the notebooks of one course call.

    folder: of the public cases, <assignment>/<exercise>.npz. finders: the course's own, which know its
    laws and its words; the engine's finders of errors, forms and relations are asked before them.
    """

    def __init__(self, folder: Path, finders: Sequence[Property] = ()):
        self.public = CaseBook(folder)
        self.finders = (*FIRST, *finders, *LAST)
        self.ladder = Ladder()

    def check(
        self,
        function: Callable[..., Any],
        out_of: float,
        cases: CaseBook | None = None,
        name: str | None = None,
    ) -> Mark:
        """Run a function on its cases, show what is right and what is not, return the marks.

        Each case gets its own copy of the arguments and an equal share of the marks `out_of`; of
        an answer with several parts, each part has an equal share of the case's. What the function
        prints or warns costs nothing. Wrong answers draw a hint, and each new try the next rung of
        it; on hidden cases, which decide, all rungs are shown at once. How many tries drew which
        hint is kept in the metadata of the output, and so in the saved notebook.

        cases: by default the public ones. name: of the exercise, as "assignment/exercise" where two
        assignments have one of that name. Where it decides marks it is given. Otherwise it is the
        function's own, or the one that the calling cell knows it by, so that `compute_means = my_means`
        works too. Raises LookupError if there are no cases of that name.
        """
        book = self.public if cases is None else cases
        if name is None:
            name = _name_of(function, book, inspect.currentframe().f_back.f_globals)
        return run_check(function, out_of, book, name, self.finders, self.ladder)

    def check_answer(
        self, name: str, *answers: Any, out_of: float, cases: CaseBook | None = None
    ) -> Mark | None:
        """Look at the answers to a question. In public only their form: marking has the rest.

        Each answer has an equal share of the marks `out_of`. A wrong one is told why, where
        `cases` holds a reason for it. Returns the marks, or None where `cases` holds no right
        answers to compare with: a hash of one word in three would be no secret.
        """
        return run_quiz(name, answers, out_of, self.public if cases is None else cases)

    def example(self, name: str, number: int = 0) -> dict[str, Any]:
        """Return the arguments of one public case of an exercise, to try a function with.

        Raises LookupError if there is no such exercise, IndexError if it has fewer cases.
        """
        return dict(self.public[name][number].args)


def _name_of(function: Callable[..., Any], cases: CaseBook, namespace: dict[str, Any]) -> str:
    own = getattr(function, "__name__", str(function))
    names = [own, *(name for name, value in namespace.items() if value is function)]
    return next((name for name in names if name in cases), own)
