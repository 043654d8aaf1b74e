"""The answers of a class: in many styles, with stubs that are left, and with known mistakes."""

import ast
import functools
from dataclasses import dataclass, field

from answers import arrays, loops, one_function

from submissions.draft import Draft, answered, functions, points, role
from submissions.sources import marks_of, right_sources, wrong_sources

WRITTEN = "in-your-own-words"
QUIZZES = {
    "gaussian-mixture": {
        "quiz-loglik": 'loglik_course = "increasing"\nsmall_gains_stay_small, twelve_begin_alike = False, True',
        "quiz-results": "first_weight, second_mean, third_covariance = 0.2999997395, 4.9384545452, 0.3211622011",
    },
    "image-clusters": {
        "quiz-pictures": "first_cluster, smaller, larger = 1, 34, 70",
        "quiz-spread": 'spread_category = "boreal forest"',
    },
    "bernoulli-digits": {"quiz-fault": 'fault, first_statement, second_statement = "c", True, False'},
    "when-em-fails": {
        "quiz-collapse": "higher_is_better, never_falls_with_a_prior = False, False",
        "quiz-parameters": "free_parameters, lowest_predicts_best = 59, False",
    },
}
READ = (
    "first_weight = results['weights'][0]\nsecond_mean = results['means'][1][0]\n"
    "third_covariance = results['covs'][2][0][1]"
)
SAID = [
    "It is the probability of a component, given the point; the shares of a point sum to 1.",
    "La responsabilidad es la probabilidad de que la componente haya generado el punto.",
    "责任度是给定数据点时各个分量的后验概率，每一行加起来等于一。",
    "المسؤولية هي احتمال أن يكون المكوّن قد ولّد النقطة، ومجموعها واحد.",
    "Each point is *shared* 🎯, e.g. point 24: 0.889 and 0.111. k-means would give it to one cluster.",
    "**Answer.** <b>My</b> answer:\n\n1. it is $p(k \\mid x)$\n2. rows sum to 1\n\n> as in the lecture",
]
SLOW = {
    "gaussian-mixture": {
        "compute_responsibilities": "inverse and determinant by hand",
        "compute_covariances": "element by element",
    },
    "bernoulli-digits": {"e_step": "image by image", "m_step": "loops"},
    "image-clusters": {
        "compute_scores": "by hand",
        "mean_rgb": "pixel by pixel",
        "assign": "a loop that remembers the best",
    },
}
# With these mistakes EM still has a result, and numbers can be read from it.
READABLE = {
    "compute_responsibilities": ["mixing weights forgotten", "hard instead of soft"],
    "compute_weights": ["all weights equal"],
    "compute_means": ["divided by the count less one"],
    "compute_covariances": ["divided by the count less one", "diagonals only"],
}
# Answers with these mistakes take longer than others, or never end on a hidden case.
LEFT_OUT = {"maxiter ignored", "never stops before maxiter", "threshold ignored", "stop by exact equality"}


@dataclass
class OwnWork:
    """A notebook that a student works on, and the expected result.

    stubs: the exercises and quizzes that are as released.
    wrong: by exercise, the known mistake.
    written: whether there is an answer that a person reads.
    repaired: whether a note about the hand-in is expected; None if there may be one.
    readable: whether the file can be read.
    late: how late it is, in hours.
    look: whether a person must look at how it was handed in.
    student: the name that the grader must read.
    did: what this student does, in a few words.
    """

    assignment: str
    draft: Draft
    rng: object
    full: bool = False
    stubs: set = field(default_factory=set)
    wrong: dict = field(default_factory=dict)
    written: bool = True
    repaired: bool | None = False
    readable: bool = True
    late: float = 0.0
    look: bool = False
    student: str = ""
    did: list = field(default_factory=list)

    @property
    def marks(self):
        """Return the mark of each test; None if the file cannot be read."""
        return {name: self._mark(name, float(most)) for name, most in points(self.assignment).items()}

    def _mark(self, test, most):
        name = test.removeprefix("test-")
        if not self.readable or name in self.stubs:
            return 0.0 if self.readable else None
        return marks_of(self.assignment, name, self.wrong[name]) if name in self.wrong else most

    @property
    def functions(self):
        """Return the exercises that have an answer."""
        return [name for name in exercises(self.assignment) if name not in self.stubs]

    @property
    def quizzes(self):
        """Return the quizzes that are answered."""
        return [name for name in QUIZZES[self.assignment] if name not in self.stubs]

    def pick(self, things):
        return things[int(self.rng.integers(len(things)))]

    def note(self, text, place=None):
        place = int(self.rng.integers(1, len(self.draft.cells))) if place is None else place
        self.draft.cells.insert(place, markdown(text))


