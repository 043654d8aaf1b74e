"""The program of a user in a scope that systemd has delegated: it makes two groups, and one is limited."""

import subprocess
import sys

from grading.box.groups import own_group
from grading.box.limits import Limits

TAKE = 'echo $$ > "$1"; exec "$2" -c "bytearray(300 * 2**20)"'
one, two = (own_group(Limits(memory_mb=100)) for _ in range(2))
done = subprocess.run(["sh", "-c", TAKE, "sh", one.entries[0], sys.executable], check=False)
print(f"ENDED {done.returncode}, {dict(one.hits())}, {dict(two.hits())}", flush=True)
for each in (one, two):
    each.close()
