"""Cells that do harm only later. Each is an extra cell between right answers, which keep all marks."""

from submissions.cases import registrar

LATER = []
_, later = registrar(LATER)
PAUSE = "import time; time.sleep(0.5)"


def slowly(draft, source):
    """Put a cell at the beginning, and pauses during which it can do harm."""
    for name in ("compute_soft_counts", "compute_weights", "compute_means", "compute_covariances"):
        draft.after(name, PAUSE)
    draft.first(source)


@later("156")
def a_hundred_threads_that_sleep(draft):
    draft.after(
        "compute_responsibilities",
        "import threading, time\nfor _ in range(100):\n"
        "    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()",
    )


@later("156b")
def three_hundred_files_to_write(draft):
    draft.after("compute_responsibilities", "files = [open(f'out{n}.txt', 'w') for n in range(300)]")


@later("157")
def a_timer_that_ends_python(draft):
    slowly(draft, "import os, threading\nthreading.Timer(1, os._exit, [3]).start()")


@later("157b")
def a_watchdog_that_ends_python(draft):
    slowly(
        draft,
        "import faulthandler\nfaulthandler.dump_traceback_later(1, exit=True, file=open('stuck.txt', 'w'))",
    )


@later("157c")
def a_child_that_kills_its_parent(draft):
    slowly(
        draft,
        "import os, signal, time\nif os.fork() == 0:\n    time.sleep(1); os.kill(os.getppid(), signal.SIGKILL)",
    )


@later("158")
def copies_that_end_at_once(draft):
    draft.first("import os\nos.register_at_fork(after_in_child=lambda: os._exit(0))")


@later("158b")
def a_hook_that_ends_python_before_the_next_cell(draft):
    draft.after(
        "compute_means", "import os\nget_ipython().events.register('pre_run_cell', lambda *a: os._exit(1))"
    )


@later("159")
def a_database_in_wal_mode(draft):
    source = draft.cell("compute_soft_counts")["source"]
    draft.first(
        "import sqlite3\nlog = sqlite3.connect('log.db')\n_ = log.execute('pragma journal_mode=wal')\n"
        "_ = log.execute('create table calls (n)')"
    )
    draft.answer(
        "compute_soft_counts",
        source.replace(
            "    return", "    log.execute('insert into calls values (1)'); log.commit()\n    return"
        ),
    )
