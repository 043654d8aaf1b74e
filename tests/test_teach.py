"""Everything that docs/teach.md says about minutes, marks, exercises, mistakes and scenes is true."""

import re
import tomllib

import numpy as np
import pytest
from ours import COURSE, LESSONS, ROOT

from benchmarks.answers import COMMAND, TEACH, section
from benchmarks.documents import sections

pytestmark = pytest.mark.instructor
TEXT = (ROOT / TEACH).read_text(encoding="utf-8")
HEADING = re.compile(r"^# ## (\d+) .*?\((optional, )?(\d+) min\)$")
CELL = re.compile(r'^# %%.*?(test|manual)="([^"]+)"(?: points=(\d+))?')


def part(heading):
    """Return the text below a heading of teach.md, up to the next heading of the same or a higher level."""
    level = heading.partition(" ")[0]
    (found,) = re.findall(rf"(?ms)^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", TEXT)
    return found


def rows(text):
    """Return the cells of each row of a text's tables, without their heads."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", text, re.M)
    ]
    return [row for row, after in zip(found, [*found[1:], ["x"]]) if "---" not in (row[0], after[0])]


def lesson(name):
    """Return minutes of each section that is not optional; section, minutes and marks of each exercise."""
    minutes, exercises, at = {}, {}, 0
    lines = (ROOT / "solutions" / f"{name}.py").read_text(encoding="utf-8").splitlines()
    for line, following in zip(lines, [*lines[1:], ""]):
        if heading := HEADING.match(line):
            at = int(heading[1])
            minutes |= {} if heading[2] else {at: int(heading[3])}
        if cell := CELL.match(line):
            marks = cell[3] or re.search(r"out_of=(\d+)", following)[1]
            exercises[cell[2]] = (at, minutes[at], int(marks))
    return minutes, exercises


def minutes_of(sections_said):
    """Return the minutes of the sections that a plan names, such as "`gaussian-mixture` 1 to 6"."""
    named = re.findall(r"`([\w-]+)` (\d+) to (\d+)", sections_said)
    assert named
    return sum(
        minutes
        for name, first, last in named
        for at, minutes in lesson(name)[0].items()
        if int(first) <= at <= int(last)
    )


PLANS = {heading: rows(part(heading)) for heading in ("### Eight weeks", "### Four weeks", "### Two weeks")}


@pytest.mark.parametrize("heading", PLANS)
def test_the_minutes_of_a_plan_agree_with_the_headings(heading):
    for _, said, minutes, _ in PLANS[heading]:
        assert minutes_of(said) == int(minutes), said


@pytest.mark.parametrize("heading", PLANS)
def test_a_plan_has_every_section_and_every_question(heading):
    plan = PLANS[heading][:2] if heading == "### Two weeks" else PLANS[heading]
    asked = ", ".join(row[3] for row in plan)
    asked = re.sub(r"(\d+) to (\d+)", lambda m: ", ".join(map(str, range(int(m[1]), int(m[2]) + 1))), asked)
    assert [int(each) for each in asked.split(", ")] == [*range(1, 13)]
    assert sum(int(row[2]) for row in plan) == sum(sum(lesson(name)[0].values()) for name in LESSONS)


@pytest.mark.parametrize("name", LESSONS)
def test_sections_minutes_and_marks_of_exercises_agree_with_the_notebooks(name):
    minutes, exercises = lesson(name)
    (heading,) = re.findall(rf"^### `{name}`: \d+ minutes, \d+ marks$", TEXT, re.M)
    marks = sum(each[2] for each in exercises.values())
    assert heading == f"### `{name}`: {sum(minutes.values())} minutes, {marks} marks"
    said = {row[0].strip("`"): tuple(map(int, row[1:4])) for row in rows(part(heading))}
    assert list(said.items()) == list(exercises.items())


@pytest.mark.parametrize("name", LESSONS)
def test_the_mistakes_to_talk_about_are_known_mistakes(name):
    known = COURSE.assignment(name).mistakes()
    (heading,) = re.findall(rf"^### `{name}`: .*$", TEXT, re.M)
    for exercise, *_, goal, titles in rows(part(heading)):
        assert goal.startswith("They ")
        listed = [] if not titles else [each.strip("*") for each in titles.split("; ")]
        there = {each.hint.name for each in known.get(exercise.strip("`"), ())}
        unknown = [each for each in listed if each not in there]
        assert not unknown, f"{TEACH}, {exercise}: choose from these: {sorted(there)}"
        assert (3 <= len(listed) <= 4) == bool(there)


def test_what_students_must_know_agrees_with_the_glossary():
    told = set(re.findall(r"\*\*([^*]+)\*\*", part("## What students know before")))
    glossary = (ROOT / "tests/plain/glossary.toml").read_text(encoding="utf-8")
    assert told == set(tomllib.loads(glossary)["assumed"])


def test_written_answers_agree_with_the_rubrics():
    assert sections(TEXT) == {COMMAND: section()}, "run `make build`"


def test_the_commands_at_the_beginning_name_an_existing_exercise():
    assert ".venv/bin/python -m grading mistakes gaussian-mixture EM" in TEXT
    assert "EM" in COURSE.assignment("gaussian-mixture").mistakes()


# --- the questions for the lecture hall ---


@pytest.fixture(scope="module")
def scenes():
    from release.play.scenes import stages

    return {each.id: each.scene for each in stages()}


def answer(number):
    """Return the last cell of a question's row."""
    (row,) = (each for each in rows(part("## Questions for the lecture hall")) if each[0] == str(number))
    return row[3]