def either(one, other):
    """Return whether a note is expected for one of two reasons; None if there may be a note."""
    return True if True in (one, other) else None if None in (one, other) else False


def markdown(text):
    return {"cell_type": "markdown", "metadata": {}, "source": text}


@functools.cache
def exercises(assignment):
    return [name.removeprefix("test-") for name in points(assignment) if "quiz" not in name]


FAST = 1  # the index of the style without loops


@functools.cache
def whole_styles():
    """Return the answers to the whole first assignment, once for each of three styles."""
    return [functions(module) for module in (loops, arrays, one_function)]


def begin(assignment, kind, full, rng):
    """Return the work of a student who answers in this way. full: whether it keeps all given cells."""
    chosen = _right(assignment, kind, full, rng)
    work = OwnWork(assignment, None, rng, full, did=[kind, "full" if full else "lean"])
    if kind == "mistakes":
        _err(work, chosen)
    quizzes = dict(QUIZZES[assignment])
    if full and "quiz-results" in quizzes:
        quizzes["quiz-results"] = READ
    if kind == "half":
        _leave(work, chosen, quizzes)
    work.written = kind != "half" or bool(rng.integers(2))
    words = {WRITTEN: work.pick(SAID)} if work.written else {}
    work.draft = (answered if full else lean)({**chosen, **quizzes, **words}, assignment)
    return work


def _right(assignment, kind, full, rng):
    if assignment == "gaussian-mixture" and (full or rng.integers(2)):
        return dict(whole_styles()[int(rng.integers(3)) if not full or rng.uniform() < 0.2 else FAST])
    sources = right_sources(assignment)
    chosen = {name: texts[sorted(texts)[int(rng.integers(len(texts)))]] for name, texts in sources.items()}
    slow = SLOW[assignment] if kind == "slow" else {}
    return {**chosen, **{name: sources[name][words] for name, words in slow.items()}}


def _err(work, chosen):
    """Make one or two known mistakes. The other answers keep their marks."""
    names = list(READABLE) if work.full else exercises(work.assignment)
    for name in work.rng.choice(names, size=1 if work.full else int(work.rng.integers(1, 3)), replace=False):
        known = READABLE[name] if work.full else sorted(set(wrong_sources(work.assignment)[name]) - LEFT_OUT)
        words = work.pick(known)
        chosen[str(name)] = wrong_sources(work.assignment)[name][words]
        work.wrong[str(name)] = words
        work.did.append(f"{name}: {words}")


def _leave(work, chosen, quizzes):
    """Leave one stub, or all from one exercise to the end, as somebody who runs out of time does."""
    names = exercises(work.assignment)
    first = int(work.rng.integers(1, len(names)))
    left = names[first:] if work.rng.integers(2) else [names[first]]
    if work.full and "EM" in names:
        left = [each for each in names if each in {*left, "EM"}]
    for name in left:
        chosen.pop(name)
        work.stubs.add(name)
    for name in [each for each in quizzes if work.full and each == "quiz-results" or work.rng.integers(2)]:
        quizzes.pop(name)
        work.stubs.add(name)
    work.did.append("left: " + ", ".join(left))


def lean(answers, assignment):
    """Return the released notebook with these answers and the data, but without other cells that compute."""
    draft = answered(answers, assignment)
    code = [cell for cell in draft.cells if cell["cell_type"] == "code" and not role(cell)]
    data = next(cell for cell in code if "= load_" in cell["source"])
    kept = [each for each in draft.cells if each not in code or each is data or not _computes(each["source"])]
    draft.content["cells"] = kept
    return draft


@functools.cache
def _computes(source):
    kinds = (
        ast.Import,
        ast.ImportFrom,
        ast.FunctionDef,
        ast.Try,
    )  # a cell with a `try` has the imports, and says what to do if one fails
    return not all(isinstance(each, kinds) for each in ast.parse(source).body)
