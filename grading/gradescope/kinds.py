"""The facts about boxes in Gradescope's container: what they prevent, and what they do not prevent."""

from __future__ import annotations

from grading.box.kind import BoxKind

# These hold for both kinds of box. A hostile submission proves each sentence, in
# tests/grading/test_gradescope_*.py.
HOLDS = (
    "The student's code only returns values. The grader writes the mark, never the submission.",
    "The tests run in a separate process. This process reads neither the files of submissions nor results.",
    "The student's code cannot read your solutions, the seed, the files of hidden cases, or results.",
    "The student's code cannot write results.json. All its processes have ended before results.json is "
    "written.",
    "The student's code has no rights of root and cannot get them. It cannot stop or read a process of the "
    "grader.",
    "The student's code cannot connect to any network.",
    "Time, memory, processes, and the size of files have limits.",
)
NOT_WITH_A_USER = (
    "The student's code sees the names of all processes of the container, and all files that every user "
    "may read, such as installed packages.",
    "The grader adds up memory, processes and files a few times a second. So for a moment they can be "
    "above the limit.",
)
NEVER = (
    "The box and the container share one Linux kernel. A student who finds a hole in the kernel can break "
    "out.",
)
NAMES = {
    BoxKind.NAMESPACES: "in bubblewrap's box, as with `make grade`",
    BoxKind.USER: "as another user in the same container, because this container does not allow namespaces",
}


def does_not_hold(kind: BoxKind) -> tuple[str, ...]:
    """Return a sentence for each thing that a box of this kind does not prevent."""
    return (*(NOT_WITH_A_USER if kind is BoxKind.USER else ()), *NEVER)
