"""The recipes of docs/many-machines.md, run exactly as written there: SSH, Slurm, TLS.

The servers are real, with separate settings, on this machine. Each recipe marks the same class. The result
must be the same as without other machines.
"""

import re
import shutil
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from conftest import copy_course
from recipes import PYTHON, Machine, Script, blocks, filled, until
from servers import free_ports, start_slurm, start_sshd
from submissions.controls import controls
from submissions.draft import NAME
from test_cluster import written

from benchmarks.workers import end
from grading.run.scheduler import Silent

pytestmark = [pytest.mark.instructor, pytest.mark.box, pytest.mark.long]
STUDENTS = controls(NAME, wrong=False)[:3] + controls(NAME, wrong=True)[:1]
FEWER = {'n_workers": 16': 'n_workers": 1'}


@pytest.fixture
def machine(tmp_path):
    made = Machine(tmp_path)
    yield made
    made.close()
    until(lambda: not made.left())


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """Return a course with three students whose answers are right, and one whose answers are not."""
    course = copy_course(tmp_path_factory.mktemp("class"))
    for control in STUDENTS:
        control.draft().save(course / "submitted" / control.student / NAME)
    return course


@pytest.fixture(scope="module")
def here(handed_in, tmp_path_factory):
    """Return the results of the class when only this machine marks it."""
    course = shutil.copytree(handed_in, tmp_path_factory.mktemp("here") / "course")
    alone = Machine(tmp_path_factory.mktemp("home"))
    done = alone.run(sys.executable, "-m", "grading", "run", cwd=course)
    assert done.returncode == 0, done.stderr
    return written(course)


@pytest.fixture
def mark(machine, handed_in):
    """Return a function that marks the class with the command of the page, and returns the results."""

    def mark(address):
        course = shutil.copytree(handed_in, machine.folder / "course")
        done = machine.run(*command(address), cwd=course)
        assert done.returncode == 0, done.stdout + done.stderr + machine.log
        return written(course)

    return mark


def command(address):
    (block,) = blocks("More than one machine")
    (line,) = [each for each in block.splitlines() if "--scheduler" in each]
    own = {".venv/bin/python": sys.executable, "tcp://ADDRESS:8786": address}
    return filled(line.partition("#")[0], own).split()


def is_marked_in_a_box(made):
    told, _, _ = made
    return len(told) == len(STUDENTS) and all(
        each["status"] == "graded" and each["box"] for each in told.values()
    )


@pytest.fixture(params=["tcp", "tls"])
def scheme(request, machine):
    """Return how addresses begin. For TLS, also make certificate and settings."""
    if request.param == "tls":
        begin_tls(machine)
    return request.param


def test_over_ssh(machine, here, mark, scheme):
    start_sshd(machine)
    (code,) = blocks("SSH", "python")
    script = Script(machine, filled(code, {**PYTHON, **FEWER}))
    assert re.fullmatch(rf"{scheme}://[\d.]+:\d+", script.address), machine.log
    made = mark(script.address)
    assert made == here
    assert is_marked_in_a_box(made)
    assert script.enter() == 0
    until(lambda: not [each for each in machine.left() if "distributed.cli.dask_spec" in each])


def test_on_slurm(machine, here, mark, scheme):
    start_slurm(machine)
    (code,) = blocks("Slurm", "python")
    smaller = {"cores=16": "cores=2", "processes=16": "processes=2", "64GB": "4GB", "jobs=8": "jobs=1"}
    script = Script(machine, filled(code, {**PYTHON, **smaller, "eth0": "lo"}))
    assert re.fullmatch(rf"{scheme}://127.0.0.1:\d+", script.address), machine.log
    made = mark(script.address)
    assert machine.run("squeue", "-h", "-o", "%j %t").stdout == "dask-worker R\n"
    assert made == here
    assert is_marked_in_a_box(made)
    assert script.enter() == 0
    until(lambda: not machine.run("squeue", "-h").stdout)
    until(lambda: not [each for each in machine.left() if "dask_worker" in " ".join(each)])


