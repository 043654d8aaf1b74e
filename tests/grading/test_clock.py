"""Limits of time count what somebody had, and not what others on a busy machine took."""

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
LASTS = 1.2  # seconds that each of these looks


@contextlib.contextmanager
def running(*sources):
    """Run programs beside each other, all on one processor; yield their numbers."""
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
    """What the first of these had while all of them ran, how long that was, and what it used of it."""
    with running(*sources) as (first, *_):
        watch, begin = Stopwatch(lambda: family(first)), time.monotonic()
        used = watch.seen.used
        time.sleep(LASTS)
        wall = time.monotonic() - begin
        return watch.had(wall), wall, watch.seen.used - used


def test_beside_others_it_has_its_share():
    passed, wall, _ = measured(SPIN, *[SPIN] * 4)
    assert 0.02 * wall < passed < 0.4 * wall


def test_who_sleeps_has_all_of_the_time_whatever_the_others_do():
    passed, wall, _ = measured("import time; time.sleep(99)", *[SPIN] * 4)
    assert passed > 0.9 * wall


FORKS = "for _ in range(5): os.fork() or exec('while True: pass')\nos.wait()"


@pytest.mark.parametrize("many", [MANY, FORKS], ids=["threads", "children"])
def test_threads_and_children_that_wait_for_each_other_pay_for_what_they_use(many):
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
def test_what_somebody_had_of_ten_seconds(before, after, expected):
    assert had(10.0, before, after) == expected


OWN_TIME = """
import time
from grading.protocol.clock import own_time
own, wall, used = own_time(), time.monotonic(), time.process_time()
while time.process_time() - used < 0.3: pass
print(own_time() - own, time.monotonic() - wall)
"""


def test_own_time_stands_still_while_others_run():
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


def test_while_somebody_else_works_for_them_nothing_of_an_allowance_passes():
    allowed = Allowance(0.4, lambda: [])
    with allowed.paused():
        time.sleep(0.5)
    assert 0.2 < allowed.left() < 0.4


def test_behind_every_allowance_is_a_clock_on_the_wall(monkeypatch):
    allowed = Allowance(0.01, lambda: [])
    monkeypatch.setattr(clock.Stopwatch, "had", lambda self, seconds: 0.0)
    monkeypatch.setattr(clock, "own_time", lambda: allowed.begin)
    assert allowed.left() > 0
    time.sleep(0.01 * PATIENCE)
    assert allowed.left() <= 0


def test_a_test_asks_the_grader_only_where_the_wall_says_that_it_is_over(monkeypatch):
    asked, now = [], [0.0]  # the seconds that this process had: on a busy machine a sleep has fewer
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


def test_many_messages_come_between_two_looks(monkeypatch):
    """A look costs more than a message: on a busy machine it would use up what a call may take."""
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
    assert looks.count("box") == 3  # the first one opens the books as well


def test_what_the_scorer_takes_to_answer_is_no_time_of_a_calls():
    spent = TestTime(call_seconds=0.2, test_seconds=60, grace=0.0)
    spent.begin(lambda waited: waited)
    call = CallTime(spent)
    call.began -= 0.2 * PATIENCE - 0.1  # the wall is near
    for _ in range(3):
        with call.paused():
            time.sleep(0.1)
    assert call.left() > 0
    call.ours = 0.2 * PATIENCE  # and who keeps it busy has an end all the same
    assert call.left() <= 0


def test_own_time_is_the_wall_where_the_kernel_counts_nothing():
    assert clock._waited("/proc/nothing") == 0.0
    assert own_time() <= time.monotonic()
