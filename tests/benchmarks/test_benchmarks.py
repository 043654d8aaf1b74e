"""Code that is timed computes the right result, and documents show the measurements.

No test asserts a time.
"""

import re
import sys

import numpy as np
import pytest
from ours import COURSE, ROOT

from benchmarks import alike, explorer_speed, fair, grading_speed, leaks, marking_tables, steps, stock
from benchmarks.documents import MEASUREMENTS, sections
from benchmarks.gaussian_step import fast_step as fast_gaussian
from benchmarks.processes import measure
from benchmarks.watch import Taken, watch, whole
from exercises.pieces.draw import draw_mixture
from grading.build.cases import draw_cases
from helpers import load_digits, loglikelihood

pytestmark = pytest.mark.instructor
SHOWN = sections((ROOT / MEASUREMENTS).read_text(encoding="utf-8"))
DIGITS = COURSE.assignment("bernoulli-digits")


@pytest.mark.parametrize("size", [(2, 1, 50), (4, 3, 20_000), (3, 7, 900)])
def test_gaussian_steps_agree(size):
    data, *start = draw_mixture(np.random.default_rng(5), *size, shift=30)
    reference = DIGITS.reference()["em_step"](data, *start)
    for fast, right in zip(fast_gaussian(data, *start), reference):
        np.testing.assert_allclose(fast, right, rtol=1e-8, atol=1e-8)
    assert reference[3] == pytest.approx(loglikelihood(data, *start), rel=1e-12)


@pytest.mark.parametrize("size", [1, 7, 50, 8192])
def test_a_gaussian_step_does_not_depend_on_its_blocks(size):
    data, *start = draw_mixture(np.random.default_rng(5), 3, 2, 50)
    em_step = DIGITS.reference()["em_step"]
    for block, once in zip(em_step(data, *start, size=size), em_step(data, *start)):
        np.testing.assert_allclose(block, once, rtol=1e-10)


@pytest.mark.parametrize("floor", [0, 1e-12])
@pytest.mark.parametrize("size", [1, 300, 1024])
def test_bernoulli_steps_agree(floor, size):
    names = DIGITS.reference()
    bits = (load_digits()[0][:1500] >= 128).astype(np.uint8)
    log_p, log_mix = names["random_start"](6, 784, seed=2)
    for _ in range(4):
        right = names["m_step"](bits, names["e_step"](bits, log_p, log_mix))
        fast = names["fast_step"](bits, log_p, log_mix, floor=floor, size=size)
        np.testing.assert_allclose(np.exp(fast[0]), np.exp(right[0]), atol=1e-4)
        np.testing.assert_allclose(np.exp(fast[1]), np.exp(right[1]), atol=1e-4)
        assert fast[0].max() < 0
        log_p, log_mix = right


def test_a_contender_is_measured_in_its_own_process():
    source = "\n\n".join(DIGITS.recipe().definitions)
    held = np.ones(60_000_000)  # this half gigabyte must not count for the other process
    small = measure("benchmarks.gaussian_step:reference", 2, 1, source=source, size=[5000, 2, 2])
    large = measure("benchmarks.gaussian_step:reference", 2, 1, source=source, size=[3_000_000, 2, 2])
    assert 10 < small.peak < 250
    assert large.peak > small.peak + 48  # its points need as much
    assert held.nbytes > 4e8


def test_a_contender_that_fails_is_named():
    with pytest.raises(RuntimeError, match="(?s)benchmarks.gaussian_step:nothing failed:.*nothing"):
        measure("benchmarks.gaussian_step:nothing")


def test_the_tables_of_one_iteration_are_shown():
    for row in (
        "the reference",
        "`fast_step`",
        "N x K x D",
        "StepMix",
        "limit: ",
        "scikit-learn",
        "double loop",
    ):
        assert row in SHOWN["make bench"]
    assert len(re.findall(r"^\| N = ", SHOWN["make bench"], re.M)) == 3


BUSY = """
import subprocess, sys, time
held = bytearray(b"1" * {mb}_000_000)
if {mb} > 100:
    subprocess.run([sys.executable, "-c", {inner!r}])
while time.process_time() < 0.4:
    pass
time.sleep(0.3)
"""
INNER = BUSY.format(mb=90, inner="")


def test_a_command_is_measured_with_all_processes_that_it_starts():
    taken = watch([sys.executable, "-c", BUSY.format(mb=150, inner=INNER)], whole)
    assert taken.cpu >= 0.8  # both processes together, however long they take
    assert 240 < taken.memory < 400


def test_a_command_that_fails_is_no_measurement():
    with pytest.raises(RuntimeError, match="(?s)failed:.*it is broken"):
        watch([sys.executable, "-c", "raise SystemExit('it is broken')"])


TAKEN = Taken(30, 25, 400), 10, Taken(90, 180, 0), Taken(60, 120, 0), 60
TIMES = marking_tables.ClassTimes(*TAKEN, memory=500, task=1.04, writing=0.02, report=3.0)


def test_the_table_of_marking_has_ratios_to_stock():
    rows = marking_tables.table(TIMES)
    assert "| submissions per minute | 20.0 (1.00) | 40.0 (2.00) | 60.0 (3.00) |" in rows
    assert "| CPU seconds per submission | 2.50 (1.00) | 3.00 (1.20) | 2.00 (0.80) |" in rows
    assert "| memory for marking one submission, MB | 400 (1.00) |  | 500 (1.25) |" in rows
    assert "takes 4.0% longer" in rows
    assert "takes 0.020 seconds to read a submission" in rows


