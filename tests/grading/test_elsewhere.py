"""A written answer in another cell than its own: a person is asked to read it, and is told where it is."""

import time

import nbformat
import pytest
from ours import COURSE
from submissions.draft import NAME, RIGHT, TEXT, answered, code

from grading.marking.present import present
from grading.marking.quoting import quoted
from grading.noted import Noted, beside_of
from grading.places import FileBeside
from grading.repair import rebuild
from grading.repair.prose import is_prose, said_in_code
from grading.repair.read import cells_of
from grading.status import Status

QUESTION = "in-your-own-words"
SECTION = "10 In your own words (15 min)"


def text(source, kind="markdown"):
    return {"cell_type": kind, "metadata": {}, "source": source}


def drafted():
    """Return a notebook with all answers except for the written one."""
    return answered({name: source for name, source in RIGHT.items() if name != QUESTION})


def rebuilt(draft, stripped=False, files=()):
    assignment = COURSE.assignment(NAME)
    if stripped:
        for cell in draft.cells:
            cell["metadata"] = {}
            cell.pop("id", None)
    both = (nbformat.read(path, as_version=4) for path in (assignment.solution, assignment.release))
    return rebuild(*both, cells_of(draft.content), files=files)


def beside(nb):
    """Return the texts that are shown above the question."""
    return [cell.source for cell in nb.cells if beside_of(cell) == QUESTION]


def put(draft, cell, off=0):
    draft.cells.insert(draft.place(QUESTION) + off, cell)


def add(draft, off, more):
    draft.cells[draft.place(QUESTION) + off]["source"] += more


def in_docstring(draft):
    source = draft.cell("compute_means")["source"]
    draft.answer("compute_means", source.replace("    return", f'    """{TEXT}"""\n    return', 1))


def replaced_by(cell):
    def spoil(draft):
        draft.cells[draft.place(QUESTION)] = cell

    return spoil


def moved_to_the_end(draft):
    draft.cells.remove(draft.cell(QUESTION))
    draft.cells.append(text(TEXT))


ELSEWHERE = {
    "below": (lambda draft: put(draft, text(TEXT), 1), SECTION),
    "above": (lambda draft: put(draft, text(TEXT)), SECTION),
    "at the end": (lambda draft: draft.cells.append(text(TEXT)), "Symbols"),
    "at the beginning": (lambda draft: draft.cells.insert(0, text(TEXT)), ""),
    "a comment": (lambda draft: put(draft, code("# A share,\n# of one point"), 1), SECTION),
    "a string": (lambda draft: put(draft, code(f'answer = """{TEXT}"""'), 1), SECTION),
    "printed": (lambda draft: put(draft, code(f'print("{TEXT}")'), 1), SECTION),
    "typed as code": (lambda draft: put(draft, code("It isn't only a share.\nIt adds up to 1."), 1), SECTION),
    "a raw cell": (lambda draft: draft.cells.append(text(TEXT, "raw")), "Symbols"),
    "the question's cell": (lambda draft: add(draft, -2, f"\n\n{TEXT}"), SECTION),
    "the question's last line": (lambda draft: add(draft, -2, f" {TEXT}"), SECTION),
    "a given cell of code": (lambda draft: add(draft, -1, f"\n# {TEXT}"), SECTION),
    "a docstring of another answer": (in_docstring, "5 The M-step: count and re-estimate (35 min)"),
    "its cell deleted": (moved_to_the_end, "Symbols"),
    "its cell made code": (replaced_by(code(f'"""{TEXT}"""')), SECTION),
    "only a picture": (lambda draft: put(draft, text("![](sketch.png)"), 1), SECTION),
    "only a link": (lambda draft: put(draft, text("https://example.org/mine"), 1), SECTION),
    "only a formula": (lambda draft: put(draft, text("$r$"), 1), SECTION),
}


@pytest.mark.parametrize("stripped", [False, True], ids=["as it is", "metadata lost"])
@pytest.mark.parametrize("where", ELSEWHERE)
def test_text_without_a_question_is_shown_beside_the_question_without_an_answer(where, stripped):
    spoil, below = ELSEWHERE[where]
    draft = drafted()
    spoil(draft)
    nb = rebuilt(draft, stripped)
    noted = Noted.of(nb)
    assert QUESTION not in noted.untouched
    (spot,) = noted.elsewhere[QUESTION]
    assert spot.below == below
    (shown,) = beside(nb)
    assert shown.startswith(f"**Found in cell {spot.cell}")
    written = SHORT.get(where, TEXT)
    assert shown.endswith(written)


