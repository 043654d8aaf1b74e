"""Cells run in a real box, and tests in the real scorer: any teacher's tests, not only `check`."""

import contextlib

import pytest
from ours import WORLD

import grading.marking.mark as marking
from grading.box.limits import Limits
from grading.box.process import BoxError
from grading.box.session import BoxedSession
from grading.marking.jobs import imports_of
from grading.marking.mark import Job, mark
from grading.marking.needs import needed
from grading.protocol.plain import pack, unpack
from grading.protocol.wire import ASK, REQUEST, Link, Message
from grading.scorer.client import ScorerError
from grading.scorer.testcell import Test as Exam
from grading.scorer.testcell import split

pytestmark = [pytest.mark.instructor, pytest.mark.box]
QUICK = Limits(cell_seconds=8, call_seconds=1, test_seconds=3, notebook_seconds=60, memory_mb=1024)


def hidden(*lines):
    return "\n".join(["### BEGIN HIDDEN TESTS", *lines, "### END HIDDEN TESTS"])


def marked(*cells, imports="import numpy as np", **others):
    """Mark these cells. A string is a student's cell, anything else is a test."""
    return mark(Job(cells, imports, others.pop("limits", QUICK), **{"world": WORLD} | others))


DOUBLE = "import numpy as np\ndef double(x): return 2 * np.asarray(x)"


def test_assertions_can_use_functions_values_and_numbers():
    *_, done, failed = marked(
        DOUBLE + "\nlimit, words, table = 7, ['a', 'b'], {'k': np.arange(3)}",
        Exam(
            "t",
            "assert (double([1, 2]) == [2, 4]).all()\nassert limit == 7 and words[1] == 'b' and table['k'][2] == 2",
            3,
        ),
        Exam("u", "assert double(3) == 7, 'three doubled is six'", 2),
    )
    assert (done.mark, done.status, done.why) == (3, "passed", "")
    assert (failed.mark, failed.status, failed.why) == (0, "failed", "three doubled is six")


def test_partial_marks_are_the_value_of_the_last_line_within_the_points():
    cells = [
        Exam(f"t{n}", source, 2) for n, source in enumerate(["0.5", "7", "-1", "double(1)", "'no number'"])
    ]
    results = marked(DOUBLE, *cells)[1:]
    assert [result.mark for result in results] == [0.5, 2, 0, 2, 2]
    assert [result.status for result in results] == ["partly", "passed", "failed", "passed", "passed"]


def test_hidden_parts_decide_and_are_not_shown():
    seen, secret, worded = marked(
        DOUBLE,
        Exam("seen", "assert double(1) == 3\n" + hidden("1.0"), 1),
        Exam("secret", "double(1)\n" + hidden("assert double(12345) == 0, f'{double(12345)}'"), 1),
        Exam("worded", hidden("assert double(12345) == 0, 'look at large numbers'"), 1),
    )[1:]
    assert (seen.mark, secret.mark, worded.mark) == (0, 0, 0)
    assert secret.why == "a test does not hold"
    assert worded.why == "look at large numbers"
    assert "24690" not in str(secret)


def test_nothing_of_a_hidden_part_is_in_the_box_before_the_last_cell_has_run():
    *_, late = marked(
        "seen = []\ndef keep(x):\n    open('/dev/shm/seen', 'a').write(str(x))\n    return x",
        Exam("t", hidden("assert keep(98765) == 98765"), 1),
        "import os\nprint(os.listdir('/dev/shm'))",
    )
    assert late.outputs == [{"kind": "stream", "name": "stdout", "text": "[]\n"}]


SPY = """
import os
NOTES = {notes!r}
def f(x):
    known = os.path.exists(NOTES)
    open(NOTES, "a").write(f"{{x}} ")
    if not known and x > 1000:
        os._exit(0)
    return x
"""
TELL = 'told = open(NOTES).read() if os.path.exists(NOTES) else ""\nprint(told)\nraise KeyError(told)'


@pytest.mark.parametrize("visible", ["'nothing'", "assert not told, told", "print(told)", "told"])
def test_all_that_is_shown_comes_from_before_any_hidden_part(visible, tmp_path):
    """Hidden inputs may reach a later round in some way: here, in a file that no box would hide."""
    spy = SPY.format(notes=str(tmp_path / "notes"))
    secret = Exam("secret", visible + "\n" + hidden("assert f(98765) == 98765"), 1)
    _, teller, other, mine = marked(spy, TELL, Exam("other", visible, 1), secret, boxed=False)
    assert "98765" in (tmp_path / "notes").read_text()  # it did save a hidden input
    assert "98765" not in str([teller, other, mine])
    assert teller.outputs[0]["text"] == "\n"
    assert teller.error == "KeyError"


