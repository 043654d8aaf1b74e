"""A class of six at the formgrader: right, wrong, late, repaired, unreadable, and with answers elsewhere."""

from __future__ import annotations

from pathlib import Path

from submissions.draft import NAME, RIGHT, TEXT, answered, code, short

QUESTION = "in-your-own-words"
FORMULA = r"A share: $p(k \mid x) = \frac{\pi_k N(x; \mu_k)}{\sum_j \pi_j N(x; \mu_j)}$, which sums to 1."
HOSTILE = "<img src=x onerror=alert(1)>"  # a student's name is that of a folder, which anybody can choose


def make_class(course: Path) -> Path:
    """Let six students hand in, and return the course's folder."""
    wrong = {
        **RIGHT,
        "compute_means": "def compute_means(data, resp, counts):\n    return resp.T @ data / len(data)",
    }
    _save(course, "ada", short({**RIGHT, QUESTION: FORMULA}))
    _save(course, "bob", short({**wrong, QUESTION: "It is soft."}))
    _save(course, "cyd", short(RIGHT))
    (course / "submitted" / "cyd" / NAME / "timestamp.txt").write_text("2026-11-20 18:00:00 UTC")
    _save(course, "dee", _elsewhere())
    _save(course, "eve", short(RIGHT), raw=b"\x89PNG\r\n\x1a\n" + bytes(300))
    _save(course, HOSTILE, answered({**RIGHT, QUESTION: f"{TEXT} {HOSTILE} <script>alert(2)</script>"}))
    return course


def _elsewhere():
    """Return a notebook with a written answer in a new cell, and a function in the cell of another answer."""
    draft = short({name: told for name, told in RIGHT.items() if name not in (QUESTION, "compute_weights")})
    text = {"cell_type": "markdown", "metadata": {}, "source": "A responsibility is a probability. " * 6}
    draft.cells.append(text)
    draft.cells.append(code(RIGHT["compute_weights"]))
    return draft


def _save(course: Path, student: str, draft, raw: bytes | None = None) -> None:
    draft.raw = raw or draft.raw
    draft.save(course / "submitted" / student / NAME)
