"""What keeps a submission in, in Gradescope's container: what holds there, and what does not."""

from __future__ import annotations

from grading.box.kind import BoxKind

# Of both kinds. Each sentence is proved by a hostile submission, in tests/grading/test_gradescope_*.py.
HOLDS = (
    "Only values come back from the student's code: a submission answers, and never writes a mark.",
    "The tests run in a process of their own, which reads neither submissions nor results.",
    "The student's code cannot read your solutions, the seed, the files of hidden cases, or results.",
    "It cannot write results.json, and no process of it is left when results.json is written.",
    "It has no rights of root, gains none, and cannot end or read a process of ours.",
    "It makes no connection to any network.",
    "Time, memory, processes, and the size of files have limits.",
)
NOT_WITH_A_USER = (
    "It sees the names of all processes of the container, and all files that every user may read, "
    "such as installed packages.",
    "Memory, processes and files in all are added up a few times a second, so for a moment they can be more.",
)
NEVER = ("Box and container share one Linux kernel. Who finds a hole in it gets out.",)
NAMES = {
    BoxKind.NAMESPACES: "in bubblewrap's box, as with `make grade`",
    BoxKind.USER: "as another user in the same container, because no namespaces can be had",
}


def does_not_hold(kind: BoxKind) -> tuple[str, ...]:
    """Return what a box of this kind does not keep from happening, a sentence each."""
    return (*(NOT_WITH_A_USER if kind is BoxKind.USER else ()), *NEVER)
