"""Limits of time count the time that a process could use, not the time that others took on a busy machine."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest

import grading.scorer.allowed as allowed_time
from grading.protocol import clock
from grading.protocol.clock import PATIENCE, Allowance, Books, Stopwatch, family, had, own_time
from grading.protocol.wire import Late, pair
from grading.scorer.allowed import CallTime, TestTime

SPIN = "while True: pass"
MANY = (
    "import threading\nfor _ in range(6): threading.Thread(target=exec, args=('while True: pass',)).start()"
)
LASTS = 1.2  # seconds of each measurement


@contextlib.contextmanager
def running(*sources):
    """Run programs at the same time, all on one processor; yield their process ids."""
    here = f"import os; os.sched_setaffinity(0, [{min(os.sched_getaffinity(0))}]); print()\n"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", here + each], stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        for each in sources
    ]
    try:
        for each in started:
            each.stdout.readline()
        yield [each.pid for each in started]
    finally:
        for each in started:
            os.killpg(each.pid, signal.SIGKILL)
            each.communicate()


def measured(*sources):
    """Run programs together.

    Return the time counted for the first, the time passed, and its processor time.
    """
    with running(*sources) as (first, *_):
        watch, begin = Stopwatch(lambda: family(first)), time.monotonic()
        used = watch.seen.used
        time.sleep(LASTS)
        wall = time.monotonic() - begin
        return watch.had(wall), wall, watch.seen.used - used


def test_a_busy_process_among_others_is_charged_its_share():
    passed, wall, _ = measured(SPIN, *[SPIN] * 4)
    assert 0.02 * wall < passed < 0.4 * wall


def test_a_sleeping_process_is_charged_all_of_the_time():
    passed, wall, _ = measured("import time; time.sleep(99)", *[SPIN] * 4)
    assert passed > 0.9 * wall


FORKS = "for _ in range(5): os.fork() or exec('while True: pass')\nos.wait()"


@pytest.mark.parametrize("many", [MANY, FORKS], ids=["threads", "children"])
def test_threads_and_children_that_wait_for_each_other_are_charged_what_they_use(many):
    passed, wall, used = measured(many)
    assert min(used, wall) - 0.1 <= passed <= wall


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(Books(), Books(3.0), 10.0, id="it ran, and waited by its own choice"),
        pytest.param(Books(5.0, {1: 2.0}), Books(6.0, {1: 11.0}), 1.0, id="it waited for a processor"),
        pytest.param(Books(), Books(2.0, {1: 9.0, 2: 9.0}), 2.0, id="its tasks wait for each other"),
        pytest.param(Books(), Books(20.0, {}), 10.0, id="on two processors it is no faster than the wall"),
        pytest.param(Books(), Books(0.5, {}, ready=True), 0.5, id="the whole machine stood still"),
        pytest.param(Books(9.0), Books(1.0, {1: 4.0}), 6.0, id="some of it are gone"),
    ],
)  # fmt: skip
def test_time_counted_in_ten_seconds(before, after, expected):
    assert had(10.0, before, after) == expected


OWN_TIME = """
import time
from grading.protocol.clock import own_time
own, wall, used = own_time(), time.monotonic(), time.process_time()
while time.process_time() - used < 0.3: pass
print(own_time() - own, time.monotonic() - wall)
"""


def test_own_time_stops_while_others_run():
    one = min(os.sched_getaffinity(0))
    with running(*[SPIN] * 3):
        command = ["taskset", "-c", str(one), sys.executable, "-c", OWN_TIME]
        own, wall = map(float, subprocess.check_output(command, text=True).split())
    assert own < 0.6 * wall


def test_an_allowance_waits_interrupts_and_then_gives_up():
    told = []
    mine, _ = pair()
    begin = time.monotonic()
    with running("import time; time.sleep(99)") as (first,), pytest.raises(Late):
        mine.receive(Allowance(0.8, lambda: [first], lambda: told.append(time.monotonic() - begin), 0.3))
    assert 0.7 < told[0] < time.monotonic() - begin - 0.2


def test_an_allowance_does_not_pass_while_another_process_works_for_it():
    allowed = Allowance(0.4, lambda: [])
    with allowed.paused():
        time.sleep(0.5)
    assert 0.2 < allowed.left() < 0.4


def test_every_allowance_also_has_a_limit_on_the_wall_clock(monkeypatch):
    allowed = Allowance(0.01, lambda: [])
    monkeypatch.setattr(clock.Stopwatch, "had", lambda self, seconds: 0.0)
    monkeypatch.setattr(clock, "own_time", lambda: allowed.begin)
    assert allowed.left() > 0
    time.sleep(0.01 * PATIENCE)
    assert allowed.left() <= 0


def test_a_test_asks_for_the_grader_s_share_only_if_its_time_seems_over(monkeypatch):
    asked, now = [], [0.0]  # the seconds of this process; a sleep on a busy machine would give fewer
    monkeypatch.setattr(allowed_time, "own_time", lambda: now[0])
    spent = TestTime(call_seconds=0.2, test_seconds=0.3, grace=0.0)

    def call(seconds, answer):
        spent.begin(lambda waited: asked.append(waited) or answer)
        one = CallTime(spent)
        now[0] += seconds
        one.end()
        over = spent.is_over
        spent.end()
        return over

    assert not call(0.1, 0.0)
    assert asked == []
    assert not call(0.25, 0.05)
    assert len(asked) == 1
    assert call(0.2, 0.2)
    assert not TestTime(1, 1, 0).is_over


def test_the_clock_is_not_read_for_each_message(monkeypatch):
    """Reading it costs more than a message. On a busy machine this would use up the time of a call."""
    now, looks = [100.0], []
    for module in (clock, sys.modules[CallTime.__module__]):
        monkeypatch.setattr(module, "own_time", lambda: now[0])
    allowed = Allowance(60, lambda: looks.append("box") or [])
    spent = TestTime(call_seconds=60, test_seconds=60, grace=0.0)
    spent.begin(lambda waited: looks.append("call") or waited)
    call = CallTime(spent)
    for _ in range(240):
        now[0] += clock.STEP / 100
        assert 0 < allowed.left() <= clock.STEP
        assert 0 < call.left() <= clock.STEP
    assert looks.count("call") == 2
    assert looks.count("box") == 3  # the first one also begins the count


def test_the_time_of_the_scorer_does_not_count_for_a_call():
    spent = TestTime(call_seconds=0.2, test_seconds=60, grace=0.0)
    spent.begin(lambda waited: waited)
    call = CallTime(spent)
    call.began -= 0.2 * PATIENCE - 0.1  # the limit on the wall clock is near
    for _ in range(3):
        with call.paused():
            time.sleep(0.1)
    assert call.left() > 0
    call.ours = 0.2 * PATIENCE  # but a call that keeps the scorer busy also ends
    assert call.left() <= 0


def test_own_time_is_the_wall_clock_if_the_kernel_counts_nothing():
    assert clock._waited("/proc/nothing") == 0.0
    assert own_time() <= time.monotonic()