def end(run):
    return f"{run.loglik[-1]:.1f}"


def ends(scene, seeds=12):
    """Return the last log-likelihood of each start that the page compares."""
    from explorer.scene import from_seed

    return np.array([from_seed(scene, seed).runs[-1].loglik[-1] for seed in range(seeds)])


def test_every_address_opens_a_scene(scenes):
    addresses = re.findall(r"`#scene=([\w-]+)", part("## Questions for the lecture hall"))
    assert len(addresses) >= 12
    assert set(addresses) == {*scenes}


def test_questions_about_the_hundred_points(scenes):
    from explorer.scene import from_seed

    scene = scenes["hundred-points"]
    start, first_e, first_m, second_e = scene.runs[0].frames[:4]
    assert f"{first_e.loglik:.1f}" == f"{start.loglik:.1f}"
    for said in (f"{start.loglik:.1f}", f"{first_m.loglik - start.loglik:.1f}", f"{first_m.loglik:.1f}"):
        assert said in answer(1)
    assert f"raises the bound by {second_e.bound - first_m.bound:.1f}" in answer(2)
    assert second_e.bound == pytest.approx(first_m.loglik)
    run = from_seed(scene, 1).runs[-1]
    assert f"after {run.iterations} iterations at {end(run)}" in answer(3)
    found = ends(scene)
    best = np.isclose(found, found.max(), rtol=1e-5).sum()
    assert f"{best} of 12 starts end at {found.max():.1f}" in answer(3)


def test_questions_about_starts_and_numbers(scenes):
    from explorer.scene import from_frame

    scene = scenes["wrong-optimum"]
    run = scene.runs[1]

    def dragged(k):
        means = np.array(run.frames[84].params.means)
        means[k] = 5, 0.3
        return end(from_frame(scene, 1, 84, means).runs[-1])

    assert len(run.frames) == 85
    assert f"ends at {dragged(0)} instead of {end(run)}" in answer(4)
    assert dragged(1) == dragged(0)
    assert f"comes back to {dragged(2)}" in answer(4)
    one, other = scenes["labels-swapped"].runs
    assert f"Both end at {end(one)} " in answer(5)
    assert end(one) == end(other)
    exchanged = other.frames[-1].params.means[[0, 2, 1]]
    assert np.allclose(one.frames[-1].params.means, exchanged, atol=0.01)


def test_questions_about_the_earth_and_digits(scenes):
    found = ends(scenes["earth"])
    best = np.isclose(found, found.max(), rtol=1e-5).sum()
    said = f"{best} of 12: see the table. The ends lie between {found.min():.1f} and {found.max():.1f}."
    assert answer(6) == f"{said} Seed 0 ends at {found[0]:.1f}."
    (frame,) = scenes["digits"].runs[0].frames[100:]
    assert f"in {np.mean(frame.resp.max(axis=1) > 0.99):.1%} of".replace("%", " %") in answer(8)


def test_questions_about_plateau_and_underflow(scenes):
    patient, hasty = scenes["slow-plateau"].runs
    assert (hasty.iterations, len(hasty.frames)) == (2, 5)
    gap = patient.loglik[-1] - hasty.loglik[-1]
    assert f"after {patient.iterations} iterations, and is then {gap:.1f} higher" in answer(7)
    without, in_logs = scenes["underflow-in-the-linear-domain"].runs
    assert [frame.half for frame in without.frames] == ["start", "E"]
    assert f"converges after {in_logs.iterations} iterations" in answer(9)


def test_questions_about_components_that_fail(scenes):
    from explorer.scene import from_means

    def moved(scene, k, mean):
        means = np.array(scene.start.means)
        means[k] = mean
        return from_means(scene, means).runs[-1]

    collapse, symmetric = scenes["collapse-on-a-doubled-point"], scenes["symmetric-start"]
    frames = collapse.runs[0].frames
    gain = frames[10].loglik - frames[8].loglik
    assert (len(frames), frames[8].half, f"{gain:.0f}") == (13, "M", "194")
    sound = moved(collapse, 2, (2, 3))
    share = sound.frames[-1].counts[2] / len(collapse.engine.data)
    assert f"it holds {share:.0%} of".replace("%", " %") in answer(10)
    assert f"converges at {end(sound)}" in answer(10)
    assert np.ptp(symmetric.runs[0].loglik) < 1e-9
    run = moved(symmetric, 0, (1.9, 0.55))
    said = f"in {run.iterations} iterations: the log-likelihood goes from {run.loglik[0]:.1f} to {end(run)}"
    assert said in answer(11)
    far, near = scenes["dead-component"].runs
    assert np.isnan(far.frames[-1].params.means[2]).all()
    assert f"after {near.iterations} iterations at {end(near)}" in answer(12)