@pytest.fixture
def by_hand(machine):
    """Start a scheduler with certificates and settings of the page.

    Return its address, and a worker's command.
    """
    begin_tls(machine)
    _, start = blocks("TLS", "sh")
    (port,) = free_ports(1)
    names = {".venv/bin/dask": f"{sys.executable} -m dask", "ADDRESS": "127.0.0.1", "8786": port}
    scheduler, worker = filled(start, {**names, "--nworkers 16": "--nworkers 1"}).splitlines()
    machine.start(*scheduler.split())
    until(lambda: "Scheduler at:     tls://" in machine.log)
    return SimpleNamespace(address=f"tls://127.0.0.1:{port}", worker=worker.split())


def begin_tls(machine):
    """Make the certificate and its settings with the commands of the page."""
    make, _ = blocks("TLS", "sh")
    done = machine.run("sh", "-e", "-c", make)
    assert done.returncode == 0, done.stderr
    set_tls(machine)


def set_tls(machine, **other):
    """Write the settings of the page. other: files that replace those of the page."""
    (text,) = blocks("TLS", "yaml")
    text = filled(text, {"HOME": machine.folder, **other})
    (machine.folder / ".config" / "dask" / "tls.yaml").write_text(text)


def refused(machine, address, course):
    """Return why the command cannot mark. It must say this in one line, and soon."""
    done = machine.run(*command(address), cwd=course, timeout=60)
    assert done.returncode == 1, done.stdout
    said = done.stderr.removeprefix(f"Stopped: no scheduler answers at {address}: ")
    return Silent(said.removesuffix("\n"))


def test_with_tls(machine, here, mark, by_hand):
    machine.start(*by_hand.worker)
    made = mark(by_hand.address)
    assert made == here
    assert is_marked_in_a_box(made)


def test_if_tls_settings_do_not_fit_one_sentence_says_why(machine, handed_in, by_hand):
    address, mine, other = by_hand.address, machine.folder / ".config" / "dask", machine.folder / "other"
    make, _ = blocks("TLS", "sh")
    assert machine.run("sh", "-e", "-c", filled(make, {"~/.config/dask": other})).returncode == 0
    both = "client: {{cert: {0}/marking.crt, key: {0}"
    unknown = {both.format(mine): both.format(other)}
    cases = {
        Silent.UNREADABLE: {f"client: {{cert: {mine}": "client: {cert: nowhere"},
        Silent.CERTIFICATE: unknown,
    }
    for why, change in cases.items():
        set_tls(machine, **change)
        assert refused(machine, address, handed_in) == why
    set_tls(machine, **unknown, **{f"ca-file: {mine}": f"ca-file: {other}"})
    assert refused(machine, address, handed_in) == Silent.CERTIFICATE
    set_tls(machine)
    assert refused(machine, address.replace("tls", "tcp"), handed_in) == Silent.ENCRYPTED
    (mine / "tls.yaml").unlink()
    assert refused(machine, address, handed_in) == Silent.WITHOUT
    assert refused(machine, address.replace("tls", "tcp"), handed_in) == Silent.ENDED


def test_without_a_worker_the_command_says_that_it_waits(machine, handed_in, by_hand):
    waiting = waits(machine, handed_in, by_hand)
    waiting.send_signal(signal.SIGINT)
    told, more = waiting.communicate(timeout=60)
    assert waiting.returncode == 130
    assert told.startswith(f"Stopped. {len(STUDENTS)} submissions are not marked yet;")
    assert "Traceback" not in more


def test_if_the_scheduler_goes_away_one_sentence_says_it(machine, handed_in, by_hand):
    waiting = waits(machine, handed_in, by_hand)
    end(machine.started[0])
    _, more = waiting.communicate(timeout=60)
    assert waiting.returncode == 1
    said = [line for line in more.splitlines() if line.strip() and "submission/s]" not in line]
    assert [line[: line.index("tls://")] for line in said] == ["Stopped: the scheduler at "]


def waits(machine, handed_in, by_hand):
    """Return the command while it waits for a worker, which it must say in a separate line."""
    course = shutil.copytree(handed_in, machine.folder / "course")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    waiting = machine.start(*command(by_hand.address), cwd=course, **pipes)
    said = next(line for line in waiting.stderr if "no worker" in line)
    assert said.startswith("no worker is there: waiting for one. Ctrl + C stops")
    return waiting
