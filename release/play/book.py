"""The book of the page: the texts and numbers of the course that the page's script uses."""

from __future__ import annotations

from typing import Any

from explorer.history import THRESH
from explorer.lights import Rule
from explorer.scene import MOST_RUNS, RUN_NAMES
from explorer.steps import ALPHA, SMALLEST
from explorer.words import ENDS, PHRASES
from helpers import laws
from helpers.exploring import KIT
from release.play.scenes import PageScene
from release.play.sentences import sentence_of
from release.play.texts import TOLD

TOLERANCES = {"touches": laws.bound_touches.tolerance, "climbs": laws.never_falls.tolerance}


def book_of(stages: list[PageScene]) -> dict[str, Any]:
    """Return the book: colours, texts, laws, limits, and the names of the scenes."""
    return {
        "look": dict(KIT.look),
        "phrases": PHRASES,
        "ends": {why.value: text for why, text in ENDS.items() if "error" not in text},
        "names": RUN_NAMES,
        "laws": {family: [_law(rule) for rule in rules] for family, rules in KIT.rules.items()},
        "alpha": ALPHA,
        "smallest": SMALLEST,
        "thresh": THRESH,
        "mostRuns": MOST_RUNS,
        "told": TOLD,
        "scenes": [{"id": stage.id, "name": stage.scene.name, "told": stage.scene.told} for stage in stages],
    }


def _law(rule: Rule) -> dict[str, Any]:
    return {
        "key": rule.key,
        "label": rule.label,
        "fatal": rule.fatal,
        "touch": rule.touch,
        "tolerance": TOLERANCES.get(rule.key),
        "sentence": sentence_of(rule),
    }
