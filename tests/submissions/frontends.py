"""Data that other front ends write into a notebook: metadata, ids, outputs. Some lose nbgrader's metadata."""

import itertools
import string

from submissions.answering import either

FRONT_ENDS = {}
KEEPING, LOSING = [], []  # names of front ends that keep nbgrader's metadata, and that lose it
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
PYTHON = {"name": "python", "version": "3.12.1", "mimetype": "text/x-python", "file_extension": ".py"}


def front_end(loses=False):
    """Register what a front end does to a notebook, by its name. loses: if it removes nbgrader's metadata."""

    def register(function):
        name = function.__name__.replace("_", " ")
        FRONT_ENDS[name] = function
        (LOSING if loses else KEEPING).append(name)
        return function

    return register


def open_in(work, name):
    """Save the notebook as this front end does."""
    FRONT_ENDS[name](work)
    work.did.append(name)
    work.repaired = either(work.repaired, name in LOSING)


def kernel(work, name="python3", display="Python 3", **more):
    spec = {"name": name, "display_name": display, "language": "python"}
    work.draft.content["metadata"] = {"kernelspec": spec, "language_info": dict(PYTHON), **more}


def run(work, count=True):
    """Give the code cells outputs and numbers, as if somebody had run them in some order."""
    kinds = itertools.cycle([[], [stream("fine\n")], [picture()], [error()], [table()]])
    for number, cell in enumerate(each for each in work.draft.cells if each["cell_type"] == "code"):
        cell["outputs"], cell["execution_count"] = next(kinds), number + 3 if count else None


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": [text]}


def picture():
    data = {"image/png": PIXEL, "text/plain": ["<Figure size 640x480 with 1 Axes>"]}
    return {"output_type": "display_data", "metadata": {"needs_background": "light"}, "data": data}


def error():
    return {
        "output_type": "error",
        "ename": "NotImplementedError",
        "evalue": "",
        "traceback": ["\x1b[0;31mNotImpl"],
    }


def table():
    data = {
        "text/html": ["<div><style scoped>td {top: 0}</style><table></table></div>"],
        "text/plain": ["   x  y"],
    }
    return {"output_type": "execute_result", "execution_count": 9, "metadata": {}, "data": data}


def word(work, length, letters=string.ascii_letters + string.digits):
    return "".join(letters[int(each)] for each in work.rng.integers(len(letters), size=length))


def cells(work, **metadata):
    """Yield the cells after adding this metadata to each. A callable value is called for each cell."""
    for cell in work.draft.cells:
        made = {name: value() if callable(value) else value for name, value in metadata.items()}
        cell["metadata"] = {**cell["metadata"], **made}
        yield cell


def forget(work, ids=True):
    for cell in work.draft.cells:
        cell["metadata"] = {}
        if ids:
            cell.pop("id", None)
    work.draft.content["nbformat_minor"] = 4 if ids else 5


def lines(work):
    for cell in work.draft.cells:
        cell["source"] = cell["source"].splitlines(keepends=True)
