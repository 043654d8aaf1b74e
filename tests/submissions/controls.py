"""Ordinary submissions: whole notebooks with right answers in many styles, and with each known mistake.

Their functions are the answers that test the checks (tests/answers, exercises). The first cell writes these
modules into the working folder, as a student's own files. The cells of the exercises import their functions
from there.
"""

import itertools
from dataclasses import dataclass
from pathlib import Path

import answers
from answers import right_answers
from ours import known_in

import exercises
from submissions.draft import points, short

WRITE = """from pathlib import Path
for path, text in {files!r}.items():
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)
"""


@dataclass(frozen=True)
class Control:
    """A submission with one answer to each exercise, given by the answer's words."""

    assignment: str
    number: int
    chosen: dict
    wrong: bool = False

    @property
    def student(self):
        return f"{'wrong' if self.wrong else 'right'}-{self.number:02}"

    def draft(self):
        draft = short({}, self.assignment)
        draft.first(WRITE.format(files=files(self.assignment)))
        for exercise, words in self.chosen.items():
            draft.answer(exercise, self._source(exercise, words))
        return draft

    def _source(self, exercise, words):
        if self.wrong:
            return (
                "from checks.authors import mistakes_of\n"
                f"known = mistakes_of('exercises.{self.assignment.replace('-', '_')}.mistakes')[{exercise!r}]\n"
                f"{exercise} = next(each.answer for each in known if each.hint.name == {words!r})"
            )
        own = f"right_answers({self.assignment!r})[{exercise!r}][{words!r}]"
        return f"from answers import right_answers\n{exercise} = {own}"


def files(assignment):
    """Return the modules with the answers to an assignment, by path.

    Hints of other assignments and trials are left out, because of a notebook at most 500 kB of code are read.
    """
    own = assignment.replace("-", "_")
    folders = {
        "answers": Path(answers.__file__).parent,
        "exercises": Path(exercises.__file__).parent,
    }
    texts = {}
    for inside, folder in folders.items():
        for path in sorted(folder.rglob("*.py")):
            is_hints = "mistakes" in path.parts and own not in path.parts
            if path.name not in ("fresh.py", "rubrics.py") and "trials" not in path.parts and not is_hints:
                texts[f"{inside}/{path.relative_to(folder)}"] = path.read_text(encoding="utf-8")
    return texts


def controls(assignment, wrong):
    """Return as many submissions as are needed to use every answer. Exercises with few answers repeat them."""
    named = [name.removeprefix("test-") for name in points(assignment) if "quiz" not in name]
    known = {name: [each.hint.name for each in known_in(assignment)[name]] for name in named}
    book = known if wrong else {name: list(right_answers(assignment)[name]) for name in named}
    most = max(map(len, book.values()))
    rounds = [itertools.islice(itertools.cycle(words), most) for words in book.values()]
    return [
        Control(assignment, number, dict(zip(book, chosen)), wrong)
        for number, chosen in enumerate(zip(*rounds))
    ]
