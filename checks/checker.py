"""A course's `check`, `check_answer` and `example`: the engine, with the course's public cases and finders.

A finder finds out whether its hint holds for a wrong answer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from checks.casebook import CaseBook
from checks.finders import Finder
from checks.generic import in_order
from checks.hints import Hint, Ladder
from checks.laws import LawBook
from checks.quiz import run_quiz
from checks.report import Mark
from checks.run import run_check
from checks.texts import add_texts

TEXTS = "texts"  # the folder of catalogues among the public cases


class Checker:
    """The functions that the notebooks of one course call.

    folder: the folder of the public cases, <assignment>/<exercise>.npz.
    finders: the course's own finders. The stage of a finder says when it is asked.
    laws: facts that hold for all right answers. Cases name the laws that they keep.
    words: hints that replace hints of the engine, by the names of the replaced hints.

    Raises ValueError if the engine does not have a hint of such a name.
    """

    def __init__(
        self,
        folder: Path,
        finders: Iterable[Finder] = (),
        laws: LawBook | None = None,
        words: Mapping[str, Hint] | None = None,
    ):
        self.public = CaseBook(folder)
        add_texts(folder / TEXTS)
        self.laws = LawBook() if laws is None else laws
        self.finders = in_order([*finders, *self.laws.finders()], words or {})
        self.ladder = Ladder()

    def check(
        self,
        function: Callable[..., Any],
        out_of: float,
        cases: CaseBook | None = None,
        name: str | None = None,
    ) -> Mark:
        """Run a function on its cases, show what is right and what is wrong, and return the marks.

        Each case gets its own copy of the arguments, and an equal share of the marks `out_of`. If an
        answer has several parts, each part has an equal share of the marks of the case. Printed text and
        warnings cost nothing. A wrong answer gets a hint, and each new attempt shows one more paragraph of
        it. The hidden cases decide the mark, and their report shows all paragraphs together. The metadata
        of the output, and so the saved notebook, keeps how many attempts got which hint.

        cases: by default the public cases.
        name: the name of the exercise. Write "assignment/exercise" if two assignments have an exercise of
        that name. Marking always gives the name. Without it, `check` takes the name of the function, or
        the name that the calling cell has for it: so `fit = my_fit` works, too.

        Raises LookupError if there are no cases of that name.

        Example:
            >>> from checks.authors import Case
            >>> from checks.casebook import save_cases
            >>> def double(x):
            ...     return 2 * x
            >>> case = Case.of({"double": double}, "double", "a small number", {"x": 3.0})
            >>> folder = getfixture("tmp_path")
            >>> save_cases(folder / "numbers" / "double.npz", [case])
            >>> mark = Checker(folder).check(double, out_of=2)
            double: 2 of 2 marks on the public cases
              ✓ right (2 of 2): a small number
            All public cases pass. The hidden cases decide your mark.
        """
        book = self.public if cases is None else cases
        if name is None:
            name = _name_of(function, book, inspect.currentframe().f_back.f_globals)
        return run_check(function, out_of, book, name, self.finders, self.ladder)

    def check_answer(
        self, name: str, *answers: Any, out_of: float, cases: CaseBook | None = None
    ) -> Mark | None:
        """Check the answers to a question. In the notebook only their form is checked; marking does the rest.

        Each answer has an equal share of the marks `out_of`. If `cases` has a reason for a wrong answer,
        the report gives this reason. Some questions also accept the number that the student's own
        functions give; these functions are those of the calling cell. Return the marks, or None if
        `cases` has no right answers to compare with. Even a hash would not hide one of three words.

        Example:
            >>> from checks.authors import true_or_false
            >>> from checks.casebook import save_cases
            >>> question = true_or_false("the residuals sum to 0", True, "they do", hidden=False)
            >>> folder = getfixture("tmp_path")
            >>> save_cases(folder / "lines" / "quiz-residuals.npz", [question])
            >>> Checker(folder).check_answer("quiz-residuals", True, out_of=1)
            quiz-residuals: worth 1 marks
              • recorded: the residuals sum to 0: your answer is True; marking decides whether it is right.
        """
        names = inspect.currentframe().f_back.f_globals
        return run_quiz(name, answers, out_of, self.public if cases is None else cases, names)

    def example(self, name: str, number: int = 0) -> dict[str, Any]:
        """Return the arguments of one public case of an exercise, for trying a function.

        Raises LookupError if there is no such exercise, IndexError if it has fewer cases.
        """
        case = self.public[name][number]
        return {case.shown.get(key, key): value for key, value in case.args.items()}


def _name_of(function: Callable[..., Any], cases: CaseBook, namespace: dict[str, Any]) -> str:
    own = getattr(function, "__name__", str(function))
    names = [own, *(name for name, value in namespace.items() if value is function)]
    return next((name for name in names if name in cases), own)
