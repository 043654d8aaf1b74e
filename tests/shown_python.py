"""Python for another user than root, in a mount namespace where others may read it, as in a container.

This file is also the program that runs there.
"""

import os
import subprocess
import sys
from pathlib import Path

from ordinary_user import ROOT, show


def run_shown(code, *more, cwd=None, **environment):
    """Run this code as root where other users may read Python and the course."""
    command = ["unshare", "--mount", sys.executable, __file__, sys.executable, "-c", code, *map(str, more)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]), **environment}
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    show([ROOT, Path(sys.prefix), Path(sys.base_prefix)])
    os.execv(sys.argv[1], sys.argv[1:])