SHORT = {
    "a comment": "A share,\nof one point",
    "typed as code": "It isn't only a share.\nIt adds up to 1.",
    "only a picture": "![](sketch.png)",
    "only a link": "https://example.org/mine",
    "only a formula": "$r$",
}
BADGE = (
    '<a href="https://colab.research.google.com/x"><img src="https://x.org/colab-badge.svg" alt="Open"/></a>'
)
OLDER = "".join(f"\n# {line}" for line in RIGHT["EM"].splitlines()) + f'\n"""\n{RIGHT["EM"]}\n"""'
NOTHING = {
    "as released": lambda draft: None,
    "emptied": lambda draft: draft.answer(QUESTION, " \n "),
    "a placeholder without its stars": lambda draft: draft.answer(QUESTION, "\nWrite your answer here\n\n"),
    "nbgrader's own placeholder": lambda draft: draft.answer(QUESTION, "YOUR ANSWER HERE"),
    "deleted": lambda draft: draft.cells.remove(draft.cell(QUESTION)),
    "the badge of a front end": lambda draft: draft.cells.insert(0, text(BADGE)),
    "a name on top": lambda draft: draft.cells.insert(0, text("# Bob Smith, 12345")),
    "a line": lambda draft: put(draft, text("---\n#"), 1),
    "code out of use": lambda draft: put(
        draft, code("# for n in range(3): print(n, data[n])\n# x = data[0]"), 1
    ),
    "an older version out of use": lambda draft: put(draft, code(RIGHT["compute_means"] + OLDER), 1),
    "an answer in a cell made text": lambda draft: draft.cell("compute_means").update(cell_type="markdown"),
    "scratch": lambda draft: draft.cells.append(code("# try\nfor n in range(3):\n    print('after', n)")),
    "remarks in code": lambda draft: add(
        draft, draft.place("compute_means") - draft.place(QUESTION), "\n# normalise by the sum of the rows"
    ),
}


@pytest.mark.parametrize("what", NOTHING)
def test_if_nothing_is_written_no_person_is_asked(what):
    draft = drafted()
    NOTHING[what](draft)
    nb = rebuilt(draft)
    assert QUESTION in Noted.of(nb).untouched
    assert Noted.of(nb).elsewhere == {}
    assert beside(nb) == []


def test_other_notes_are_not_shown_if_the_question_has_an_answer():
    draft = answered(RIGHT)
    draft.cells.insert(0, text("My own notes on this course, for nobody else."))
    nb = rebuilt(draft)
    assert Noted.of(nb).elsewhere == {}
    assert QUESTION not in Noted.of(nb).untouched


def test_the_nearest_text_comes_first_and_all_are_shown():
    draft = drafted()
    draft.cells.insert(0, text("My own notes on this course, for nobody else."))
    put(draft, text(TEXT), 1)
    nb = rebuilt(draft)
    assert [spot.cell for spot in Noted.of(nb).elsewhere[QUESTION]] == [draft.place(QUESTION) + 2, 1]
    assert len(beside(nb)) == 2


def test_the_question_waits_for_a_person_and_its_fields_say_where():
    draft = drafted()
    put(draft, text(TEXT), 1)
    nb = rebuilt(draft)
    made = present(nb, _job(), [], "in a box")
    told = Noted.of(made).questions[QUESTION]
    assert told.status is Status.NEEDS_PERSON
    assert told.mark is None
    number = draft.place(QUESTION) + 2
    assert told.record["elsewhere"] == [
        {"cell": number, "below": SECTION, "kind": "markdown", "begins": quoted(TEXT)}
    ]
    where = f"cell {number} (it begins with {quoted(TEXT)}; below the heading '{SECTION}')"
    assert where in made.cells[0].source


def _job():
    from grading.marking.mark import Job

    return Job([])


def test_pasted_pictures_are_shown_too():
    draft = drafted()
    cell = text("![](attachment:a.png)")
    put(draft, cell | {"attachments": {"a.png": {"image/png": "iVBORw0K"}}}, 1)
    (shown,) = [cell for cell in rebuilt(draft).cells if beside_of(cell)]
    assert shown.attachments == {"a.png": {"image/png": "iVBORw0K"}}