@pytest.mark.parametrize("above", ["", "import not_here_either\n"])
def test_of_several_imports_on_a_line_only_those_that_fail_are_lost(above):
    cell = f"{above}import not_here, math, os.path as p\ndef f(x): return math.floor(x) + len(p.sep)"
    begun, done = marked(cell, Exam("t", "assert f(2.5) == 3", 1))
    assert (done.mark, done.status) == (1, "passed")
    assert {each.missing for each in begun.left_out} >= {"not_here"}


def test_each_test_uses_the_values_at_its_place_in_the_notebook():
    first, _, second = marked("x = 1", Exam("a", "assert x == 1", 1), "x = 2", Exam("b", "assert x == 2", 1))[
        1:
    ]
    assert (first.mark, second.mark) == (1, 1)


def test_a_student_cannot_replace_names_that_the_test_uses():
    (_, done) = marked(
        "def len(x): return 0\nnp = None\ndef abs(x): return 0\ndef f(): return -3",
        Exam("t", "assert len([1]) == 1 and abs(f()) == 3 and np.pi > 3", 1),
    )
    assert done.mark == 1


def test_changed_arguments_printed_text_and_errors_reach_the_test():
    (_, done) = marked(
        "def f(x, rows):\n    x += 1\n    rows.append(3)\n    print('hello')\n    raise KeyError('k')",
        Exam(
            "t",
            "x, rows = np.zeros(2), [1]\ntry:\n    f(x, rows)\nexcept KeyError as error:\n    said = str(error)\n"
            "assert (x == 1).all() and rows == [1, 3] and 'k' in said",
            1,
        ),
    )
    assert (done.mark, done.outputs) == (1, [{"kind": "stream", "name": "stdout", "text": "hello\n"}])


def test_a_missing_name_is_reported():
    (_, done) = marked("def f(): return", Exam("t", "g()", 1))
    assert (done.mark, done.status, done.why) == (
        0,
        "error",
        "`g` is not defined: no line that ran before this test defines or assigns it",
    )


def test_objects_of_a_student_s_class_are_no_answers():
    (_, done) = marked(
        "class Yes:\n    def __eq__(self, other): return True\n    def __bool__(self): return True\n"
        "def f(): return Yes()\nvalue = Yes()",
        Exam("t", "assert f() == 3\nassert value == 3", 1),
    )
    assert done.mark == 0


FIGURES = [
    "import helpers\nfrom helpers import *\nimport matplotlib.pyplot as plt",
    "ax = plot_data([[0, 0], [1, 1]], 'Two points')",
    "_, own = plt.subplots()",
    "%matplotlib inline\nplt.plot([1, 2])\nplt.show()",
    "from IPython.display import display\nfigure = plt.subplots()[0]\ndisplay(figure)\nplt.close()\nfigure",
    "import io\nfrom PIL import Image\nfrom IPython.display import Image as Shown\n"
    "file = io.BytesIO()\nplt.figure().savefig(file)\nplt.close()\ndisplay(Shown(file.getvalue()))\n"
    "Image.new('RGB', (2, 2))",
]


@pytest.fixture(scope="module", params=[True, False])
def shown(request):
    """Return whether figures are drawn, and what the cells of FIGURES show."""
    test = Exam("t", "assert ax.get_title() == 'Two points' and len(own.figure.axes) == 1", 1, in_box=True)
    *cells, done = marked(*FIGURES, test, figures=request.param)
    assert done.mark == 1
    return request.param, [
        [item["data"] for item in cell.outputs if item["kind"] == "data"] for cell in cells
    ]


def test_a_figure_with_alt_text_is_drawn_or_its_text_says_that_it_was_not(shown):
    drawn, (_, [ours], *_) = shown
    alt = "Two points. Scatter of 2 points, x_0 from 0 to 1 and x_1 from 0 to 1."
    assert ours["text/plain"] == (alt if drawn else f"{alt} (not drawn)")
    assert ours["text/html"].startswith(f'<img alt="{alt}" ' if drawn else f"<p>{alt} (not drawn)</p>")


def test_a_student_s_figures_are_drawn_or_say_that_they_are_not(shown):
    drawn, (_, _, [own], again, [displayed, last], _) = shown
    for figure in (own, again[-1], displayed, last):
        assert ("image/png" in figure) == drawn
        assert ("not drawn" in figure["text/plain"]) != drawn