def test_the_sentences_about_marking_agree_with_its_table():
    said = marking_tables.line(TIMES)
    assert "marks 60.0 submissions" in said
    assert "3.00 times as many" in said
    assert "takes 500 MB of memory" in said
    sums = marking_tables.sums(TIMES)
    assert "here 102, do not help" in sums
    assert "50,000 x 2.040 / 48 = 2,125 seconds" in sums
    assert "50,000 x 0.020 = 1,000 of these" in sums


@pytest.mark.parametrize("found", [{"ada": {"test-m": 1.0}}, {"ada": {"test-m": None}}])
def test_marking_is_measured_only_where_the_marks_are_the_same(found):
    grading_speed.require_same({"ada": {"test-m": 2.0}}, {"ada": {"test-m": 2.0}, "bob": {}})
    with pytest.raises(RuntimeError, match="stock nbgrader gives other marks than the box to ada"):
        grading_speed.require_same({"ada": {"test-m": 2.0}}, found)


@pytest.mark.long
@pytest.mark.box
def test_the_time_of_reading_and_writing_a_submission_is_measured():
    assert grading_speed.seconds_of_writing(3) > 0


def test_the_table_of_marking_is_shown():
    for words in ("submissions per minute", "CPU seconds", "memory", "dask workers", "to read a submission"):
        assert words in SHOWN["make bench, of marking"]


def test_the_table_of_the_explorer_has_ratios_to_the_explorer():
    ours = {("explorer", N): 20.0 for N in explorer_speed.SIZES}
    both = ours | {("matplotlib", N): 150.0 for N in explorer_speed.SIZES}
    found = explorer_speed.Reactions(both, both, 412.0, 700_000, 54_880_000)
    text = explorer_speed.table(found)
    assert text.count("| 20 (1.00) | 150 (7.50) |") == 4
    assert "is there after 0.41 seconds" in text
    assert "70,000 digits are 54.9 MB, with one byte for each pixel." in text
    assert "five iterations, 0.7 MB are sent" in text
    assert "takes 20 to 20 milliseconds, a slider over matplotlib 150 to 150" in explorer_speed.line(found)


def test_the_table_of_the_explorer_is_shown():
    for words in (
        "a key to the new picture, N = 1,500",
        "first picture",
        "70,000 digits are",
        "with matplotlib",
    ):
        assert words in SHOWN["make bench, of the explorer"]


def test_one_iteration_is_described_in_words():
    bernoulli = [("reference", 1), ("fast", 0.4), ("subnormal", 0.5), ("table", 190), ("StepMix", 2)]
    gaussian = {f"Gaussian {n}": [("reference", 1), ("scikit-learn", n)] for n in (3, 4)}
    said = steps.line(bernoulli, gaussian)
    for words in ("190.00 times", "StepMix 2.00", "`fast_step` 0.40", "3.00 to 4.00 times"):
        assert words in said
    assert "StepMix 2.00. Gaussian 3: reference 1.00, scikit-learn 3.00." in steps.alt_text(
        bernoulli, gaussian
    )


def test_the_table_of_stock_nbgrader_is_described_in_one_line():
    found = {title: stock.Fate(20, 3, 4, 1) for title in stock.CORPUS}
    assert stock.table(found).count(" | 20 | 3 | 4 | 1 |") == 4
    assert "to 3 of 20 submissions that cheat" in stock.line(found)
    assert "right answers in 4 of 20" in stock.line(found)


def test_a_copied_notebook_is_reported_and_strangers_are_not():
    assert alike.told(alike._copied("image-clusters", 60, 0)) == [("s010", "s011")]
    assert alike.told(alike.independent("image-clusters", 60, alike.random.Random(0))) == []
    found = alike.Told(36, 1, 9, 8, 3, 0)
    assert "| 36 | 1 |" in alike.table(found)
    assert "Of 9 notebooks taken over in other names, 8 were reported" in alike.line(found)


def test_a_page_tells_the_kind_of_mistake_in_a_hidden_case_and_no_number():
    assignment = COURSE.assignment("image-clusters")
    known = {each.hint.name: each.hint for each in assignment.mistakes()["purity"]}
    cases = [each for each in draw_cases(assignment, leaks.SEED, hidden=True)["purity"] if each.graded]
    shown = {leaks.said(cases[0], known, answer) for answer in leaks.wrong_answers(cases[0])}
    lines = {line for _, line in shown}
    assert 5 < len(lines) < 20
    unmarked = {re.sub(r"\([\d.]+ of [\d.]+\)", "", line) for line in lines}
    assert {line for line in unmarked if re.search(r"\d", line)} == set()
    assert leaks.Ways([2, 4, 8], 4).bits == pytest.approx(np.log2(256 + 6))
    assert "| f | 3 | 8 | 4 |" in leaks.table({"f": leaks.Ways([2, 4, 8], 4)})
    assert "shows at most 3.0 bits." in leaks.line({"f": leaks.Ways([2, 4, 8], 4)})


def test_different_marks_because_of_the_draw_are_counted():
    right, mistakes = np.array([[1, 1], [1, 0.75]]), np.array([[0.5, 0.2, 0], [0.5, 0.4, 0]])
    found = fair.Exercise(10, right, mistakes)
    assert (found.docked, found.moved, found.most) == (1, 1, pytest.approx(2))
    assert "| f | 10 | 2 | 1 | 3 | 1 | 2.00 |" in fair.table({"f": found})
    assert "1 of 2 right answers lost a mark on any. Of 3 known mistakes 2 had" in fair.line({"f": found}, 2)


def test_answers_are_tried_on_the_cases_of_each_submission():
    images = COURSE.assignment("image-clusters")
    found = fair.kept(images, 2)
    assert found["assign"].right.shape == (2, len(fair.right_answers(images.name)["assign"]))
    assert (found["assign"].right == 1).all()
    assert found["assign"].mistakes.max() < 1
    assert found["mean_rgb"].points == 3
