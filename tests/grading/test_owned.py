"""Files and groups of a process that has ended are found by their names and removed, and nothing else is."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ours import ROOT

from grading import owned
from grading.box.groups import forget_empty
from grading.owned import forget_orphans, is_orphan, own_folder, own_name
from grading.run.local import Local

pytestmark = pytest.mark.instructor
KEPT = []


def name_of_another(end):
    """Return a name that another process gave. That process has ended in this way."""
    code = f"import os\nfrom grading.owned import own_name\nprint(own_name(), flush=True)\n{end}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip()


def test_a_name_says_whether_its_process_is_gone():
    assert not is_orphan(own_name())
    assert is_orphan(name_of_another("os.kill(os.getpid(), 9)"))
    with subprocess.Popen(["sleep", "60"]) as there:
        other = own_name().replace(f".{os.getpid()}.", f".{there.pid}.")
        assert is_orphan(other)  # the number now belongs to another process
        there.kill()


def test_a_process_that_was_not_waited_for_counts_as_ended():
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, own_name().encode())
        os._exit(0)
    name = os.read(read, 200).decode()
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert is_orphan(name)
    os.waitpid(child, 0)
    os.close(read)
    os.close(write)


def test_only_folders_of_processes_that_are_gone_are_removed(tmp_path):
    gone = name_of_another("")
    where = gone.split(".")[0]
    others = [own_name(), "grading-users", "grading-12", gone.replace(where, "grading-1"), f"my-{gone}"]
    for name in (gone, *others):
        (tmp_path / name / "inner").mkdir(parents=True)
    (tmp_path / f"{gone}x").symlink_to(tmp_path / others[0])
    forget_orphans(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*others, f"{gone}x"}
    assert (tmp_path / others[0] / "inner").is_dir()


def test_two_runs_may_remove_the_same_folders_at_once(tmp_path, monkeypatch):
    for end in ("", "x"):
        (tmp_path / (name_of_another("") + end)).mkdir()
    is_mine = owned._is_mine

    def gone_meanwhile(entry):
        Path(entry.path).rmdir()
        return is_mine(entry)

    monkeypatch.setattr(owned, "_is_mine", gone_meanwhile)
    forget_orphans(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_empty_groups_of_processes_that_are_gone_are_removed_at_once(tmp_path):
    names = [own_name(), name_of_another("")]
    for name in names:
        (tmp_path / "memory" / name).mkdir(parents=True)
    forget_empty(tmp_path)
    assert [path.name for path in (tmp_path / "memory").iterdir()] == names[:1]


def leaves_a_folder(*_):
    KEPT.append(own_folder())
    return KEPT[-1].name


def test_workers_that_are_stopped_leave_no_folder():
    pool = Local(1, task=leaves_a_folder)
    left = pool.workers[0].pool.schedule(leaves_a_folder).result()
    assert Path(left).is_dir()
    pool.close()
    assert not Path(left).exists()


KILLED_IN_THE_PROBE = """
import os
from grading.box import selftest
from grading.box.limits import Limits
selftest.Parent = lambda **_: os.kill(os.getpid(), 9)
selftest.require_box(Limits(), [], selftest.BARE)
"""


def test_files_of_a_run_that_is_killed_while_it_tests_the_box_are_removed_by_the_next(tmp_path):
    """A run that ends stops workers that are still starting. Such a worker once left a file that stayed."""
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", KILLED_IN_THE_PROBE], env=env, check=False)
    assert done.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir())
    forget_orphans(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_each_temporary_folder_has_the_name_of_its_process():
    """Temporary files beside their target (dir=) are an exception: the target's next writer removes them."""
    for path in (ROOT / "grading").rglob("*.py"):
        for call in re.findall(r"tempfile\.(?:\w*Temp\w*|mkd?s?temp)\([^)]*\)", path.read_text()):
            assert "prefix=own_prefix()" in call or "dir=" in call, f"{path}: {call}"


def test_where_there_is_no_proc_folder_the_process_number_is_enough(monkeypatch, tmp_path):
    monkeypatch.setattr(owned, "PARENT_SPACE", tmp_path / "nothing")
    owned._where.cache_clear()
    name = own_name()
    assert name.startswith("grading-0.")
    assert not is_orphan(name)
    gone = subprocess.Popen(["true"])
    gone.wait()
    assert is_orphan(name.replace(f".{os.getpid()}.", f".{gone.pid}."))
    monkeypatch.undo()
    owned._where.cache_clear()