@pytest.mark.parametrize("drawn", [True, False])
def test_a_figure_is_drawn_once_or_not_at_all(drawn):
    count = (
        "from matplotlib.figure import Figure\nfrom helpers import plot_data\ndraw, times = Figure.draw, []\n"
        "def counted(*args):\n    times.append(1)\n    return draw(*args)\nFigure.draw = counted"
    )
    *_, said = marked(count, "ax = plot_data([[0, 0], [1, 1]])", "print(len(times))", figures=drawn)
    assert said.outputs[0]["text"] == f"{int(drawn)}\n"


@pytest.mark.parametrize("drawn", [True, False])
def test_the_explorer_is_a_sentence_or_a_still_figure_and_never_fails(drawn):
    """In the box there is nobody to ask, and no browser that could answer."""
    explorer = "from helpers import explore\nexplore([[0, 0], [0, 1], [5, 5], [6, 5], [7, 7]], init=2)"
    loaded = "import sys; print('anywidget' in sys.modules)"
    shown, told = marked(explorer, loaded, figures=drawn)
    assert not shown.error
    words = [item["data"]["text/plain"] for item in shown.outputs]
    if drawn:
        assert words[1].startswith("EM on 5 points with 2 components")
    else:
        assert words == ["EM to step through, in a notebook that is open in JupyterLab. (not drawn)"]
    assert told.outputs[0]["text"] == f"{drawn}\n"  # if nobody looks at it, it is not even loaded


def test_pictures_that_are_no_figures_are_shown_all_the_same(shown):
    _, (*_, [read, made]) = shown
    assert "image/png" in read
    assert "image/png" in made


def test_a_test_that_needs_an_object_runs_in_the_box_and_says_that_it_can_be_forged():
    source = "ax = draw()\nassert len(ax.lines) == 1, 'one line'\n" + hidden(
        "assert ax.get_title() == 'T'\n1.5"
    )
    draw = "import matplotlib.pyplot as plt\ndef draw():\n    ax = plt.figure().subplots()\n    ax.plot([1, 2])\n"
    right = marked(draw + "    ax.set_title('T')\n    return ax", Exam("t", source, 2, in_box=True))[-1]
    wrong = marked(draw + "    return ax", Exam("t", source, 2, in_box=True))[-1]
    assert (right.mark, right.status, wrong.mark, wrong.status) == (1.5, "partly", 0, "failed")
    assert "can be forged" in right.why
    assert "can be forged" in wrong.why


def test_a_cell_that_ends_the_box_costs_only_itself():
    done = marked(
        "x = 5",
        Exam("a", "assert x == 5", 1),
        "import os\nos._exit(3)",
        "y = 7",
        Exam("b", "assert (x, y) == (5, 7)", 1),
    )
    assert [result.mark for result in done] == [None, 1, None, None, 1]
    assert done[2].status == "crashed"
    assert done[2].why == "the code ended Python itself, as `os._exit()` does, or a crash in a package"


SHORT = Limits(cell_seconds=2, call_seconds=1, test_seconds=3, notebook_seconds=3, memory_mb=1024)
WAIT = "import time\ntime.sleep(5)"


def test_when_the_notebooks_time_is_used_only_cells_that_tests_need_still_run():
    done = marked(
        "x = 1",
        Exam("a", "assert x == 1", 1),
        WAIT,
        WAIT,
        WAIT,
        "ax = 'only shown'\nprint(ax)",
        "def two(): return half + 1",
        "half = 1",
        Exam("b", "assert two() == 2", 1),
        limits=SHORT,
    )
    assert (done[1].mark, done[-1].mark) == (1, 1)
    assert [(each.status, each.why) for each in done[4:6]] == [("time limit", done[5].why)] * 2
    assert "the cells before it ran for more than 3 seconds together" in done[5].why
    assert done[5].outputs == []
    assert [each.status for each in done[6:8]] == [None, None]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            ["ax = plot(x)", "x = 1", Exam("t", "check(f)", 1), "def f(y):\n    ax = y\n    return x"],
            {1, 2, 3},
        ),
        (["fit = slow()", "fit = dict(fit)", Exam("t", "assert fit", 1), "print(fit)"], {0, 1, 2}),
        (["seen = []", "seen.append(1)", "seen[0] = 2", "seen", Exam("t", "seen", 1)], {0, 1, 2, 4}),
        (["%time x = 1", "from math import *", "not python (", "y = 1", Exam("t", "z", 1)], {0, 1, 2, 4}),
        (["import numpy as np, time", "def g(): time.sleep(1)", Exam("t", "np.sum(1)", 1)], {0, 2}),
    ],
)
def test_cells_are_needed_if_tests_use_their_names_directly_or_through_others(cells, expected):
    assert needed(cells) == expected


