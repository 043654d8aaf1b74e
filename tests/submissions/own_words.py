"""Texts that students write: notes, and the answer that a person reads, at any place."""

import base64

from submissions.answering import SAID, WRITTEN, markdown
from submissions.frontends import PIXEL
from submissions.quirks import quirk, take


@quirk(fits=lambda work: work.written)
def notes_in_many_languages(work):
    for text in (
        "## 我的笔记\n这里用对数",
        "ملاحظة: انظر المحاضرة الثالثة",
        "# 🎉🎉🎉\n" + "é" * 400,
        "<center>**Ümläute**</center>",
    ):
        work.note(text)


@quirk(fits=lambda work: work.written)
def a_title_of_their_own(work):
    work.note("# Homework 3\n\n**José Núñez**, 12345678, group B", 0)


@quirk(fits=lambda work: work.written)
def written_answer_in_the_cell_below(work):
    """Leave the placeholder, and put the answer into a new cell below."""
    text = take(work, WRITTEN)
    work.draft.cells.insert(work.draft.place(WRITTEN) + 1, markdown(text))


@quirk(fits=lambda work: work.written)
def written_answer_at_the_end(work):
    work.draft.cells.append(markdown("Answer to the last question: " + take(work, WRITTEN)))


@quirk(fits=lambda work: work.written)
def written_answer_in_a_raw_cell(work):
    text = take(work, WRITTEN)
    raw = {"cell_type": "raw", "metadata": {}, "source": text}
    work.draft.cells.insert(work.draft.place(WRITTEN), raw)


@quirk(fits=lambda work: work.written)
def written_answer_under_the_question(work):
    """Write the answer into the given cell with the question, and leave the placeholder."""
    text = take(work, WRITTEN)
    before = next(
        c for c in reversed(work.draft.cells[: work.draft.place(WRITTEN)]) if c["cell_type"] == "markdown"
    )
    before["source"] += f"\n\n**My answer:** {text}"


@quirk(fits=lambda work: work.written)
def written_answer_with_a_pasted_picture(work):
    cell = work.draft.cell(WRITTEN)
    cell["attachments"] = {"image.png": {"image/png": PIXEL}}
    cell["source"] += "\n\n![image.png](attachment:image.png)"


@quirk(told=None, fits=lambda work: work.written)
def written_answer_with_a_picture_beside(work):
    work.draft.cell(WRITTEN)["source"] += "\n\n![my sketch](sketch.png)"
    work.draft.beside["sketch.png"] = base64.b64decode(PIXEL)


@quirk(fits=lambda work: work.written)
def written_answer_to_do(work):
    work.draft.answer(WRITTEN, "TODO: " + work.pick(SAID))


@quirk(fits=lambda work: not work.written)
def placeholder_moved_about(work):
    """Write nothing: only the spaces in the placeholder are different."""
    work.draft.cell(WRITTEN)["source"] += "  \n\n"