def test_sentences_and_remarks_in_code_are_told_apart():
    assert is_prose(TEXT)
    assert is_prose("負担率は各点がどの成分から来たかを表す確率である。")
    assert not is_prose("normalise the rows by their sum so that each one adds up to one")
    assert not is_prose("for n in range(N): total += resp[n] * data[n]")
    assert said_in_code("x = 1 # one", frozenset(), alone=True) == ""


@pytest.mark.parametrize(
    "source", ['"' * 95_000, "# a " * 23_750, "'''" + "a b c d " * 11_800, "(" * 95_000]
)  # five of each are about as much code as is read
def test_odd_cells_are_read_quickly(source):
    draft = drafted()
    for _ in range(5):
        draft.cells.append(code(source))
    begin = time.process_time()
    rebuilt(draft)
    assert time.process_time() - begin < 3


def test_a_file_beside_the_notebook_may_hold_a_missing_answer():
    nb = rebuilt(drafted(), files=[FileBeside("answer.docx"), FileBeside("more/notes.txt")])
    noted = Noted.of(nb)
    assert [each.file for each in noted.elsewhere[QUESTION]] == ["answer.docx", "more/notes.txt"]
    assert QUESTION not in noted.untouched
    told = Noted.of(present(nb, _job(), [], "")).questions[QUESTION]
    assert told.status is Status.NEEDS_PERSON
    assert told.record["elsewhere"] == [{"file": "answer.docx"}, {"file": "more/notes.txt"}]
    assert told.why == (
        "the cell for this answer is empty, but the answer may be in another place: the file "
        "'answer.docx' beside the notebook; the file 'more/notes.txt' beside the notebook. Next time, write "
        "it in the cell for this answer. A person reads that text"
    )


MEANS, EM = "test-compute_means", "test-EM"
SCRIPT = FileBeside("all.py", defines=("np", "compute_means", "EM"), prose=False)


def places(draft, *files):
    return {
        name: [each.file for each in spots]
        for name, spots in Noted.of(rebuilt(draft, files=files)).elsewhere.items()
    }


def test_a_file_of_code_may_hold_functions_that_are_missing():
    assert places(answered({}), SCRIPT) == {MEANS: ["all.py"], EM: ["all.py"]}
    draft = drafted()
    draft.answer("compute_means", "from all import compute_means")
    assert places(draft, SCRIPT) == {MEANS: ["all.py"]}
    draft.answer("compute_means", "def compute_means(data, resp, counts): return data")
    assert places(draft, SCRIPT) == {}


def test_a_file_that_cannot_be_read_counts_for_every_missing_answer():
    packed = FileBeside("work.rar", closed=True)
    every = {cell.metadata.nbgrader.grade_id for cell in rebuilt(drafted()).cells if _is_graded(cell)}
    assert places(answered({}), packed) == dict.fromkeys(every, ["work.rar"])
    assert places(drafted(), packed) == {QUESTION: ["work.rar"]}


CALL = 'check_answer("quiz-loglik", loglik_course, small_gains_stay_small, twelve_begin_alike, out_of=3)'


def test_an_answer_that_was_typed_into_its_test_waits_for_a_person():
    call = 'check_answer("quiz-loglik", "increasing", False, True, out_of=3)'
    draft = answered({})
    draft.answer("test-quiz-loglik", call)
    (spot,) = Noted.of(rebuilt(draft)).elsewhere["test-quiz-loglik"]
    assert spot.begins.startswith("`check_answer(")
    for changed in (f"# mine\n{CALL}", "check = print", "", call.replace("check_answer", "print")):
        draft.answer("test-quiz-loglik", changed)
        assert "test-quiz-loglik" not in Noted.of(rebuilt(draft)).elsewhere
    draft.answer("test-quiz-loglik", call)
    draft.answer("quiz-loglik", RIGHT["quiz-loglik"])
    assert "test-quiz-loglik" not in Noted.of(rebuilt(draft)).elsewhere


def _is_graded(cell):
    return cell.metadata.get("nbgrader", {}).get("grade")


def test_a_file_beside_an_existing_answer_is_ignored():
    draft = drafted()
    draft.answer(QUESTION, TEXT)
    assert Noted.of(rebuilt(draft, files=[FileBeside("answer.docx")])).elsewhere == {}
