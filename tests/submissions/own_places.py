"""The places where students put their answers, and other code in the same cells."""

import copy
import inspect
import textwrap

from answers import arrays

from submissions.answering import WRITTEN
from submissions.draft import code, points, role
from submissions.quirks import has_functions, quirk, stub, take


@quirk(told=True, fits=has_functions, moves=True)
def one_function_in_another_cell(work):
    name = work.pick(work.functions)
    place = work.draft.place(name)
    work.draft.cells.insert(place + work.pick([0, 1, 2]), code(take(work, name)))


@quirk(told=True, fits=has_functions, moves=True)
def function_moved_to_the_top(work):
    name = work.pick(work.functions)
    work.draft.first(take(work, name))


@quirk(told=True, fits=has_functions, moves=True)
def function_moved_to_the_end(work):
    name = work.pick(work.functions)
    work.draft.cells.append(code(take(work, name)))


@quirk(told=True, fits=has_functions, moves=True)
def all_functions_in_one_cell(work):
    work.draft.first("\n\n\n".join(take(work, name) for name in work.functions))


@quirk(told=True, fits=has_functions, moves=True)
def all_functions_in_one_cell_and_the_stubs_deleted(work):
    text = "\n\n\n".join(work.draft.cell(name)["source"] for name in work.functions)
    cells = [work.draft.cell(name) for name in work.functions]
    work.draft.content["cells"] = [cell for cell in work.draft.cells if cell not in cells]
    work.draft.first(text)


@quirk(told=True, fits=has_functions, moves=True)
def all_functions_in_the_first_answers_cell(work):
    first, *rest = work.functions
    text = "\n\n\n".join([work.draft.cell(first)["source"], *(take(work, name) for name in rest)])
    work.draft.answer(first, text)


@quirk(told=True, fits=has_functions, moves=True)
def two_answers_exchanged(work):
    one, other = work.functions[-2:]
    texts = [work.draft.cell(name)["source"] for name in (one, other)]
    work.draft.answer(one, texts[1])
    work.draft.answer(other, texts[0])


@quirk(told=True, fits=has_functions, moves=True)
def split_cell(work):
    name = work.pick(work.functions)
    head, mark, rest = work.draft.cell(name)["source"].rpartition("\n\ndef ")
    twin = copy.deepcopy(work.draft.cell(name))
    twin["source"], twin["id"] = head or "# split here", "split0"
    work.draft.answer(name, "def " + rest if mark else rest)
    work.draft.cells.insert(work.draft.place(name), twin)


@quirk(told=True, fits=has_functions, moves=True)
def duplicated_cell(work):
    name = work.pick(work.functions)
    work.draft.cells.insert(work.draft.place(name), copy.deepcopy(work.draft.cell(name)))


@quirk(told=True, fits=has_functions, moves=True)
def untouched_copy_beside_the_answer(work):
    name = work.pick(work.functions)
    twin = copy.deepcopy(work.draft.cell(name))
    twin["source"] = stub(work, name)
    work.draft.cells.insert(work.draft.place(name) + work.pick([0, 1]), twin)


@quirk(told=True)
def test_cells_deleted(work):
    gone = [f"test-{name}" for name in work.functions]
    work.draft.content["cells"] = [
        cell for cell in work.draft.cells if role(cell).get("grade_id") not in gone
    ]


@quirk(told=True)
def test_cells_changed(work):
    for name in list(points(work.assignment))[:3]:
        cell = work.draft.cell(name)
        cell["source"] = work.pick(["# " + cell["source"], cell["source"] + "\nprint('ok')", "100"])


@quirk(told=True, fits=has_functions, moves=True)
def answer_made_markdown(work):
    cell = work.draft.cell(work.pick(work.functions))
    cell["cell_type"] = "markdown"
    cell.pop("outputs", None)
    cell.pop("execution_count", None)


