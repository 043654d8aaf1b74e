"""A correct function that calls a wrong one keeps its marks, however it calls it."""

from submissions.cases import registrar
from submissions.draft import RIGHT

CALLING = []
_, accident = registrar(CALLING)
MEANS, CALL = "test-compute_means", "compute_means(data, resp, counts)"


def wrong_means(draft, call, around="", default=""):
    """Make compute_means wrong, and let EM call it with this code.

    around: code above EM.
    default: what is added to EM's arguments.
    """
    draft.answer("compute_means", RIGHT["compute_means"].replace("(-1, 1))", "(-1, 1)) + 1"))
    source = RIGHT["EM"].replace(CALL, call).replace("thresh=1e-4)", f"thresh=1e-4{default})")
    assert call in source
    draft.answer("EM", f"{around}\n{source}")


@accident("160", lost=(MEANS,))
def calls_it_by_the_names_of_its_arguments(draft):
    wrong_means(draft, "compute_means(counts=counts, data=data, resp=resp)")


@accident("160b", lost=(MEANS,))
def calls_it_by_a_name_of_its_own(draft):
    wrong_means(draft, "means_of(data, resp, counts)", around="means_of = compute_means")


@accident("160c", lost=(MEANS,))
def calls_it_as_a_default(draft):
    wrong_means(draft, "means_of(data, resp, counts=counts)", default=", means_of=compute_means")


@accident("160d", lost=(MEANS,))
def calls_it_from_a_list(draft):
    wrong_means(draft, "STEPS['means'](data, resp, counts)", around="STEPS = {'means': compute_means}")
