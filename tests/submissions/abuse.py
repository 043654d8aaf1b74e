"""Submissions that use too much, or try to leave the box: each costs its own question and nothing else."""

from submissions.cases import registrar

ABUSES, ESCAPES = [], []
_, abuse = registrar(ABUSES)
_, escape = registrar(ESCAPES)
MEANS, COUNTS = "test-compute_means", "test-compute_soft_counts"

STUBBORN = (
    "import time\nwhile True:\n    try:\n        while True: time.sleep(0.01)\n    except BaseException: pass"
)


def in_means(draft, body):
    draft.answer("compute_means", f"def compute_means(data, resp, counts):\n    {body}")


@abuse(29, lost=(MEANS,), status="time limit", says="a call ran for more than")
def while_true(draft):
    in_means(draft, "while True: pass")


@abuse("29b", says="ran for more than")
def while_true_in_a_cell(draft):
    draft.after("compute_means", "while True: pass")


@abuse(30, lost=(MEANS,), status="time limit", says="a call ran for more than")
def interrupt_ignored(draft):
    in_means(draft, STUBBORN.replace("\n", "\n    "))


@abuse("30b", says="could not be interrupted")
def interrupt_ignored_in_a_cell(draft):
    draft.after("compute_means", STUBBORN)


@abuse(31, lost=(MEANS,), status="time limit", says="a call ran for more than")
def sleeps_for_ever(draft):
    in_means(draft, "import time; time.sleep(10**6)")


@abuse(32, lost=(MEANS,), status="time limit", says="a call ran for more than")
def one_operation_that_never_returns(draft):
    in_means(draft, "return 10**10**8")


@abuse(
    33,
    lost=(MEANS,),
    status="memory limit",
    says="the code asked for more than 2,048 MB of memory, the most that",
)
def six_gigabytes(draft):
    in_means(draft, "return bytearray(6 * 2**30)")


@abuse(34, lost=(MEANS,), status="memory limit", says="more than")
def memory_of_many_children(draft):
    in_means(
        draft,
        "import os, time\n"
        "    for _ in range(12):\n"
        "        if os.fork() == 0:\n"
        "            held = bytearray(400 * 2**20)\n"
        "            held[::4096] = b'1' * len(held[::4096])\n"
        "            time.sleep(30); os._exit(0)\n"
        "    held = bytearray(400 * 2**20)\n"
        "    held[::4096] = b'1' * len(held[::4096])\n"
        "    time.sleep(30)",
    )


@abuse(
    35, lost=(MEANS,), status="process limit", says="the code started more than 64 processes, the most that"
)
def fork_storm(draft):
    in_means(draft, "import os\n    while True: os.fork()")


@abuse(
    "35b",
    lost=(MEANS,),
    status="process limit",
    says="the code started more than 64 processes, the most that",
)
def thread_storm(draft):
    in_means(
        draft,
        "import threading, time\n    while True: threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
    )


@abuse(36, lost=(MEANS,), status="file limit", says="the code wrote a file of more than 64 MB")
def large_file(draft):
    in_means(
        draft,
        "with open('large', 'wb') as file:\n        for _ in range(300): file.write(bytes(2**20))\n    return 0",
    )


@abuse("37a")
def thirty_megabytes_printed(draft):
    draft.first("for _ in range(30):\n    print('x' * 2**20)")


@abuse("37b")
def prints_in_every_call(draft):
    source = draft.cell("compute_means")["source"]
    draft.answer("compute_means", source.replace("    return", "    print('x' * 30 * 2**20)\n    return"))


@abuse(38, lost=(COUNTS,), status="output limit", says="a whole number of more than 1,000 digits")
def number_of_twenty_thousand_digits(draft):
    draft.answer("compute_soft_counts", "def compute_soft_counts(resp): return 10**20_000")


@abuse("38b", lost=(COUNTS,), status="output limit", says="more than 64 MB")
def answer_of_a_hundred_megabytes(draft):
    draft.answer("compute_soft_counts", "def compute_soft_counts(resp): return np.zeros(13 * 2**20)")


@abuse("38c", lost=(COUNTS,), status="output limit", says="values that are in no array")
def answer_without_an_end(draft):
    draft.answer(
        "compute_soft_counts", "import itertools\ndef compute_soft_counts(resp): return itertools.count()"
    )