@quirk(fits=has_functions, moves=True)
def stub_lines_left(work):
    for name in work.functions:
        cell = work.draft.cell(name)
        cell["source"] = f"# YOUR CODE HERE\n{cell['source']}\n    # raise NotImplementedError()\n"


@quirk(fits=has_functions, moves=True)
def comments_in_many_languages(work):
    words = [
        "# calcula la media ponderada, ¡ojo!",
        "# 先计算后验概率",
        "# نحسب المتوسطات هنا",
        "# TODO: schöner machen 🙈",
    ]
    for name, comment in zip(work.functions, words * 3):
        work.draft.answer(name, f"{comment}\n{work.draft.cell(name)['source']}\n{comment}")


@quirk(fits=has_functions, moves=True)
def cell_magics(work):
    name = work.pick(work.functions)
    work.draft.answer(name, f"%%time\n{work.draft.cell(name)['source']}")


@quirk(told=None, fits=has_functions, moves=True)
def older_version_above_in_the_same_cell(work):
    name = work.pick(work.functions)
    old = f"def {name}(*args):\n    return None  # first try, wrong"
    work.draft.answer(name, f"{old}\n\n\n{work.draft.cell(name)['source']}")


@quirk(fits=has_functions, moves=True)
def older_version_commented_out(work):
    name = work.pick(work.functions)
    text = work.draft.cell(name)["source"]
    work.draft.answer(name, f"{text}\n\n{textwrap.indent(text, '# ')}\n'''\n{text}\n'''")


@quirk(fits=has_functions, moves=True)
def prints_and_calls_below_the_answer(work):
    for name in work.functions:
        work.draft.answer(name, f"{work.draft.cell(name)['source']}\n\nprint({name})\n{name}")


@quirk(fits=has_functions, moves=True)
def a_call_below_the_answer_fails(work):
    name = work.pick(work.functions)
    work.draft.answer(name, f"{work.draft.cell(name)['source']}\n\n{name}(my_data_from_yesterday)")


@quirk(told=True, fits=has_functions, moves=True)
def a_missing_package_at_the_top_of_an_answer(work):
    name = work.pick(work.functions)
    work.draft.answer(
        name, f"import seaborn as sns\nfrom numba import njit\n\n{work.draft.cell(name)['source']}"
    )


@quirk(fits=lambda work: "EM" in work.functions and "EM" not in work.wrong, moves=True)
def more_entries_in_the_result(work):
    """Return more entries of a fit that a student wants to keep: objects, figures, generators."""
    more = "'model': object(), 'history': [], 'plot': lambda: None, 'data': (x for x in data), 'n_iter': 3"
    again = f"fit_once = EM\n\n\ndef EM(data, *args, **kwargs):\n    return {{**fit_once(data, *args, **kwargs), {more}}}"
    work.draft.answer("EM", f"{work.draft.cell('EM')['source']}\n\n\n{again}")


@quirk(fits=lambda work: work.assignment == "image-clusters" and work.full)
def their_own_em_where_the_notebook_asks_for_it(work):
    (cell,) = (each for each in work.draft.cells if "\nEM = library_EM" in "".join(each["source"]))
    cell["source"] = inspect.getsource(arrays)


@quirk(told=True, fits=lambda work: work.quizzes, moves=True)
def quiz_answers_in_cells_of_their_own(work):
    for name in work.quizzes:
        place = work.draft.place(name) + work.pick([0, 1])
        work.draft.cells.insert(place, code(take(work, name)))


@quirk(told=True, fits=lambda work: len(work.functions) > 2 and not work.full, moves=True)
def two_partners_notebooks_one_after_the_other(work):
    """Let each partner do a half. One of them pastes the other's cells below the own cells."""
    theirs = copy.deepcopy(work.draft.cells)
    for name in work.functions[1::2]:
        work.draft.answer(name, stub(work, name))
    for cell in theirs:
        cell.pop("id", None)
        name = role(cell).get("grade_id")
        if name in work.functions[::2] or name == WRITTEN:
            cell["source"] = stub(work, name)
    work.draft.content["cells"] += theirs
