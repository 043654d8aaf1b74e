"""Notebooks as editors on a student's machine save them, and as tools leave them."""

import json

import nbformat

from submissions.draft import role
from submissions.frontends import cells, forget, front_end, kernel, lines, run, word


@front_end()
def jupyterlab(work):
    run(work)


@front_end()
def jupyterlab_with_times(work):
    run(work)
    times = {"iopub.execute_input": "2025-11-02T10:00:00.1Z", "shell.execute_reply": "2025-11-02T10:00:00.2Z"}
    list(cells(work, execution=times, editable=True, slideshow={"slide_type": ""}, tags=[]))
    lines(work)


@front_end()
def classic_notebook_with_extensions(work):
    kernel(
        work,
        toc={"toc_cell": False, "nav_menu": {}},
        varInspector={"window_display": False},
        hide_input=False,
    )
    done = {"start_time": "2024-03-01T10:00:00", "end_time": "2024-03-01T10:00:01"}
    for cell in cells(work, ExecuteTime=done, scrolled=True, deletable=False, run_control={"marked": True}):
        cell.pop("id", None)
    work.draft.content["nbformat_minor"] = 4


@front_end()
def vs_code(work):
    run(work)
    kernel(work, "python3", ".venv (3.12.1)", interpreter={"hash": word(work, 64)})
    list(cells(work, vscode={"languageId": "python"}))
    for cell in work.draft.cells:
        cell.pop("id", None)
    work.draft.content.update(
        nbformat_minor=2, metadata={**work.draft.content["metadata"], "orig_nbformat": 4}
    )


@front_end(loses=True)
def pycharm(work):
    forget(work)
    run(work)
    kernel(work)
    list(
        cells(
            work,
            collapsed=False,
            jupyter={"outputs_hidden": False},
            pycharm={"name": "#%%\n", "is_executing": True},
        )
    )


@front_end()
def dataspell(work):
    run(work)
    list(
        cells(
            work,
            collapsed=False,
            ExecuteTime={"end_time": "2025-02-02T1:1:1.5Z"},
            pycharm={"is_executing": False},
        )
    )


@front_end()
def old_ipython(work):
    """Save in nbformat 3: worksheets, `input`, `pyout`."""
    old = nbformat.convert(nbformat.from_dict(work.draft.content), 3)
    work.draft.raw = nbformat.writes(old, version=3).encode()


@front_end(loses=True)
def jupytext_round_trip(work):
    forget(work)
    kernel(work, jupytext={"cell_metadata_filter": "-all", "formats": "ipynb,py:percent"})


@front_end(loses=True)
def marimo(work):
    forget(work, ids=False)
    work.draft.content["metadata"] = {
        "marimo": {"app_config": {"width": "medium"}, "marimo_version": "0.14.0"}
    }
    for cell in cells(work, marimo={"config": {"hide_code": True}, "name": "_"}):
        cell["id"] = word(work, 4)


@front_end()
def emacs_ein(work):
    kernel(work, name="Python 3")
    for cell in cells(work, ein={"tags": ["worksheet-0"]}, autoscroll=False, slideshow={"slide_type": "-"}):
        cell.pop("id", None)
    work.draft.content["nbformat_minor"] = 2


@front_end()
def rise_slides(work):
    kernel(work, celltoolbar="Slideshow", rise={"scroll": True}, livereveal={"theme": "sky"})
    list(cells(work, slideshow={"slide_type": "subslide"}, hideCode=False))


@front_end()
def nbstripout(work):
    for cell in cells(work):
        cell["metadata"] = {"nbgrader": role(cell)} if role(cell) else {}
        cell.pop("id", None)
    work.draft.content["metadata"] = {"language_info": {"name": "python"}}


@front_end(loses=True)
def stripped_to_the_text(work):
    forget(work)
    work.draft.content["metadata"] = {}


@front_end()
def nbdime_merged(work):
    diff = [{"key": "execution_count", "op": "replace", "value": 7}]
    kernel(work, **{"nbdime-conflicts": {"local_diff": diff, "remote_diff": diff}})
    for cell in work.draft.cells[::5]:
        cell["metadata"]["nbdime-conflicts"] = {"local_diff": diff, "remote_diff": diff}


@front_end()
def widgets_state(work):
    run(work)
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": word(work, 32), "version_major": 2}}
    state = {word(work, 32): {"model_name": "LayoutModel", "state": {"values": "x" * 20000}}}
    kernel(work, widgets={"application/vnd.jupyter.widget-state+json": {"state": state, "version_major": 2}})
    shown = {"output_type": "display_data", "metadata": {}, "data": view}
    next(cell for cell in work.draft.cells if cell["cell_type"] == "code")["outputs"] = [shown]


@front_end()
def another_language(work):
    kernel(work, "ir", "R")
    work.draft.content["metadata"]["language_info"] = {"name": "R", "codemirror_mode": "r"}


@front_end()
def no_metadata_of_its_own(work):
    work.draft.content = json.loads(json.dumps(work.draft.content, sort_keys=True))
    work.draft.content["metadata"] = {}
