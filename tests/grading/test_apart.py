"""A function in a separate process: it answers, fails or is ended, and the process that asked goes on."""

import os
import signal
import time

import pytest

from grading.apart import Apart, Budget, Excess, TooCostly, call_apart
from grading.repair import Unreadable

pytestmark = pytest.mark.instructor


def busy():
    while True:
        pass


def patient():
    """Spend the time in one call of C, which no exception can interrupt."""
    return sum(range(10**12))


def greedy():
    return [[] for _ in range(10**8)]


def crashes():
    os.kill(os.getpid(), signal.SIGSEGV)


def refuses():
    raise Unreadable("it is a PDF file")


def some_work():
    return sum(range(10**6))


def left_children():
    """Tell whether this process has a child that was not waited for."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


def test_the_result_comes_back_and_changes_of_variables_do_not():
    changed = []
    found = call_apart(lambda: (changed.append(1), b"x" * 2_000_000)[1])
    assert found == b"x" * 2_000_000
    assert changed == []
    assert not left_children()


def test_an_exception_in_the_function_is_raised_here():
    with pytest.raises(Unreadable, match="it is a PDF file"):
        call_apart(refuses)


@pytest.mark.parametrize(
    ("function", "excess", "says"),
    [
        (busy, Excess.TIME, "takes more than 5 seconds of a processor"),
        (patient, Excess.TIME, "clear the outputs of all cells"),
        (greedy, Excess.MEMORY, "takes more than 500 MB of memory"),
        (crashes, Excess.CRASH, "the program that reads it crashed"),
    ],
)
def test_a_function_that_uses_too_much_is_ended_and_leaves_no_process(function, excess, says):
    begin = time.process_time()
    with pytest.raises(TooCostly, match=says) as raised:
        Apart(lambda _: function()).ask(None, Budget(0.5 if excess is Excess.TIME else 5.0))
    assert raised.value.excess is excess
    assert time.process_time() - begin < 0.5  # the time was used in the other process
    assert not left_children()


def test_one_process_answers_many_questions_and_is_replaced_if_it_was_ended():
    other = Apart(lambda asked: asked() if callable(asked) else os.getpid())
    first = other.ask(1)
    assert first == other.ask(2) != os.getpid()
    with pytest.raises(TooCostly):
        other.ask(crashes)
    assert other.ask(3) not in (first, os.getpid())
    with pytest.raises(Unreadable):
        other.ask(refuses)
    other.close()
    assert not left_children()


def test_questions_share_a_budget_and_another_budget_is_separate():
    other, budget = Apart(lambda asked: asked()), Budget(0.3)
    other.ask(some_work, budget)
    assert 0 < budget.seconds < 0.3
    for asked in (busy, int):
        with pytest.raises(TooCostly) as raised:
            other.ask(asked, budget)
        assert raised.value.excess is Excess.TIME
    assert other.ask(int) == 0


def test_memory_left_by_earlier_questions_counts_against_nobody():
    kept = []

    def hoard(megabytes):
        kept.append(bytearray(megabytes * 1_000_000))
        return len(kept)

    other = Apart(hoard)
    assert [other.ask(200), other.ask(200)] == [1, 2]
    assert other.ask(200) == 1  # a new process has replaced the full one
    with pytest.raises(TooCostly) as raised:
        other.ask(600)
    assert raised.value.excess is Excess.MEMORY


def test_closing_it_in_a_fork_does_not_end_the_process():
    other = Apart(len)
    assert other.ask("abc") == 3
    assert call_apart(other.close) is None
    assert other.ask("abcd") == 4


def test_nobody_waits_without_end(monkeypatch):
    monkeypatch.setattr("grading.apart.PATIENCE", 0.2)
    with pytest.raises(TimeoutError, match="could not be read within"):
        call_apart(lambda: time.sleep(60))
    assert not left_children()


def test_the_process_does_not_keep_files_of_its_caller_open(tmp_path):
    with (tmp_path / "lock").open("w") as file:
        other = Apart(lambda _: os.listdir("/dev/fd"))
        assert str(file.fileno()) not in other.ask(None)
