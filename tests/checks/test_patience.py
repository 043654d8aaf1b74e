"""A case that never ends is stopped, where that is possible. An interrupt gives one sentence."""

import linecache
import signal
import threading
import time

import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel

from checks.call import try_case
from checks.cases import Case
from checks.checker import Checker
from checks.patience import AFTER, TICK, CaseTime, OutOfTime, patient
from grading.protocol.limits import TimeLimit

CASES = [Case(name, {"x": np.ones(2)}, answers=(2.0,)) for name in ("ones", "more ones", "ones again")]
SHORT = 0.4
ENDLESS = """def total(x):
    sum_so_far = 0
    for each in x:
        while sum_so_far < 1:
            each * 0
    return sum_so_far
"""
SWALLOWING = """def total(x):
    while True:
        try:
            x.sum()
        except Exception:
            continue
"""
SLEEPING = """def total(x):
    import time
    time.sleep(60)
"""


@pytest.fixture
def checker(tmp_path):
    from checks.casebook import save_cases

    save_cases(tmp_path / "sums" / "total.npz", CASES)
    return Checker(tmp_path)


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr("checks.run.CaseTime", lambda: CaseTime(SHORT))


def defined(source):
    name, names = f"<cell {hash(source)}>", {}
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    exec(compile(source, name, "exec"), names)
    return names["total"]


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("source", [ENDLESS, SWALLOWING, SLEEPING])
def test_a_function_that_never_ends_is_stopped_in_each_case(checker, capsys, source):
    assert checker.check(defined(source), out_of=3) == 0
    shown = capsys.readouterr().out
    assert shown.count("it did not end in time.") == len(CASES)
    assert "It looks like this: it does not end (in the case 'ones'" in shown


@pytest.mark.usefixtures("short")
def test_the_report_names_the_endless_loop(checker, capsys):
    checker.check(defined(ENDLESS), out_of=3)
    assert "in line 4 of `total`: `while sum_so_far < 1:`)" in capsys.readouterr().out


def test_once_a_case_was_late_the_others_have_less_time():
    case_time, begin = CaseTime(AFTER + 1), time.thread_time()
    with patient(case_time):
        outcomes = [try_case(defined(ENDLESS), case) for case in CASES[:2]]
    assert [type(each.calls[0].error) for each in outcomes] == [OutOfTime, OutOfTime]
    assert time.thread_time() - begin < 2 * AFTER + 1 + 3 * TICK


def test_a_correct_function_is_not_stopped_and_the_signal_is_restored(checker):
    assert checker.check(defined("def total(x): return sum(x)"), out_of=3) == 3
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_there_is_no_limit_if_other_code_uses_the_signal():
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    try:
        with CaseTime(0.01).limit():
            end = time.thread_time() + 2 * TICK
            while time.thread_time() < end:
                pass
    finally:
        signal.signal(signal.SIGALRM, before)


def test_in_another_thread_there_is_no_limit():
    def run():
        with CaseTime(0.01).limit():
            done.append(True)

    done = []
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert done == [True]


def test_the_limit_of_the_grader_is_not_caught(checker):
    def total(x):
        raise TimeLimit

    with pytest.raises(TimeLimit):
        checker.check(total, out_of=3)


INTERRUPTED = """
from checks.authors import Case
from checks.casebook import save_cases
from checks.checker import Checker
from pathlib import Path
save_cases(Path({folder!r}) / "sums" / "total.npz", [Case("ones", {{"x": 1.0}}, answers=(1.0,))])
check = Checker(Path({folder!r})).check
"""
LOOP = """
def total(x):
    print("begun", flush=True)
    while True:
        x += 0
"""


def test_an_interrupt_in_a_notebook_is_one_sentence(tmp_path):
    manager, client = start_new_kernel()
    try:
        client.execute_interactive(INTERRUPTED.format(folder=str(tmp_path)), timeout=60)
        client.execute_interactive(LOOP, timeout=60)
        client.execute("check(total, out_of=1)")
        wait_for(client, lambda message: message["content"].get("execution_state") == "busy")
        time.sleep(1.5)
        manager.interrupt_kernel()
        error = wait_for(client, lambda message: message["msg_type"] == "error")["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    (said,) = error["traceback"]
    assert said.startswith("You interrupted the check in the case 'ones', at line ")
    assert "of total: `" in said
    assert len(said.splitlines()) == 1


def wait_for(client, wanted):
    while True:
        message = client.get_iopub_msg(timeout=60)
        if wanted(message):
            return message
