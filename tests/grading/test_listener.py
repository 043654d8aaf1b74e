"""`... | head` closes the pipe early.

The work is still completed, and nothing is said about a broken pipe.
"""

import subprocess
import sys

from ours import ROOT

PRINTS = """
from grading.listener import outlive_listeners
outlive_listeners()
for number in range(100_000):
    print("line", number)
open({done!r}, "w").close()
"""


def test_work_goes_on_when_the_pipe_is_closed(tmp_path):
    done = tmp_path / "done"
    program = [sys.executable, "-c", PRINTS.format(done=str(done))]
    running = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout.readline() == b"line 0\n"
    running.stdout.close()
    assert running.wait() == 0
    assert running.stderr.read() == b""
    assert done.exists()


def test_a_command_says_nothing_of_a_broken_pipe():
    line = f"{sys.executable} -m grading --help | head -1 > /dev/null; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("0\n", "")
