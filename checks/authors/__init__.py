"""The functions and classes that authors of exercises use: cases, mistakes, trials, questions, rubrics, laws.

from checks.authors import OURS, Case, choice, mistake, number, true_or_false
"""

from checks.authors.mistakes import OURS, Mistake, mistake, mistakes_of
from checks.authors.questions import choice, number, own_result, true_or_false
from checks.authors.rubrics import Rubric, line, rubric, sample
from checks.authors.trials import trial
from checks.casebook import Drawn
from checks.cases import Case
from checks.finders import Finder, Stage, found, registrar
from checks.hints import wording
from checks.laws import Broken, Law, LawBook
from checks.looking import Look
from checks.questions import Question

__all__ = [
    "OURS",
    "Broken",
    "Case",
    "Drawn",
    "Finder",
    "Law",
    "LawBook",
    "Look",
    "Mistake",
    "Question",
    "Rubric",
    "Stage",
    "choice",
    "found",
    "line",
    "mistake",
    "mistakes_of",
    "number",
    "own_result",
    "registrar",
    "rubric",
    "sample",
    "trial",
    "true_or_false",
    "wording",
]