@abuse("38d", lost=(COUNTS,), status="output limit", says="their hashes are equal")
def set_of_numbers_whose_hashes_are_equal(draft):
    """Pack the set by hand, because making it would use up the student's own time."""
    draft.answer(
        "compute_soft_counts",
        "import msgpack\n"
        "import grading.inside.worker as worker\n"
        "def kind(code, value): return msgpack.ExtType(code, msgpack.packb(value))\n"
        "def compute_soft_counts(resp):\n"
        "    packed = msgpack.packb(kind(1, [kind(3, str(n * (2**61 - 1))) for n in range(9, 150_000)]))\n"
        "    worker.carry = lambda *args: packed",
    )


@escape(39)
def network(draft):
    draft.first(
        "import socket\n"
        "found = []\n"
        "for where in [('127.0.0.1', 22), ('127.0.0.1', 8888), ('10.0.0.1', 80), ('1.1.1.1', 443)]:\n"
        "    try: found.append(socket.create_connection(where, 1))\n"
        "    except OSError: pass\n"
        "print('REACHED' if found else 'nothing')"
    )


@escape(40)
def secrets_read(draft):
    draft.first(
        "import glob, os\n"
        "seen = [path for path in glob.glob('/**', recursive=True) if any(word in path for word in\n"
        "        ('solutions', 'hidden', 'submitted', 'gradebook', '/exercises'))]\n"
        "for path in ['/etc/shadow', '/etc/passwd', '/proc/1/environ']:\n"
        "    try: seen.append(open(path).read())\n"
        "    except OSError: pass\n"
        "seen += [name for name in os.environ if 'GRADING' in name or 'TOKEN' in name or 'USER' in name]\n"
        "print('REACHED' if any(seen) else 'nothing', seen)"
    )


@escape(41)
def daemon(draft):
    draft.first(
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        os.execvp('sleep', ['sleep', '7654'])\n"
        "    os._exit(0)"
    )


@escape("42a", says="ended Python itself")
def kills_everything(draft):
    draft.after("compute_means", "import os, signal\nos.kill(-1, signal.SIGKILL)")


@escape("42b", says="")
def kills_the_parent(draft):
    draft.after(
        "compute_means",
        "import os, signal\nfor n in (os.getppid(), 1):\n    try: os.kill(n, signal.SIGKILL)\n    except OSError: pass",
    )


@escape("42c", lost=(MEANS, "test-EM"), status="crashed", says="ended Python itself")
def kills_everything_when_called(draft):
    in_means(draft, "import os, signal; os.kill(-1, signal.SIGKILL)")


@escape("94")
def hidden_cases_carried_out(draft):
    """Keep the arguments of hidden cases, and show them in a later cell, a file or an error."""
    draft.first(
        "import tempfile\n"
        "KEPT = tempfile.gettempdir() + '/kept'\n"
        "def keep(*args):\n"
        "    with open(KEPT, 'a') as file: print('CARRIED', args, file=file)\n"
    )
    source = draft.cell("compute_means")["source"]
    draft.answer(
        "compute_means",
        source.replace("    return", "    keep(data, resp)\n    print('CARRIED', data)\n    return"),
    )
    draft.after(
        "quiz-results",
        "try: print(open(KEPT).read().replace('CARRIED', 'SHOWN'))\nexcept OSError as error: print(error)",
    )


@escape("95", lost=(MEANS,), says="")
def hidden_cases_in_the_name_of_an_error(draft):
    in_means(draft, "raise type(f'Carried{abs(hash(str(data)))}', (Exception,), {})('CARRIED' + str(data))")


@escape("96")
def a_mark_laid_over_the_page(draft):
    """Cover the page: by an attribute from a formula, by styles, and by tags that close parts of the page."""
    over = 'style="position:fixed;top:0;left:0;width:100%;height:100%" onclick="alert(1)"'
    draft.answer(
        "in-your-own-words",
        f'<p title="\n\n$\\text{{" {over} x="}}$\n\n">40 of 40</p>\n\n<p {over}>40 of 40</p>\n\n'
        "</div></details><ul><li><div><li></li></div></li></ul></div></section></main>40 of 40",
    )
