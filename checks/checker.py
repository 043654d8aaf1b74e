"""A course's `check`, `check_answer` and `example`: the engine, bound to its public cases and finders."""

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
    """What the notebooks of one course call.

    folder: of the public cases, <assignment>/<exercise>.npz. laws: what holds of right answers, which
    cases name. finders: the course's own; when each is asked, its stage says. words: hints to give in
    place of the engine's, by the names of these. Raises ValueError if the engine has no such hint.
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
        """Run a function on its cases, show what is right and what is not, return the marks.

        Each case gets its own copy of the arguments, and an equal share of the marks `out_of`. If an
        answer has several parts, each part has an equal share of the marks of the case. Printed text and
        warnings cost nothing. A wrong answer gets a hint, and each new attempt shows one more paragraph of
        it. The hidden cases decide the mark, and there all paragraphs are shown together. The metadata of
        the output, and so the saved notebook, keeps how many attempts got which hint.

        cases: by default the public cases. name: of the exercise; write "assignment/exercise" if two
        assignments have an exercise of that name. When marks are decided, the name is given. Otherwise it
        is the name of the function, or the name that the calling cell has for it: so `fit = my_fit`
        works, too. Raises LookupError if there are no cases of that name.

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
        functions give; these functions are those of the calling cell. Returns the marks. Returns None if
        `cases` has no right answers to compare with: even the hash of one word in three would be no secret.

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
        """Return the arguments of one public case of an exercise, to try a function with.

        Raises LookupError if there is no such exercise, IndexError if it has fewer cases.
        """
        case = self.public[name][number]
        return {case.shown.get(key, key): value for key, value in case.args.items()}


def _name_of(function: Callable[..., Any], cases: CaseBook, namespace: dict[str, Any]) -> str:
    own = getattr(function, "__name__", str(function))
    names = [own, *(name for name, value in namespace.items() if value is function)]
    return next((name for name in names if name in cases), own)
