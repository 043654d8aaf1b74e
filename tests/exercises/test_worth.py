"""A function with only one slip keeps a part of the marks, and the report says why."""

import pytest
from ours import KNOWN, called
from test_answers import HOME, WORTH

from grading import hidden
from helpers import check

SLIPS = [
    pytest.param(name, each, id=f"{name}: {each.hint.name}")
    for name, known in KNOWN.items()
    for each in known
    if each.hint.worth
]


def test_some_mistakes_are_slips_and_most_are_not():
    assert 10 <= len(SLIPS) <= sum(map(len, KNOWN.values())) / 10


@pytest.mark.parametrize(("name", "slip"), SLIPS)
def test_a_slip_keeps_its_part_on_public_and_on_hidden_cases(name, slip, capsys):
    full = called(HOME[name][0], HOME[name][1])
    for more in ({"name": full}, {"name": full, "cases": hidden}):
        mark = check(slip.answer, out_of=WORTH[name], **more)
        assert slip.hint.worth * WORTH[name] - 0.01 <= mark < WORTH[name]
        said = capsys.readouterr().out
        assert "→ advice: this is a small mistake: the rest of your function is right" in said
        assert "✗ not yet" not in said


def test_a_mistake_that_is_no_slip_keeps_nothing(capsys):
    def purity(table):
        return 0.5

    assert check(purity, out_of=2) == 0
    assert "slip" not in capsys.readouterr().out
