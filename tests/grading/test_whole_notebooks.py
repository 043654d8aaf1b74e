"""Notebooks run to their last cell with right answers in a quite different form from the reference's."""

import inspect

import matplotlib.pyplot as plt
import numpy as np
import pytest
from answers import arrays
from answers.bernoulli_digits import RIGHT as BERNOULLI
from answers.image_clusters import RIGHT as IMAGE
from ours import COURSE

LISTS = {
    "mean_rgb": IMAGE["mean_rgb"]["channel by channel"],
    "initialise": IMAGE["initialise"]["lists, as published"],
    "compute_scores": IMAGE["compute_scores"]["by hand"],
    "assign": IMAGE["assign"]["a loop that remembers the best"],
    "get_top_images": IMAGE["get_top_images"]["sorted tuples"],
    "mahalanobis": IMAGE["mahalanobis"]["columns"],
    "purity": IMAGE["purity"]["sum of row maxima"],
}
COMPONENTS_FIRST = {
    "m_step": BERNOULLI["m_step"]["expects K x N"],
    "e_step": BERNOULLI["e_step"]["components first, weights in a column"],
    "assign_labels": BERNOULLI["assign_labels"]["a column"],
    "cluster_table": BERNOULLI["cluster_table"]["one bincount"],
    "complete": BERNOULLI["complete"]["pixel by pixel"],
}
# The change that the notebook's text gives to students who prefer K x N.
TURNED = ("    return table\n", "    return table.T\n")


def run_with(name, answers, change=("", "")):
    """Run a source's cells with these functions instead of the reference's; return the names."""
    namespace = {}
    for cell in COURSE.assignment(name).cells().cells:
        if cell.cell_type == "code":
            exec(compile(f"{cell.source}\n".replace(*change), name, "exec"), namespace)
            own = cell.metadata.get("solution")
            namespace.update({own: answers[own]} if own in answers else {})
            plt.close("all")
    return namespace


@pytest.mark.long
def test_image_clusters_runs_with_lists():
    names = run_with("image-clusters", LISTS)
    assert names["results"]["loglik"][-1] == pytest.approx(4233.46, abs=0.005)
    assert names["table"].max(axis=1).tolist() == [97, 121, 150, 146]
    assert (names["first_cluster"], names["smaller"], names["larger"]) == (1, 34, 70)


@pytest.mark.long
@pytest.mark.parametrize("style", ["the reference", "arrays"])
def test_image_clusters_runs_on_the_students_own_em(style, capsys):
    """The text asks students to put their six functions in place of one line. All other text stays true."""
    pasted = inspect.getsource(arrays) if style == "arrays" else reference_of("gaussian-mixture")
    names = run_with("image-clusters", {}, ("EM = library_EM\n", f"{pasted}\n"))
    assert "Your EM agrees with library_EM. It runs." in capsys.readouterr().out
    assert len(names["results"]["loglik"]) - 1 == 130
    assert names["results"]["loglik"][-1] == pytest.approx(4233.46, abs=0.005)
    assert (names["first_cluster"], names["smaller"], names["larger"]) == (1, 34, 70)
    assert len(names["six_ends"]) == 18


def reference_of(name):
    cells = COURSE.assignment(name).cells().cells
    return "\n\n\n".join(
        cell.source for cell in cells if "def " in cell.source and "solution" in cell.metadata
    )


@pytest.mark.long
def test_bernoulli_digits_runs_with_components_first():
    names = run_with("bernoulli-digits", COMPONENTS_FIRST, TURNED)
    assert np.shape(names["e_step"](names["X"][:9], names["log_p"], names["log_mix"])) == (20, 9)
    assert (np.diff(names["trace"]) >= 0).all()
    assert names["table"].sum() == 70_000
