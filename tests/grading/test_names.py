"""A course whose textbook has other names for the functions and their arguments."""

import re

import pytest
from ours import COURSE, ROOT
from second import NAME, SecondCourse

from checks.casebook import load_cases
from grading.names import renamed_code, renamed_text
from grading.own_words import own_words

pytestmark = pytest.mark.instructor
TABLE = '[names]\nfit_line = "beta_hat"\nresidual_spread = "sigma_hat"\nline = "beta"\n'
NAMES = {"fit_line": "beta_hat", "line": "beta"}


@pytest.mark.parametrize(
    ("source", "renamed"),
    [
        ("fit_line(x, line=3)", "beta_hat(x, beta=3)"),
        ("plot(x, line=line)", "plot(x, line=beta)"),
        ("plot(x.line, deadline)", "plot(x.line, deadline)"),
        ("def fit_line(line=1):\n    return line", "def beta_hat(beta=1):\n    return beta"),
        ('run["line"], example("fit_line")', 'run["line"], example("beta_hat")'),
        ('f"a line {line:.2f} of {fit_line(1)}"', 'f"a line {beta:.2f} of {beta_hat(1)}"'),
        ("x = 1  # a line: see `line` and fit_line", "x = 1  # a line: see `beta` and beta_hat"),
        ('"""line: (2,). A line."""', '"""beta: (2,). A line."""'),
        ("(line,\n  line)", "(beta,\n  beta)"),
    ],
)
def test_names_in_code_are_replaced(source, renamed):
    assert renamed_code(source, NAMES, ["fit_line"]) == renamed


def test_names_in_prose_are_replaced():
    said = renamed_text(
        "A line: `line`, `fit_line(x, line)` and fit_line. Not the deadline, `deadline`.", NAMES
    )
    assert said == "A line: `beta`, `beta_hat(x, beta)` and beta_hat. Not the deadline, `deadline`."


@pytest.mark.parametrize("assignment", COURSE.assignments(), ids=lambda each: each.name)
def test_code_with_other_names_is_still_the_same_code(assignment):
    """Renaming and renaming back changes nothing. No other word becomes a new name."""
    cells = assignment.cells_of(assignment.source).cells
    functions = [cell.metadata["solution"] for cell in cells if "solution" in cell.metadata]
    there = {name: f"other_{name}" for name in functions if name.isidentifier()}
    back = {other: name for name, other in there.items()}
    for cell in cells:
        if cell.cell_type == "code":
            other = renamed_code(cell.source, there, functions)
            assert not any(re.search(rf"(?<![\w.]){name}\(", other) for name in there)
            assert renamed_code(other, back, back) == cell.source


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = SecondCourse(tmp_path_factory.mktemp("names"))
    (made.root / "course.toml").write_text(TABLE, encoding="utf-8")
    made.grading("build")
    return made


@pytest.mark.long
def test_notebooks_are_built_with_the_names_of_the_table(course):
    released = "\n".join(cell.source for cell in course.notebook().cells)
    assert re.findall(r"fit_line|residual_spread|\bline\b(?=[,\[)])", released) == []
    assert "def sigma_hat(x, y, beta):" in released
    assert "check(beta_hat, out_of=3)" in released
    folder = course.root / "line_helpers" / "cases" / NAME
    folder = folder if folder.is_dir() else next(course.root.rglob("beta_hat.npz")).parent
    (case, *_) = load_cases(folder / "sigma_hat.npz")
    assert case.named.keys() == {"x", "y", "beta"}


@pytest.mark.long
@pytest.mark.box
def test_answers_are_marked_by_the_names_of_the_table(course):
    course.hand_in("ada")
    course.hand_in("bob", beta_hat="def beta_hat(x, y):\n    return np.polyfit(x, y, 1)")
    course.hand_in("cy", beta_hat=course.right()["beta_hat"].replace("beta_hat", "fit_line"))
    course.grading("run")
    marks = course.marks()
    assert (marks["ada"], marks["bob"]) == (6, 3)
    assert marks["cy"] == 3  # the notebook asks for another name
    assert "slope and intercept exchanged" in course.feedback("bob")
    course.grading("report")
    assert "slope and intercept exchanged" in (course.root / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("[names]\nfit = 'f'", "there is no function or argument 'fit'; there are: fit_line"),
        ("[names]\nfit_line = 'two words'", "'two words' is no name in Python; 'fit_line' needs one."),
        ("[names]\nfit_line = 'slope'", "'slope' stands for something else in straight-lines."),
        ("[names]\nx = 'z'\ny = 'z'", "'z' is given to two names."),
        ("[names]\nx = 1", "each line below [names] gives one name another"),
        ("names = 'x'", "each line below [names] gives one name another"),
        ("langage = 'de'", "says 'langage', which means nothing here. It may say: language, names."),
        ("language = 'German'", "the language must be a short code"),
        ("language =", "cannot be read"),
    ],
)
def test_errors_in_the_table_are_reported(table, sentence, tmp_path):
    from grading.build.own_words import require_own_words
    from grading.course import load_course

    root = SecondCourse(tmp_path).root
    (root / "course.toml").write_text(table, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(sentence)) as error:
        require_own_words(load_course(root))
    assert "course.toml" in str(error.value)


def test_without_a_table_names_do_not_change():
    assert own_words(ROOT).names == {}
