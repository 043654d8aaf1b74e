"""Notebooks as hosted front ends save them."""

import string

from submissions.frontends import cells, forget, front_end, kernel, run, word


@front_end(loses=True)
def colab(work):
    forget(work)
    run(work)
    more = {"colab": {"provenance": [], "toc_visible": True, "gpuType": "T4"}, "accelerator": "GPU"}
    kernel(work, **more)
    work.draft.content["nbformat_minor"] = 0
    link = {"base_uri": "https://localhost:8080/", "height": 430}
    for cell in cells(work, id=lambda: word(work, 12), colab=link, outputId=lambda: word(work, 12)):
        if cell["cell_type"] == "code":
            cell["metadata"]["cellView"] = "form"


@front_end(loses=True)
def colab_with_widgets(work):
    colab(work)
    state = {"a1": {"model_module": "@jupyter-widgets/controls", "model_name": "HBoxModel", "state": {}}}
    work.draft.content["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": state}


@front_end()
def colab_that_kept_the_roles(work):
    run(work)
    kernel(work, colab={"provenance": []})
    for cell in cells(work, id=lambda: word(work, 4)):
        cell.pop("id", None)
    work.draft.content["nbformat_minor"] = 0


@front_end()
def kaggle(work):
    run(work)
    kernel(
        work,
        kaggle={"accelerator": "none", "dataSources": [], "isInternetEnabled": True},
        papermill={"version": "2.4"},
    )
    ids = {"_uuid": lambda: word(work, 36), "_cell_guid": lambda: word(work, 36)}
    list(cells(work, **ids, trusted=True, papermill={"duration": 0.1, "status": "completed"}))


@front_end(loses=True)
def deepnote(work):
    forget(work)
    kernel(work, deepnote={}, deepnote_notebook_id=word(work, 32), deepnote_execution_queue=[])
    for cell in cells(work, cell_id=lambda: word(work, 32), source_hash=lambda: word(work, 8)):
        text = cell["cell_type"] == "markdown"
        cell["metadata"] |= {
            "deepnote_cell_type": "markdown" if text else "code",
            "deepnote_to_be_reexecuted": False,
        }
        cell["block_group"] = word(work, 32)


@front_end(loses=True)
def databricks(work):
    forget(work)
    name = "application/vnd.databricks.v1+cell"
    kernel(work, **{"application/vnd.databricks.v1+notebook": {"notebookName": "hw", "widgets": {}}})
    data = {
        "cellMetadata": {"rowLimit": 10000},
        "inputWidgets": {},
        "nuid": word(work, 36),
        "showTitle": False,
    }
    for cell in cells(work, **{name: data}):
        cell["outputs"] = [] if cell["cell_type"] == "code" else None
        if cell["outputs"] is None:
            del cell["outputs"]
    work.draft.content["nbformat_minor"] = 0


@front_end()
def jupyterlite(work):
    run(work)
    kernel(work, "python", "Python (Pyodide)")
    list(cells(work, trusted=True))


@front_end()
def cocalc(work):
    run(work)
    kernel(work, "python3-ubuntu", "Python 3 (system-wide)")
    list(cells(work, cocalc={"outputs": {}}, collapsed=False))
    for cell in work.draft.cells:
        cell["id"] = word(work, 6, string.hexdigits.lower())


@front_end(loses=True)
def noteable(work):
    forget(work, ids=False)
    kernel(
        work,
        noteable={"last_transaction_id": word(work, 36)},
        selected_hardware_size="small",
        kernel_info={"name": "python3"},
    )
    for cell in cells(work, noteable={"cell_type": "code"}, jupyter={"source_hidden": False}):
        cell["id"] = word(work, 36)


@front_end()
def sagemaker(work):
    run(work)
    kernel(work, "conda_python3", "conda_python3", instance_type="ml.t3.medium", lcc_arn="")
    list(cells(work, tags=[], scrolled=False))


@front_end()
def azure(work):
    kernel(
        work,
        "python310-sdkv2",
        "Python 3.10 - SDK v2",
        microsoft={"host": {"AzureML": {}}},
        nteract={"version": "x"},
    )
    list(
        cells(
            work,
            azdata_cell_guid=lambda: word(work, 36),
            gather={"logged": 17e11},
            jupyter={"outputs_hidden": False},
        )
    )
