"""The job of marking a draft, and the hidden cases that are drawn for it."""

import json

import nbformat
from ours import WORLD

from grading.box.limits import Limits
from grading.build.draw import DrawnCases
from grading.marking.jobs import job_of
from grading.repair import repaired


def job_for(draft, assignment, drawing):
    source, release = (
        nbformat.read(path, as_version=4) for path in (assignment.solution, assignment.release)
    )
    nb = repaired(source, release, json.dumps(draft.content).encode())
    return job_of(nb, source, Limits(), True, assignment.source.parent, drawing, world=WORLD)


def cases_of(job):
    """Return the hidden cases with which a submission is marked."""
    return DrawnCases(job.drawing.recipe, job.seeds.own, job.seeds.term)