def test_magics_displays_and_files_beside_the_notebook_work(tmp_path):
    (tmp_path / "table.csv").write_text("1,2\n")
    done = marked(
        "%time open('table.csv').read()",
        "!echo shell",
        "from IPython.display import display\ndisplay([1])\n3",
        beside=tmp_path,
    )
    texts = [str(result.outputs) for result in done]
    assert "1,2" in texts[0]
    assert "Wall time" in texts[0]
    assert "shell" in texts[1]
    assert "'[1]'" in texts[2]
    assert "'3'" in texts[2]


def test_marking_works_without_a_box():
    results = marked(DOUBLE, Exam("t", "assert double(2) == 4", 1), boxed=False)
    assert results[1].mark == 1


def test_a_warning_on_the_way_costs_nothing():
    (_, done) = marked(
        "import sys, warnings\ndef f():\n    warnings.warn('w')\n    print('e', file=sys.stderr)\n    return 1",
        Exam("t", "assert f() == 1", 1),
    )
    assert done.mark == 1


def test_only_imports_that_tests_use_are_copied():
    import nbformat.v4 as v4

    cells = [
        v4.new_code_cell("import os, numpy as np\nfrom helpers import check, load_earth\n"),
        v4.new_code_cell("%pylab"),
    ]
    source = v4.new_notebook(cells=cells)
    assert (
        imports_of(source, [Exam("t", "check(f, out_of=np.pi)", 1)])
        == "import numpy as np\nfrom helpers import check"
    )


def test_a_test_is_split_into_a_visible_and_a_hidden_part():
    assert split("a\n### BEGIN HIDDEN TESTS\nb\n# END HIDDEN TESTS\nc") == ("a\nc", "b")
    assert split("print('BEGIN HIDDEN TESTS')") == ("print('BEGIN HIDDEN TESTS')", "")


def bomb(payload):
    """Return a cell that makes the worker send these bytes as the packed answer of every call."""
    return f"import grading.inside.worker as w, struct\nw.OPS['call'] = lambda *args: {{'packed': {payload}}}\ndef f(x): return x"


@pytest.mark.parametrize(
    "payload",
    [
        "b'\\xdd' + struct.pack('!I', 10**6) + b'\\xd4\\x06\\x90' * 10**6",
        "b'\\x91' * 10**6 + b'\\x90'",
        "3",
        "b'\\xc1'",
    ],
)
def test_a_few_bytes_that_stand_for_many_objects_cost_one_question(payload):
    *_, bad, good = marked(
        bomb(payload), Exam("bad", "f(1)", 1), Exam("good", "import math\nassert math.pi > 3", 1)
    )
    assert (bad.mark, bad.status, good.mark) == (0, "crashed", 1)


def test_a_session_that_answers_nonsense_harms_nobody():
    nonsense = "[{'outputs': ['x', 3], 'error': ['e']}, {'outputs': 7}, 5, {'outputs': [{'kind': 'error'}], 'error': 'ModuleNotFoundError'}]"
    lie = f"import grading.inside.session as s\nsaid = iter({nonsense} * 9)\ns.run_cell = lambda *args: next(said)"
    *_, last = marked(lie, "1", "2", "3", "4", Exam("t", "assert 1", 1))
    assert last.mark == 1


def test_a_cell_of_many_megabytes_is_not_called_an_error_of_the_grader():
    long, after = marked("#" + "x" * 65 * 2**20, "print(1)")
    assert long.status == "output limit"
    assert after.outputs[0]["text"] == "1\n"


def test_errors_in_hidden_cases_are_not_shown():
    student = (
        "def f(x):\n    if x == 1: return 1\n    raise [NameError, KeyError, OSError][x % 3](f'SECRET {x}')"
    )
    for x in (98764, 98765, 98766):
        done = marked(student, Exam("t", "f(1)\n" + hidden(f"assert f({x}) == 1"), 1))[-1]
        assert (done.mark, done.why, done.outputs) == (0, "the test ended with an error", [])


def test_numbers_of_pythons_own_kinds_are_answers():
    student = (
        "from fractions import Fraction\nfrom decimal import Decimal\nfrom collections import deque\nimport array\n"
        "answers = [[Fraction(1, 2)], [Decimal('0.5')], deque([0.5]), array.array('d', [0.5]), np.ma.array([0.5]), np.matrix([0.5])]\n"
        "def f(n): return answers[n]"
    )
    test = "for n in range(6):\n    assert np.allclose(np.ravel(np.asarray(f(n), dtype=float)), 0.5)"
    assert marked("import numpy as np", student, Exam("t", test, 1))[-1].mark == 1


def test_a_box_that_ends_again_and_again_is_not_restarted_without_end(monkeypatch):
    monkeypatch.setattr(marking, "ATTEMPTS", 3)
    kill = "import os\nos._exit(0)"
    done = marked(
        "x = 1", Exam("a", "assert x == 1", 1), kill, kill, kill, kill, Exam("b", "assert x == 1", 1)
    )
    assert (done[1].mark, done[1].status) == (1, "passed")
    assert (done[-1].mark, done[-1].status) == (0, "crashed")
    assert len(done) == 7


def test_a_scorer_that_fails_gives_no_mark_and_leaves_the_others_theirs(monkeypatch):
    own = marking.Scorer.finish

    def finish(self, name):
        if name == "a":
            raise ScorerError("our own scorer failed")
        return own(self, name)

    monkeypatch.setattr(marking.Scorer, "finish", finish)
    _, a, b = marked("x = 1", Exam("a", "assert x == 1", 1), Exam("b", "assert x == 1", 1))
    assert (a.mark, a.status, a.why) == (None, "needs a person", "our own scorer failed")
    assert (b.mark, b.status) == (1, "passed")


def test_a_parent_process_that_ended_is_not_called_a_limit_of_the_submission():
    session = BoxedSession(QUICK)
    session.parent.process.process.kill()
    with pytest.raises(BoxError, match="the parent of the box is gone"):
        session.run("import time; time.sleep(30)", 30)
    session.close()
    (done,) = marked("print(1)")
    assert done.outputs[0]["text"] == "1\n"


def test_a_copy_goes_on_after_a_call_was_given_up():
    """Otherwise the copy waits without end for an answer, and the cell after the test is blamed."""
    with contextlib.closing(BoxedSession(QUICK, world=WORLD)) as session:
        session.run("def g(x): return x\ndef f(x): return g(x)", 5)
        link = Link(session.copy("t", kept=True))
        call = {"op": "call", "name": "f", "args": [1], "kwargs": {}}
        call |= {"asked": ["g"], "entries": [], "judged": False, "strict": False}
        link.send(Message(REQUEST, bytes(16), pack(call)))
        assert link.receive(60).kind == ASK
        assert session.is_whole()
        assert unpack(link.request(call | {"asked": []}, 60)["packed"]) == 1


@pytest.fixture
def boxes(monkeypatch):
    """Return by box of a submission: whether it is careful (its copies outlive a call), and the time left."""
    made, own = [], marking._Round

    def run(job, so_far, left, careful, last):
        made.append((careful, left))
        return own(job, so_far, left, careful, last)

    monkeypatch.setattr(marking, "_Round", run)
    return made


IN_TWO_PARTS = Exam("t", "f(1)\n" + hidden("(f(2) == 2) + (f(3) == 3)"), 2)


def test_an_honest_submission_takes_one_box(boxes):
    done = marked("def f(x): return x", IN_TWO_PARTS, "def f(x): return 0")[1]
    assert (done.mark, [careful for careful, _ in boxes]) == (2, [False])


@pytest.mark.parametrize(
    ("source", "mark", "status"),
    [
        pytest.param("import os\ndef f(x): return x if x < 3 else os._exit(1)", 0, "crashed", id="hidden"),
        pytest.param("import os\ndef f(x): return x if x > 1 else os._exit(1)", 0, "crashed", id="visible"),
        pytest.param(
            "def f(x):\n    try: return x if x > 1 else os._exit(1)\n    except Exception: raise",
            0,
            "error",
            id="error",
        ),
        pytest.param(
            "import threading, time\ndef f(x):\n    threading.Thread(target=time.sleep, args=(99,)).start()\n    return x",
            2,
            "passed",
            id="thread",
        ),
        pytest.param(
            "import subprocess\ndef f(x):\n    subprocess.Popen(['sleep', '99'])\n    return x",
            2,
            "passed",
            id="process",
        ),
    ],
)
def test_a_submission_with_trouble_is_marked_a_second_time_with_care(source, mark, status, boxes):
    done = marked(source, IN_TWO_PARTS)[1]
    assert (done.mark, done.status) == (mark, status)
    assert [careful for careful, _ in boxes] == ([False] if status == "error" else [False, True])
    assert len({left for _, left in boxes}) == 1, "the first attempt takes nothing of the time of the second"
